import { describe, expect, it } from "vitest";
import { day } from "../../test/billed.js";
import { createCatalog, product } from "../catalog/index.js";
import type { BilledPayment } from "./billed.js";
import { findRepeats } from "./find-repeats.js";

const { products } = createCatalog([
  product({ id: "deal", price: { amount: 99 } }),
  product({ id: "pack", stackable: true, price: { amount: 9 } }),
]);
const findProduct = (id: string) => products.get(id) ?? null;

function paid(id: string, on: number, { productId = "deal", isRefunded = false, version = "" } = {}) {
  const payment: BilledPayment = {
    id,
    productId,
    version: version || (products.get(productId)?.version ?? ""),
    quantity: 1,
    amount: 9900,
    currency: "usd",
    paidAt: day(on),
    paymentIntentId: `pi_${id}`,
    isDisputed: false,
    refundedAt: isRefunded ? day(on) : null,
  };
  return payment;
}

const find = (payments: BilledPayment[]) => findRepeats(payments, findProduct).map(({ id }) => id);

describe("findRepeats", () => {
  it("names all but the first, in whatever order they are read", () => {
    expect(find([paid("b", 2), paid("c", 3), paid("a", 1)])).toEqual(["b", "c"]);
  });

  it("takes the smaller id as the first of two in the same second", () => {
    expect(find([paid("b", 1), paid("a", 1)])).toEqual(["b"]);
  });

  it("counts a purchase after one that was given back as the first", () => {
    expect(find([paid("a", 1, { isRefunded: true }), paid("b", 2)])).toEqual([]);
  });

  it("goes on naming a repeat that was given back, also when the first is given back later", () => {
    const repeat = paid("b", 2, { isRefunded: true });
    expect(find([paid("a", 1), repeat])).toEqual(["b"]);
    expect(find([paid("a", 1, { isRefunded: true }), repeat])).toEqual(["b"]);
  });

  it("leaves alone what is stackable, and a version that nobody knows any more", () => {
    expect(find([paid("a", 1, { productId: "pack" }), paid("b", 2, { productId: "pack" })])).toEqual([]);
    expect(find([paid("a", 1, { version: "gone" }), paid("b", 2, { version: "gone" })])).toEqual([]);
  });
});
