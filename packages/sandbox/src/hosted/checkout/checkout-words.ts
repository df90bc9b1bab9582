import { describeRecurrence } from "../../engine/describe-line.js";
import { formatAmount } from "../../engine/format-amount.js";
import type { CheckoutLine, CheckoutView } from "../../world/hosted/checkout.js";
import { formatDay } from "../page/format-date.js";

/** What the page is about, as its heading. */
export function headingOf({ mode, lines, trialEnd }: CheckoutView): string {
  if (mode === "setup") return "Save a card";
  const first = lines[0]?.name ?? "your order";
  const name = lines.length > 1 ? `${first} and ${lines.length - 1} more` : first;
  if (mode === "payment") return name;
  return trialEnd === null ? `Subscribe to ${name}` : `Try ${name}`;
}

const SUBMIT_WORDS: Readonly<Record<string, string>> = {
  book: "Book",
  donate: "Donate",
  subscribe: "Subscribe",
};

/** The text of the button that sends the form. */
export function payButtonOf({ mode, trialEnd, total, submitType }: CheckoutView): string {
  if (mode === "setup") return "Save card";
  const word = SUBMIT_WORDS[submitType ?? ""];
  if (word !== undefined) return word;
  if (mode === "payment") return total === 0 ? "Complete order" : "Pay";
  if (trialEnd !== null) return "Start trial";
  return total === 0 ? "Subscribe" : "Pay and subscribe";
}

/** What comes after today, in one sentence; null for a one-time order. */
export function renewalSentenceOf({ later, trialEnd, currency, lines }: CheckoutView): string | null {
  if (later === null) return null;
  const usage = lines.some(({ recurring }) => recurring?.isMetered) ? " plus what you use" : "";
  const price = `${formatAmount(later.amount, currency)} ${rhythmOf(later)}${usage}`;
  if (trialEnd !== null) return `Free until ${formatDay(trialEnd)}, then ${price}. Cancel any time before.`;
  return `Renews on ${formatDay(later.from)} at ${price}, until you cancel.`;
}

/** `$20.00 per month each`, or null for a price without a unit. */
export function unitPriceOf(
  { unitAmount, quantity, recurring }: CheckoutLine,
  currency: string,
): string | null {
  if (unitAmount === null) return null;
  const price = formatAmount(unitAmount, currency);
  const each = quantity === 1 ? "" : " each";
  return recurring === null ? `${price}${each}` : `${price} ${rhythmOf(recurring)}${each}`;
}

/** `per month`, `every 3 months`. */
export function rhythmOf({ interval, intervalCount }: { interval: string; intervalCount: number }): string {
  const text = describeRecurrence({ interval, intervalCount });
  return intervalCount === 1 ? `per ${text}` : text;
}
