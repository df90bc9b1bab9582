import { createHash } from "node:crypto";
import type { OneTimeProduct, Plan } from "./model.js";

type Unversioned = Omit<Plan, "version"> | Omit<OneTimeProduct, "version">;

/**
 * The hash of what a buyer gets and pays. The order in which prices and features are written does not matter; names,
 * texts and the length of a trial are not part of what is bought.
 */
export function hashVersion(product: Unversioned): string {
  const prices = product.prices.map(({ amount, currency, interval }) => [currency, interval, amount]);
  const includes = product.includes.map(({ featureId, type, quantity, repeat, expires, unlimited }) => [
    featureId,
    type,
    quantity,
    repeat,
    expires,
    unlimited,
  ]);
  const terms = product.kind === "plan" ? [product.group] : [product.stackable, product.onRefund];
  const content = JSON.stringify([product.kind, product.id, sorted(prices), sorted(includes), terms]);
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

function sorted(rows: unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
