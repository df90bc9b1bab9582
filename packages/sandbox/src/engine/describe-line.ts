import type { Recurrence } from "./cadence.js";
import { formatAmount } from "./format-amount.js";
import type { Instant } from "./instant.js";

/** What of a line a description speaks of. `quantity` is a decimal. */
export type DescribedLine = { product: string; quantity: string | number };

/** `1 × Gold product (at $32.52 / month)`; a tier adds `Tier 2`, a flat fee says so. */
export function describeRecurring({
  product,
  quantity,
  unitAmount,
  currency,
  recurrence,
  tier = null,
}: DescribedLine & {
  unitAmount: string;
  currency: string;
  recurrence: Recurrence;
  tier?: number | null;
}): string {
  const price = `at ${formatAmount(unitAmount, currency)} / ${describeRecurrence(recurrence)}`;
  return `${quantity} × ${product} (${tier === null ? price : `Tier ${tier} ${price}`})`;
}

/** `month`, or `every 3 months`. */
export function describeRecurrence({
  interval,
  intervalCount,
}: {
  interval: string;
  intervalCount: number;
}): string {
  return intervalCount === 1 ? interval : `every ${intervalCount} ${interval}s`;
}

/** The credit of a proration: `Unused time on 2 × Pro after 03 Mar 2026`. */
export function describeCredit(line: DescribedLine, at: Instant): string {
  return `Unused time on ${counted(line)} after ${describeDay(at)}`;
}

/** The debit of a proration: `Remaining time on Pro after 03 Mar 2026`. */
export function describeDebit(line: DescribedLine, at: Instant): string {
  return `Remaining time on ${counted(line)} after ${describeDay(at)}`;
}

/** The line of a trial under flexible billing: `Free trial for 1 × Pro`. */
export function describeTrial({ product, quantity }: DescribedLine): string {
  return `Free trial for ${quantity} × ${product}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `03 Mar 2026`, in UTC. */
function describeDay(at: Instant): string {
  const date = new Date(at * 1_000);
  const day = String(date.getUTCDate()).padStart(2, "0");
  return `${day} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function counted({ product, quantity }: DescribedLine): string {
  return Number(quantity) === 1 ? product : `${quantity} × ${product}`;
}
