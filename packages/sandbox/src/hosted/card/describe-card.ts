import type { SavedCard } from "../../world/hosted/payment.js";

const BRANDS: Readonly<Record<string, string>> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

/** `Visa ending in 4242, expires 12 / 2034`. */
export function describeCard({ brand, last4, expMonth, expYear }: SavedCard): string {
  return `${BRANDS[brand] ?? brand} ending in ${last4}, expires ${String(expMonth).padStart(2, "0")} / ${expYear}`;
}
