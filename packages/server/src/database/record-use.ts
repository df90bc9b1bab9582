import { sql } from "drizzle-orm";
import type { Database } from "./database.js";
import { isUniqueViolation } from "./error.js";
import { defineStatement, type TextRow } from "./statement.js";

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

/** What `paykit_use` of functions.sql answers. */
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

const values = ["customerId", "featureId", "amount", "idempotencyKey", "reason", "actor", "usesTestClocks"];
const statement = defineStatement(
  "use",
  sql`select paykit_use(${sql.join(
    values.map((name) => sql`${sql.placeholder(name)}`),
    sql`, `,
  )})`,
);

/** One statement. With a key that another call wrote meanwhile, a second one, which finds that call's answer. */
export function recordUse(database: Database, input: UseInput): Promise<UseAnswer> {
  const ask = () => database.execute(statement, { ...input }).then(toAnswer);
  return ask().catch((error) => {
    if (isUniqueViolation(error)) return ask();
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
