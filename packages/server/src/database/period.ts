import { type SQL, sql } from "drizzle-orm";

/**
 * The calendar of `contract/calendar.ts` in SQL, over the columns `anchor_at`, `repeat_count` and `repeat_unit`. A test
 * holds the two against each other over random anchors, lengths and instants.
 */
const utc = (instant: SQL) => sql`(${instant} at time zone 'UTC')`;
const monthOf = (instant: SQL) =>
  sql`(date_part('year', ${utc(instant)}) * 12 + date_part('month', ${utc(instant)}))`;

const anchor = sql`anchor_at`;
const inMonths = sql`repeat_unit in ('month', 'year')`;
const months = sql`(repeat_count * case repeat_unit when 'year' then 12 else 1 end)`;
const days = sql`(repeat_count * case repeat_unit when 'week' then 7 else 1 end)`;

/** The instant `index` periods after the anchor. */
export function boundary(index: SQL): SQL {
  return sql`case when ${inMonths}
    then (${utc(anchor)} + make_interval(months => (${index} * ${months})::int)) at time zone 'UTC'
    else (${utc(anchor)} + make_interval(days => (${index} * ${days})::int)) at time zone 'UTC' end`;
}

/** Which period counted from the anchor holds `at`. */
export function periodIndex(at: SQL): SQL {
  const estimate = sql`floor((${monthOf(at)} - ${monthOf(anchor)}) / ${months})`;
  return sql`case when ${inMonths}
    then ${estimate} - case when ${boundary(estimate)} > ${at} then 1 else 0 end
    else floor(date_part('epoch', ${at} - ${anchor}) / (${days} * 86400)) end`;
}
