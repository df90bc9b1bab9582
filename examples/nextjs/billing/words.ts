import type { PublicInclude, PublicProduct } from "@paykit/server/contract";

const number = new Intl.NumberFormat("en");

/** "2,000 messages a month" */
export function describeInclude({ type, name, quantity, repeat, unlimited }: PublicInclude) {
  if (type === "boolean") return name;
  const amount = unlimited || quantity === null ? "Unlimited" : number.format(quantity);
  return `${amount} ${name.toLowerCase()}${repeat === null ? "" : ` a ${repeat[1]}`}`;
}

/** "$19 a month"; "$0" for a plan without such a price. */
export function formatPrice({ prices }: PublicProduct, interval: "month" | "year") {
  const price = prices.find((candidate) => candidate.interval?.[1] === interval);
  if (price === undefined) return "$0";
  const money = new Intl.NumberFormat("en", {
    style: "currency",
    currency: price.currency,
    trailingZeroDisplay: "stripIfInteger",
  });
  return `${money.format(price.amount / 100)} a ${interval}`;
}
