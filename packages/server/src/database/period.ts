import { type SQL, sql } from "drizzle-orm";

/*
 * The calendar of `contract/calendar.ts` in SQL, over the columns `anchor_at`, `repeat_count` and `repeat_unit`. A test
 * holds the two against each other over random anchors, lengths and instants.
 */

const utc = (instant: SQL) => sql`(${instant} at time zone 'UTC')`;
const anchor = sql`anchor_at`;
const inMonths = sql`repeat_unit in ('month', 'year')`;
/** The length of a period: one of the two is 0. */
const months = sql`(repeat_count * case repeat_unit when 'month' then 1 when 'year' then 12 else 0 end)`;
const days = sql`(repeat_count * case repeat_unit when 'day' then 1 when 'week' then 7 else 0 end)`;

const monthOf = (instant: SQL) =>
  sql`(date_part('year', ${utc(instant)}) * 12 + date_part('month', ${utc(instant)}))`;
const epochOf = (instant: SQL) => sql`date_part('epoch', ${instant})`;

/** The instant `index` periods after the anchor. */
export function boundary(index: SQL): SQL {
  return sql`((${utc(anchor)} + make_interval(months => (${index} * ${months})::int, days => (${index} * ${days})::int)) at time zone 'UTC')`;
}

/** How many periods lie between two instants, rounded down; for months by the month alone, so it may be one too many. */
export function estimatePeriods(from: SQL, to: SQL): SQL {
  return sql`floor(case when ${inMonths} then (${monthOf(to)} - ${monthOf(from)}) / ${months}
    else (${epochOf(to)} - ${epochOf(from)}) / (${days} * 86400) end)`;
}

/** The estimate from the anchor, on which the next boundary stands. */
export function estimateIndex(at: SQL): SQL {
  return estimatePeriods(anchor, at);
}

/** The first boundary after `at`, given `estimateIndex(at)`. */
export function nextBoundary(at: SQL, estimate: SQL): SQL {
  const begun = boundary(estimate);
  return sql`case when ${begun} > ${at} then ${begun} else ${boundary(sql`(${estimate} + 1)`)} end`;
}
