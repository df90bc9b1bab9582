import { formatAmount } from "../../engine/format-amount.js";
import type { PortalPrice, PortalSubscription, PortalView } from "../../world/hosted/portal.js";
import { rhythmOf } from "../checkout/checkout-words.js";
import { formatDay } from "../page/format-date.js";

/** `Pro × 3 and Storage`. */
export function planNameOf({ items }: PortalSubscription): string {
  return items
    .map(({ price, quantity }) => (quantity === 1 ? price.productName : `${price.productName} × ${quantity}`))
    .join(" and ");
}

/** `$20.00 per month`; a price without a unit is by usage. */
export function priceTextOf({ unitAmount, currency, interval, intervalCount }: PortalPrice): string {
  if (unitAmount === null) return "by usage";
  return `${formatAmount(unitAmount, currency)} ${rhythmOf({ interval, intervalCount })}`;
}

/** Where the plan stands, in one sentence with its date. */
export function standingOf({
  status,
  amount,
  currency,
  currentPeriodEnd,
  trialEnd,
  cancelAt,
  isPaused,
}: PortalSubscription): string {
  const price = formatAmount(amount, currency);
  if (isPaused || status === "paused") return "Paused. Nothing is charged until you resume.";
  if (cancelAt !== null) return `Ends on ${formatDay(cancelAt)}. Nothing is charged after that.`;
  if (status === "trialing" && trialEnd !== null) return `Free until ${formatDay(trialEnd)}, then ${price}.`;
  if (status === "past_due" || status === "unpaid") return `The last payment of ${price} did not go through.`;
  if (status === "incomplete") return "Waits for its first payment.";
  return `Renews on ${formatDay(currentPeriodEnd)} for ${price}.`;
}

/** `Return to Acme`, by the name the app gave itself or else the host it lives at. */
export function returnTextOf({ headline, returnUrl }: Pick<PortalView, "headline" | "returnUrl">): string {
  return `Return to ${headline ?? hostOf(returnUrl)}`;
}

function hostOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).host : "the app";
}

const REASONS: Readonly<Record<string, string>> = {
  customer_service: "Customer service was less than expected",
  low_quality: "Quality was less than expected",
  missing_features: "Some features are missing",
  other: "Another reason",
  switched_service: "I am switching to another service",
  too_complex: "It is harder to use than expected",
  too_expensive: "It is too expensive",
  unused: "I do not use it enough",
};

/** A cancellation reason as the person reads it. */
export function reasonTextOf(reason: string): string {
  return REASONS[reason] ?? reason;
}
