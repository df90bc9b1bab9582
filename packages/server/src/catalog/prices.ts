import type { Repeat } from "../contract/index.js";
import type { PriceOptions, RecurringPriceOptions } from "./declare.js";
import type { Faults } from "./fault.js";
import type { Price } from "./model.js";
import { toMinorUnits } from "./money.js";

export const intervalUnits = ["day", "week", "month", "year"] as const;

type AnyPrice = PriceOptions & Partial<RecurringPriceOptions>;

export interface ToPricesInput {
  prices: PriceOptions | readonly PriceOptions[] | undefined;
  isRecurring: boolean;
  where: string;
  faults: Faults;
}

export function toPrices({ prices, isRecurring, where, faults }: ToPricesInput): Price[] {
  const isOne = prices !== undefined && !Array.isArray(prices);
  const list = (prices === undefined ? [] : isOne ? [prices] : prices) as readonly AnyPrice[];
  const seen = new Set<string>();
  return list.flatMap((price, index) => {
    const at = isOne ? `${where}, price` : `${where}, price[${index}]`;
    const made = toPrice({ price, isRecurring, where: at, faults });
    if (made === null) return [];
    const key = JSON.stringify([made.currency, made.interval]);
    if (seen.has(key)) faults.add(at, "another price has the same interval and currency");
    seen.add(key);
    return [made];
  });
}

function toPrice(input: {
  price: AnyPrice;
  isRecurring: boolean;
  where: string;
  faults: Faults;
}): Price | null {
  const { price, isRecurring, where, faults } = input;
  const currency = String(price.currency ?? "usd").toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) {
    faults.add(
      `${where}.currency`,
      `${JSON.stringify(price.currency)} is not an ISO 4217 code such as "usd"`,
    );
    return null;
  }
  const interval = toInterval(price.interval);
  if (isRecurring && interval === null) {
    faults.add(
      `${where}.interval`,
      `has to be one of ${intervalUnits.join(", ")}, or a pair such as [3, "month"]`,
    );
  }
  if (!isRecurring && price.interval !== undefined) {
    faults.add(
      `${where}.interval`,
      "a product is paid for once; declare what is paid again and again with plan()",
    );
  }
  const amount = toAmount(price, currency, (what) => faults.add(`${where}.amount`, what));
  return amount === null ? null : { amount, currency, interval: isRecurring ? interval : null };
}

function toAmount(price: AnyPrice, currency: string, fault: (what: string) => void): number | null {
  try {
    const amount = toMinorUnits(price.amount, currency);
    if (amount > 0) return amount;
    fault("is 0; leave `price` out for what is free");
  } catch (error) {
    fault(error instanceof RangeError ? error.message : String(error));
  }
  return null;
}

export function toInterval(interval: unknown): Repeat | null {
  const [count, unit] = Array.isArray(interval) ? interval : [1, interval];
  const isUnit = intervalUnits.includes(unit as Repeat[1]);
  return isUnit && Number.isSafeInteger(count) && count >= 1 && count <= 1_000 ? [count, unit] : null;
}
