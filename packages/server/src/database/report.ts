import { type SQL, sql } from "drizzle-orm";
import { nowOf } from "./clock.js";
import { customer, grant, ledger } from "./schema/index.js";
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
 * Most of what it costs is the setting up of its plan, which happens at every call: hence few nodes, few columns, and the
 * calendar behind functions that are opened only when something is due. It answers one JSON array, `ReportAnswer`.
 */
export function defineReport({
  keyed,
  usesTestClocks,
}: {
  keyed: boolean;
  usesTestClocks: boolean;
}): Statement {
  const name = `report${keyed ? "_keyed" : ""}${usesTestClocks ? "_by_clock" : ""}`;
  const first = keyed ? sql`(select json_build_array(feature_id, amount, answer) from prior)` : sql`null`;
  return defineStatement(
    name,
    sql`with ${keyed ? prior : sql``} ${settled({ keyed, usesTestClocks })}, ${totals}, ${decided}, ${updated}, ${recorded(keyed)}
      select json_build_array(${first}, ${isKnown}, needs_settling, ${answer(sql`json`)}) from totals`,
  );
}

/** What a call is told: once, and again when it is repeated under its key. */
export type UseAnswer = readonly [
  succeeded: boolean,
  limit: number | null,
  remaining: number | null,
  resetAt: string | null,
];

export type ReportAnswer = readonly [
  /** What the key was first used for, and the answer; null when this is the first time. */
  first: readonly [featureId: string, amount: number, answer: UseAnswer] | null,
  isKnown: boolean,
  needsSettling: boolean,
  answer: UseAnswer,
];

const prior = sql`prior as materialized (
  select feature_id, amount, answer from ${ledger}
  where customer_id = ${customerId} and idempotency_key = ${sql.placeholder("idempotencyKey")}
),`;

/** Whether there is such a customer. Whoever has grants is one. */
const isKnown = sql`(now is not null or exists (select from ${customer} where customer_id = ${customerId}))`;

const isLive = sql`starts_at <= now and (expires_at is null or expires_at > now)`;
const isDebt = sql`(quantity = 0 and remaining < 0 and not unlimited)`;
/** Nothing arrives from this instant on. */
const arrivalsEnd = sql`least(renews_until, expires_at)`;

function periodIndex(at: SQL): SQL {
  return sql`paykit_period_index(anchor_at, repeat_count, repeat_unit, ${at})`;
}

/** What has accumulated since: one quantity at the boundary that was due, and one at each that followed. */
const arrived = sql`(${periodIndex(sql`least(now, ${arrivalsEnd} - interval '1 millisecond')`)} - ${periodIndex(sql`renews_at`)} + 1) * quantity`;
const nextBoundary = sql`paykit_next_boundary(anchor_at, repeat_count, repeat_unit, now, ${arrivalsEnd})`;

/** The locked rows as they are now. */
function settled({ keyed, usesTestClocks }: { keyed: boolean; usesTestClocks: boolean }): SQL {
  return sql`settled as materialized (
    select grant_id, quantity, unlimited, expires_at, now, ${isLive} as live,
      case when renews_at <= now then case when accrued is null then quantity else remaining + ${arrived} end else remaining end as left_now,
      case when renews_at <= now then accrued + ${arrived} else accrued end as accrued_now,
      case when renews_at <= now then now else settled_at end as settled_after,
      case when renews_at <= now then ${nextBoundary} else renews_at end as renews_after,
      ${isDebt} as owes, renews_at <= now or (starts_at > settled_at and starts_at <= now) as has_arrived
    from (
      select *, ${nowOf(sql`${customerId}`, usesTestClocks)} as now from ${grant}
      where customer_id = ${customerId} and feature_id = ${featureId} ${keyed ? sql`and not exists (select from prior)` : sql``}
      order by customer_id, feature_id, grant_id
      for no key update
    ) as locked
  )`;
}

/** One row, also when there are no grants. */
const totals = sql`totals as materialized (
  select *, (has_unlimited or balance >= ${amount}) and not needs_settling as succeeded
  from (
    select max(now) as now,
      coalesce(bool_or(unlimited) filter (where live), false) as has_unlimited,
      coalesce(sum(left_now) filter (where live and not unlimited), 0)::bigint as balance,
      coalesce(sum(coalesce(accrued_now, quantity)) filter (where live and not unlimited), 0)::bigint as granted,
      min(renews_after) filter (where live) as reset_at,
      coalesce(bool_or(owes) and bool_or(has_arrived), false) as needs_settling
    from settled
  ) as sums
)`;

/** From the soonest to lapse: to end or, when it does not roll over, to be replaced. */
const order = sql`order by unlimited desc,
  case when accrued_now is null then least(renews_after, expires_at) else expires_at end nulls last, grant_id collate "C"`;

const decided = sql`decided as (
  select s.*, case
      when not has_unlimited then least(greatest(left_now, 0), greatest(${amount} - coalesce(before, 0), 0))
      when before is null then ${amount} else 0 end as part
  from (
    select grant_id, left_now, accrued_now, settled_after, renews_after,
      sum(greatest(left_now, 0)) over (${order} rows between unbounded preceding and 1 preceding) as before
    from settled where live
  ) as s, totals where succeeded
)`;

/** What is due and not taken from stays due: the next reader computes the same. */
const updated = sql`updated as (
  update ${grant} as g
  set remaining = left_now - part, accrued = accrued_now, settled_at = settled_after, renews_at = renews_after
  from decided as d
  where g.customer_id = ${customerId} and g.feature_id = ${featureId} and g.grant_id = d.grant_id and part > 0
)`;

const balanceAfter = sql`case when has_unlimited then null when succeeded then balance - ${amount} else balance end`;

function answer(json: SQL): SQL {
  return sql`${json}_build_array(succeeded, case when not has_unlimited then granted end, ${balanceAfter}, reset_at)`;
}

/** A refusal is history only when the same call has to be refused again. */
function recorded(keyed: boolean): SQL {
  const key = keyed ? sql`${answer(sql`jsonb`)}, ${sql.placeholder("idempotencyKey")}` : sql`null, null`;
  const condition = keyed
    ? sql`not needs_settling and not exists (select from prior) and ${isKnown}`
    : sql`succeeded`;
  return sql`recorded as (
    insert into ${ledger} (customer_id, feature_id, kind, amount, succeeded, balance_after, answer, idempotency_key, reason, actor, at)
    select ${customerId}, ${featureId}, 'use', -${amount}, succeeded, ${balanceAfter}, ${key},
      ${sql.placeholder("reason")}, ${sql.placeholder("actor")}, coalesce(now, date_trunc('milliseconds', now()))
    from totals where ${condition}
  )`;
}
