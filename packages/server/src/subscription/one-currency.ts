import type { Price } from "../catalog/model.js";
import { PayKitError } from "../contract/index.js";
import type { BilledState } from "./billed.js";
import type { Decision } from "./decide-change.js";
import { hasEnded } from "./status.js";

export interface OneCurrencyInput {
  decision: Decision;
  /** What is asked for. */
  prices: readonly Price[];
  state: BilledState;
}

/**
 * A customer is billed in one currency at a time, and prices in two are not dearer or cheaper than each other
 * (Stripe: "Customers", currency). Errors: CURRENCY_MISMATCH.
 */
export function assertOneCurrency({ decision, prices, state }: OneCurrencyInput): void {
  if (decision.kind === "cancel" || decision.kind === "none") return;
  const leftovers = decision.kind === "start" ? decision.leftovers : [];
  const live = state.subscriptions.filter((one) => !hasEnded(one.status) && !leftovers.includes(one));
  const billed = live.flatMap(({ items }) =>
    items.flatMap(({ priceId }) => state.prices.get(priceId)?.currency ?? []),
  );
  const [first] = billed.length > 0 ? billed : prices.map(({ currency }) => currency);
  const isOther = (currency: string) => first !== undefined && currency !== first;
  if (prices.some(({ currency }) => isOther(currency))) throw otherCurrency(first ?? "");
}

export function otherCurrency(currency: string): PayKitError {
  return new PayKitError(
    "CURRENCY_MISMATCH",
    `This customer is billed in ${currency.toUpperCase()}, and one customer has one currency at a time. Let the subscription end first, or sell this at a price in ${currency.toUpperCase()}.`,
  );
}
