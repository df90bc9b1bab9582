import type { PriceInterval, PublicPrice, PublicProduct } from "@paykit/server/contract";

/** The price that is paid every `interval`; the first when none is named; null when there is no such price. */
export function priceOf({ prices }: PublicProduct, interval?: PriceInterval): PublicPrice | null {
  return prices.find((price) => interval === undefined || price.interval?.[1] === interval) ?? null;
}

/** How often the plans can be paid, each once, in the order in which they are declared. */
export function intervalsOf(plans: readonly PublicProduct[]): PriceInterval[] {
  return [...new Set(plans.flatMap(({ prices }) => prices.flatMap(({ interval }) => interval?.[1] ?? [])))];
}
