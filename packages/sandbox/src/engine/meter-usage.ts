import type { Instant, Period } from "./instant.js";
import { add, fromDecimal, ratio, toDecimal, ZERO } from "./rational.js";

/** How a meter adds up its events. */
export type Aggregation = "sum" | "count" | "last";

/** A metered value at an instant; `value` is a decimal. */
export type Usage = { at: Instant; value: string };

/** The quantity that a metered price bills in arrears: what was used within the period, as a decimal. */
export function aggregateUsage(usage: readonly Usage[], formula: Aggregation, period: Period): string {
  const within = usage.filter(({ at }) => at >= period.start && at < period.end);
  switch (formula) {
    case "sum":
      return toDecimal(within.reduce((sum, { value }) => add(sum, fromDecimal(value)), ZERO));
    case "count":
      return toDecimal(ratio(within.length, 1));
    case "last":
      return toDecimal(fromDecimal(latest(within)?.value ?? 0));
  }
}

function latest(usage: readonly Usage[]): Usage | undefined {
  return usage.reduce<Usage | undefined>(
    (last, one) => (last === undefined || one.at >= last.at ? one : last),
    undefined,
  );
}
