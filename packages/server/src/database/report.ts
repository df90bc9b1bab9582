import { type SQL, sql } from "drizzle-orm";
import { nowOf } from "./clock.js";
import { boundary, periodIndex } from "./period.js";
import { customer, grant, ledger } from "./schema/index.js";
import { stackColumnList } from "./stack-columns.js";
import { defineStatement, type Statement } from "./statement.js";

/**
 * Use in one statement: lock the stack, renew what is due, take from what lapses soonest, write it and the history. It
 * does what `takeFromStack` in `ledger/` does, and a test holds the two against each other.
 *
 * - Rows are locked in primary-key order, so that two callers never wait for each other in a circle, and are read as they
 *   are once locked: whoever waited sees what the other left.
 * - With an idempotency key the first answer is looked up first. Two calls that race with one key both find nothing; the
 *   second breaks the unique index, nothing of it is written, and the caller asks again.
 * - A debt together with something due would need the order of events. Then nothing is written and `needs_settling` says so.
 */
export function defineReport({
  keyed,
  usesTestClocks,
}: {
  keyed: boolean;
  usesTestClocks: boolean;
}): Statement {
  const customerId = sql.placeholder("customerId");
  const name = `report${keyed ? "_keyed" : ""}${usesTestClocks ? "_by_clock" : ""}`;
  return defineStatement(
    name,
    sql`with ${keyed ? prior : sql``} locked as materialized (
      select grant_id, ${stackColumnList}, ${nowOf(sql`${customerId}`, usesTestClocks)} as now
      from ${grant}
      where customer_id = ${customerId} and feature_id = ${sql.placeholder("featureId")}
        ${keyed ? sql`and not exists (select from prior)` : sql``}
      order by customer_id, feature_id, grant_id
      for no key update
    ), ${settled}, ${ordered}, ${decided}, ${updated}, ${summary(keyed)}, ${recorded(keyed)}
    select ${keyed ? priorColumns : noPriorColumns},
      exists (select from locked) or exists (select from ${customer} where customer_id = ${customerId}),
      s.succeeded, s.needs_settling, s.now, d.quantity, d.left_after, d.accrued_now, d.now, d.starts_at, d.expires_at,
      d.repeat_count, d.repeat_unit, d.anchor_at, d.renews_until, d.unlimited
    from summary s ${keyed ? sql`left join prior p on true` : sql``} left join decided d on true`,
  );
}

const amount = sql`${sql.placeholder("amount")}::bigint`;

const prior = sql`prior as materialized (
  select feature_id, amount, succeeded, stack, at from ${ledger}
  where customer_id = ${sql.placeholder("customerId")} and idempotency_key = ${sql.placeholder("idempotencyKey")}
),`;
const priorColumns = sql`p.feature_id, p.amount, p.succeeded, p.stack, p.at`;
const noPriorColumns = sql`null, null, null, null, null`;

const isDebt = sql`(not unlimited and quantity = 0 and remaining < 0)`;
const isLive = sql`(starts_at <= now and (expires_at is null or expires_at > now))`;
/** The last instant at which something may have arrived. */
const arrivalsEnd = sql`least(now, renews_until - interval '1 millisecond', expires_at - interval '1 millisecond')`;
const arrivalsStart = sql`greatest(settled_at, starts_at)`;

/** What has arrived since the row was written: how many boundaries of its periods lie between. */
const settled = sql`settled as (
  select *, ${isLive} as live, ${isDebt} as owes,
    case when repeat_unit is null or ${arrivalsEnd} <= ${arrivalsStart} then 0
      else (${periodIndex(arrivalsEnd)} - (${periodIndex(arrivalsStart)}))::bigint end as arrivals
  from locked
)`;

const leftNow = sql`case when arrivals = 0 then remaining when accrued is null then quantity else remaining + arrivals * quantity end`;
const nextBoundary = boundary(sql`(${periodIndex(sql`now`)} + 1)`);
const lapsesAt = sql`case when repeat_unit is null or accrued is not null then expires_at else least(${nextBoundary}, expires_at) end`;

const ordered = sql`ordered as (
  select *, ${leftNow} as left_now, accrued + arrivals * quantity as accrued_now,
    row_number() over stack as position,
    coalesce(sum(case when unlimited then 0 else greatest(${leftNow}, 0) end) over (stack rows between unbounded preceding and 1 preceding), 0) as before,
    sum(case when unlimited then 0 else ${leftNow} end) over everything as balance,
    min(case when unlimited then 0 else 1 end) over everything = 0 as has_unlimited
  from settled where live
  window everything as (), stack as (order by unlimited desc, ${lapsesAt} nulls last, grant_id collate "C")
)`;

/** Nothing is decided while a debt waits for something that has begun or renewed: see `needs_settling`. */
const blocked = sql`(exists (select from settled where owes)
  and exists (select from settled where not owes and (arrivals > 0 or (starts_at > settled_at and starts_at <= now))))`;

const decided = sql`decided as (
  select *, left_now - case
      when not succeeded then 0
      when has_unlimited then case position when 1 then ${amount} else 0 end
      else least(greatest(left_now, 0), greatest(${amount} - before, 0)) end as left_after
  from (select *, (has_unlimited or balance >= ${amount}) and not ${blocked} as succeeded from ordered) as o
)`;

const updated = sql`updated as (
  update ${grant} as g
  set remaining = d.left_after, accrued = d.accrued_now, settled_at = greatest(d.now, d.settled_at)
  from decided d
  where g.customer_id = ${sql.placeholder("customerId")} and g.feature_id = ${sql.placeholder("featureId")}
    and g.grant_id = d.grant_id and d.succeeded and d.left_after <> d.left_now
)`;

/** The stack as the contract reads it, so that a repeated call is answered from what it was told the first time. */
const stackAfter = sql`jsonb_agg(jsonb_build_object('quantity', quantity, 'remaining', left_after, 'accrued', accrued_now,
  'settledAt', now, 'startsAt', starts_at, 'expiresAt', expires_at, 'anchorAt', anchor_at, 'renewsUntil', renews_until,
  'repeat', case when repeat_unit is not null then jsonb_build_array(repeat_count, repeat_unit) end,
  'unlimited', unlimited))`;

function summary(keyed: boolean): SQL {
  return sql`summary as (
    select coalesce(bool_or(succeeded), false) as succeeded, ${blocked} as needs_settling, max(now) as now,
      case when not bool_or(has_unlimited) then sum(left_after) end as balance_after${keyed ? sql`, ${stackAfter} as stack` : sql``}
    from decided
  )`;
}

function recorded(keyed: boolean): SQL {
  const values = sql`${sql.placeholder("customerId")}, ${sql.placeholder("featureId")}, 'use', -${amount}, succeeded, balance_after,
    ${keyed ? sql`coalesce(stack, '[]'), ${sql.placeholder("idempotencyKey")}` : sql`null, null`},
    ${sql.placeholder("reason")}, ${sql.placeholder("actor")}, coalesce(now, date_trunc('milliseconds', now()))`;
  // A refusal is history only when the same call has to be refused again.
  const condition = keyed
    ? sql`not needs_settling and not exists (select from prior)
        and (exists (select from locked) or exists (select from ${customer} where customer_id = ${sql.placeholder("customerId")}))`
    : sql`succeeded`;
  return sql`recorded as (
    insert into ${ledger} (customer_id, feature_id, kind, amount, succeeded, balance_after, stack, idempotency_key, reason, actor, at)
    select ${values} from summary where ${condition}
  )`;
}
