import { type SQL, sql } from "drizzle-orm";
import { nowOf } from "./clock.js";
import { estimateIndex, estimatePeriods, nextBoundary } from "./period.js";
import { customer, grant, ledger } from "./schema/index.js";
import type { GrantTuple } from "./stack.js";
import { defineStatement, type Statement } from "./statement.js";

const customerId = sql.placeholder("customerId");
const featureId = sql.placeholder("featureId");
const amount = sql`${sql.placeholder("amount")}::bigint`;

/**
 * Use in one statement: lock the stack, renew what is due, take from what lapses soonest, write it and the history. It
 * does what `takeFromStack` in `ledger/` does, and a test holds the two against each other.
 *
 * - Rows are locked in primary-key order, so that two callers never wait for each other in a circle, and are read as they
 *   are once locked: whoever waited sees what the other left.
 * - With an idempotency key the first answer is looked up first. Two calls that race with one key both find nothing; the
 *   second breaks the unique index, nothing of it is written, and the caller asks again.
 * - A debt together with something due would need the order of events. Then nothing is written and `needs_settling` says so.
 *
 * What it costs is mostly setting up the plan anew for each call, so it has few nodes and no expression twice. It answers
 * one JSON array: see `ReportAnswer`.
 */
export function defineReport({
  keyed,
  usesTestClocks,
}: {
  keyed: boolean;
  usesTestClocks: boolean;
}): Statement {
  const name = `report${keyed ? "_keyed" : ""}${usesTestClocks ? "_by_clock" : ""}`;
  const first = keyed
    ? sql`(select json_build_array(feature_id, amount, succeeded, at, stack) from prior)`
    : sql`null`;
  const answer = sql`select json_build_array(${first}, ${isKnown}, succeeded, needs_settling, now, ${stackAfter(sql`json`)})`;
  return defineStatement(
    name,
    sql`with ${keyed ? prior : sql``} ${settled({ keyed, usesTestClocks })}, ${totals}, ${decided}, ${updated}, ${recorded(keyed)}
      ${answer} from totals`,
  );
}

export type ReportAnswer = readonly [
  /** What the key was first used for, and what was answered. */
  first:
    | readonly [
        featureId: string,
        amount: number,
        succeeded: boolean,
        at: string,
        stack: readonly GrantTuple[],
      ]
    | null,
  isKnown: boolean,
  succeeded: boolean,
  needsSettling: boolean,
  now: string | null,
  stack: readonly GrantTuple[] | null,
];

const prior = sql`prior as materialized (
  select feature_id, amount, succeeded, at, stack from ${ledger}
  where customer_id = ${customerId} and idempotency_key = ${sql.placeholder("idempotencyKey")}
),`;

/** Whether there is such a customer. Whoever has grants is one. */
const isKnown = sql`(now is not null or exists (select from ${customer} where customer_id = ${customerId}))`;

const isDue = sql`coalesce(renews_at <= now, false)`;

/**
 * The locked rows as they are now. `next_at` is the first boundary to come; what a quantity that accumulates gets is the
 * number of boundaries between the one that was due and that one. The calendar is asked for due rows alone, and each
 * `offset 0` keeps the planner from copying its expressions into those that use them.
 */
