import { sql } from "drizzle-orm";
import { nowOf } from "./clock.js";
import type { Database } from "./database.js";
import { isUniqueViolation } from "./error.js";
import { grant, ledger } from "./schema/index.js";
import { defineStatement, type Statement, type TextRow } from "./statement.js";

export interface UseInput {
  customerId: string;
  featureId: string;
  amount: number;
  idempotencyKey: string | null;
  reason: string | null;
  actor: string | null;
  usesTestClocks: boolean;
}

export interface UseAnswer {
  /** False when there is no such customer: nothing was written. */
  isKnown: boolean;
  /** A debt waits for something that has begun or renewed: settle, then ask again. Nothing was written. */
  needsSettling: boolean;
  succeeded: boolean;
  /** The stack after it; null when unlimited. */
  limit: number | null;
  remaining: number | null;
  resetAt: Date | null;
  /** What the key was first used for; null when this is the first time. */
  first: { featureId: string; amount: number } | null;
}

/** What the statement answers, and `paykit_use` of functions.sql. */
type RawAnswer = readonly [
  first: readonly [featureId: string, amount: number, answer: BalanceTuple] | null,
  isKnown: boolean,
  needsSettling: boolean,
  answer: BalanceTuple | null,
];

type BalanceTuple = readonly [
  succeeded: boolean,
  limit: number | null,
  remaining: number | null,
  resetAt: string | null,
];

/**
 * The plain case, a row that is alone in its stack and covers the use, is one guarded update and one insert. When another
 * call holds the row, the update waits and looks at its conditions again, at the row as that call left it: that is all the
 * locking there is. Everything else is the business of `paykit_use`, which this calls when nothing was taken.
 */
function defineUse({ usesTestClocks, hasKey }: { usesTestClocks: boolean; hasKey: boolean }): Statement {
  const customerId = sql.placeholder("customerId");
  const featureId = sql.placeholder("featureId");
  const amount = sql`${sql.placeholder("amount")}::bigint`;
  const key = hasKey ? sql`${sql.placeholder("idempotencyKey")}::text` : sql`null::text`;
  const why = sql`${sql.placeholder("reason")}::text`;
  const who = sql`${sql.placeholder("actor")}::text`;
  const now = nowOf(sql`${customerId}`, usesTestClocks);
  const isNew = sql`not exists (select from ${ledger} where customer_id = ${customerId} and idempotency_key = ${key})`;
  const name = ["use", ...(hasKey ? ["once"] : []), ...(usesTestClocks ? ["by_clock"] : [])].join("_");
  return defineStatement(
    name,
    sql`with used as (
        update ${grant} set remaining = remaining - ${amount}
        where customer_id = ${customerId} and feature_id = ${featureId} and alone
          and starts_at <= ${now} and (expires_at is null or expires_at > ${now})
          and (renews_at is null or renews_at > ${now}) and (unlimited or remaining >= ${amount})
          and ${hasKey ? isNew : sql`true`}
        returning case when not unlimited then remaining end as balance, json_build_array(true,
          case when not unlimited then coalesce(accrued, quantity) end, case when not unlimited then remaining end, renews_at) as answer
      ), written as (
        insert into ${ledger} (customer_id, feature_id, kind, amount, succeeded, balance_after, answer, idempotency_key, reason, actor, at)
        select ${customerId}, ${featureId}, 'use', -${amount}, true, balance, ${hasKey ? sql`answer` : sql`null`}, ${key}, ${why}, ${who}, ${now}
        from used
      )
      select json_build_array(null, true, false, answer) from used
      union all
      select paykit_use(${customerId}, ${featureId}, ${amount}, ${key}, ${why}, ${who}, ${now})
      where not exists (select from used)`,
  );
}

const byWallClock = define(false);
const byTestClock = define(true);

function define(usesTestClocks: boolean) {
  return {
    once: defineUse({ usesTestClocks, hasKey: true }),
    always: defineUse({ usesTestClocks, hasKey: false }),
  };
}

/** One statement. With a key that another call wrote meanwhile, a second one, which finds that call's answer. */
export function recordUse(database: Database, input: UseInput): Promise<UseAnswer> {
  const statements = input.usesTestClocks ? byTestClock : byWallClock;
  const statement = input.idempotencyKey === null ? statements.always : statements.once;
  const ask = () => database.execute(statement, { ...input });
  return ask().then(toAnswer, (error) => {
    if (isUniqueViolation(error)) return ask().then(toAnswer);
    throw error;
  });
}

function toAnswer([row]: TextRow[]): UseAnswer {
  const [first, isKnown, needsSettling, answer] = JSON.parse(row?.[0] ?? "") as RawAnswer;
  if (first === null) return { isKnown, needsSettling, ...toBalance(answer ?? nothing), first };
  const [featureId, amount, firstAnswer] = first;
  return { isKnown, needsSettling, ...toBalance(firstAnswer), first: { featureId, amount: -amount } };
}

const nothing: BalanceTuple = [false, 0, 0, null];

function toBalance([succeeded, limit, remaining, resetAt]: BalanceTuple) {
  return { succeeded, limit, remaining, resetAt: resetAt === null ? null : new Date(resetAt) };
}
