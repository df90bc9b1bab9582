import { describe, expect, it } from "vitest";
import { billed, day, findProduct, stateOf } from "../../test/billed.js";
import type { BilledSubscription } from "./billed.js";
import { findDuplicates } from "./find-duplicates.js";

function find(...subscriptions: BilledSubscription[]) {
  const found = findDuplicates(stateOf(subscriptions), findProduct);
  return found.map(({ subscription, isRefunded }) => [subscription.id, isRefunded]);
}

const older = billed("pro_month", { id: "sub_a" });
const newer = billed("pro_month", { id: "sub_b", createdAt: day(1, 1) });

describe("findDuplicates", () => {
  it("gives the second back, whichever order they are read in", () => {
    expect(find(older, newer)).toEqual([["sub_b", true]]);
    expect(find(newer, older)).toEqual([["sub_b", true]]);
  });

  it("gives the second back also when it is the dearer one", () => {
    expect(find(older, billed("ultra_month", { id: "sub_b", createdAt: day(1, 1) }))).toEqual([
      ["sub_b", true],
    ]);
  });

  it("decides by id between two of the same second", () => {
    expect(find(billed("pro_month", { id: "sub_b" }), older)).toEqual([["sub_b", true]]);
  });

  it("ends without a refund what the new one was bought in place of", () => {
    expect(find(older, { ...newer, replaces: "sub_a" })).toEqual([["sub_a", false]]);
  });

  it("leaves alone what was made by hand, has ended, gives nothing, or is an add-on", () => {
    expect(find(older, { ...newer, isOurs: false })).toEqual([]);
    expect(find(older, { ...newer, status: "canceled" })).toEqual([]);
    expect(find(older, { ...newer, status: "incomplete" })).toEqual([]);
    expect(find(older, billed("single_sign_on_month", { id: "sub_b" }))).toEqual([]);
  });
});