function settled({ keyed, usesTestClocks }: { keyed: boolean; usesTestClocks: boolean }): SQL {
  const until = sql`least(now, renews_until - interval '1 millisecond')`;
  const arrivals = estimatePeriods(sql`renews_at`, sql`next_at`);
  return sql`settled as materialized (
    select *, starts_at <= now and (expires_at is null or expires_at > now) as live,
      case when not due then remaining when accrued is null then quantity else remaining + (${arrivals})::bigint * quantity end as left_now,
      case when due then accrued + (${arrivals})::bigint * quantity else accrued end as accrued_now,
      case when due then settled_now else settled_at end as settled_after,
      case when not due then renews_at when next_at < least(renews_until, expires_at) then next_at
        when coalesce(renews_until, expires_at) is null then next_at end as renews_after
    from (
      select *, now as settled_now, case when due then ${nextBoundary(until, sql`estimate`)} end as next_at
      from (
        select *, ${isDue} as due, case when ${isDue} then ${estimateIndex(until)} end as estimate
        from (
          select *, ${nowOf(sql`${customerId}`, usesTestClocks)} as now from ${grant}
          where customer_id = ${customerId} and feature_id = ${featureId} ${keyed ? sql`and not exists (select from prior)` : sql``}
          order by customer_id, feature_id, grant_id
          for no key update
        ) as locked offset 0
      ) as estimated offset 0
    ) as renewed
  )`;
}

const isDebt = sql`(not unlimited and quantity = 0 and remaining < 0)`;
const hasArrived = sql`(due or (starts_at > settled_at and starts_at <= now))`;

/** One row, also when there are no grants. */
const totals = sql`totals as materialized (
  select *, (has_unlimited or balance >= ${amount}) and not needs_settling as succeeded
  from (
    select max(now) as now, coalesce(bool_or(unlimited and live), false) as has_unlimited,
      coalesce(sum(left_now) filter (where live and not unlimited), 0)::bigint as balance,
      coalesce(bool_or(${isDebt}) and bool_or(${hasArrived} and not ${isDebt}), false) as needs_settling
    from settled
  ) as sums
)`;

/** From the soonest to lapse: to end or, when it does not roll over, to be replaced. */
const order = sql`order by unlimited desc,
  case when accrued is null then least(renews_after, expires_at) else expires_at end nulls last, grant_id collate "C"`;

const decided = sql`decided as materialized (
  select *, case
      when not succeeded then left_now
      when has_unlimited then left_now - case when position = 1 then ${amount} else 0 end
      else left_now - least(greatest(left_now, 0), greatest(${amount} - before, 0)) end as left_after
  from (
    select *, row_number() over stack as position,
      coalesce(sum(greatest(left_now, 0)) over (stack rows between unbounded preceding and 1 preceding), 0)::bigint as before
    from settled where live
    window stack as (${order})
  ) as ordered, (select succeeded, has_unlimited from totals) as t
)`;

/** What is due and not taken from stays due: the next reader computes the same. */
const updated = sql`updated as (
  update ${grant} as g
  set remaining = left_after, accrued = accrued_now, settled_at = settled_after, renews_at = renews_after
  from decided as d
  where g.customer_id = ${customerId} and g.feature_id = ${featureId} and g.grant_id = d.grant_id
    and d.succeeded and d.left_after <> d.left_now
)`;

function stackAfter(json: SQL): SQL {
  return sql`(select ${json}_agg(${json}_build_array(quantity, left_after, accrued_now, now, starts_at, expires_at,
    repeat_count, repeat_unit, anchor_at, renews_until, unlimited)) from decided)`;
}

/** A refusal is history only when the same call has to be refused again. */
function recorded(keyed: boolean): SQL {
  const balanceAfter = sql`case when has_unlimited then null when succeeded then balance - ${amount} else balance end`;
  const key = keyed
    ? sql`coalesce(${stackAfter(sql`jsonb`)}, '[]'), ${sql.placeholder("idempotencyKey")}`
    : sql`null, null`;
  const condition = keyed
    ? sql`not needs_settling and not exists (select from prior) and ${isKnown}`
    : sql`succeeded`;
  return sql`recorded as (
    insert into ${ledger} (customer_id, feature_id, kind, amount, succeeded, balance_after, stack, idempotency_key, reason, actor, at)
    select ${customerId}, ${featureId}, 'use', -${amount}, succeeded, ${balanceAfter}, ${key},
      ${sql.placeholder("reason")}, ${sql.placeholder("actor")}, coalesce(now, date_trunc('milliseconds', now()))
    from totals where ${condition}
  )`;
}
