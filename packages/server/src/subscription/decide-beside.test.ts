import { describe, expect, it } from "vitest";
import { billed, day, findProduct, planOf, stateOf } from "../../test/billed.js";
import type { PriceInterval, Repeat } from "../contract/index.js";
import type { BilledSubscription } from "./billed.js";
import { decideBeside } from "./decide-beside.js";
import { decideChange } from "./decide-change.js";

/** Premium and single sign-on, paid by the month until 1 February. */
function withSso(overrides: Partial<BilledSubscription> = {}): BilledSubscription {
  const period = { currentPeriodStart: day(1), currentPeriodEnd: day(32) };
  return billed("premium_month", {
    items: [
      { id: "si_premium", priceId: "premium_month", quantity: 1, ...period },
      { id: "si_sso", priceId: "single_sign_on_month", quantity: 2, ...period },
    ],
    ...overrides,
  });
}

const leaving: Partial<BilledSubscription> = {
  leaving: ["single_sign_on_month"],
  schedule: { id: null, next: { startsAt: day(32), items: [{ priceId: "premium_month", quantity: 1 }] } },
};

interface Asked {
  planId: string;
  unit?: PriceInterval;
  wantsSso?: boolean;
}

function decide(subscription: BilledSubscription, { planId, unit = "month", wantsSso = false }: Asked) {
  const state = stateOf([subscription]);
  const interval: Repeat = [1, unit];
  const price = planOf(planId).prices.find((one) => one.interval?.[1] === unit);
  const target = { plan: planOf(planId), price: price ?? { amount: 0, currency: "usd", interval } };
  const decision = decideChange({ state, findProduct, target, hadTrial: true, forceCheckout: false });
  const [sso] = planOf("single_sign_on").prices;
  const wanted = wantsSso && sso !== undefined ? [{ product: planOf("single_sign_on"), price: sso }] : [];
  return decideBeside({ decision, interval, wanted, state, findProduct });
}

describe("decideBeside", () => {
  it("keeps what is there through an upgrade, a downgrade and the plan that goes on, both of two", () => {
    for (const planId of ["ultra", "pro", "premium"]) {
      const beside = decide(withSso(), { planId });
      expect(beside).toMatchObject({
        staying: [{ item: { id: "si_sso", quantity: 2 }, moved: null }],
        leaving: [],
        added: [],
      });
    }
  });

  it("adds what is asked for and not there, and nothing twice", () => {
    const added = decide(billed("premium_month"), { planId: "ultra", wantsSso: true });
    expect(added).toMatchObject({ staying: [], added: [{ product: { id: "single_sign_on" } }] });
    expect(decide(withSso(), { planId: "ultra", wantsSso: true })).toMatchObject({
      staying: [{ item: { id: "si_sso" } }],
      added: [],
    });
  });

  it("lets go what was removed, by its mark or by a schedule alone, unless it is asked for again", () => {
    const scheduled = {
      ...leaving,
      leaving: [],
      schedule: leaving.schedule && { ...leaving.schedule, id: "s" },
    };
    for (const removed of [leaving, scheduled as Partial<BilledSubscription>]) {
      expect(decide(withSso(removed), { planId: "ultra" })).toMatchObject({
        staying: [],
        leaving: [{ id: "si_sso" }],
      });
      expect(decide(withSso(removed), { planId: "ultra", wantsSso: true })).toMatchObject({
        staying: [{ item: { id: "si_sso" } }],
        leaving: [],
        added: [],
      });
    }
  });

  it("refuses another interval for one without a price for it, but never a cancellation", () => {
    expect(() => decide(withSso(), { planId: "premium", unit: "year" })).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID" }),
    );
    expect(decide(withSso(leaving), { planId: "premium", unit: "year" })).toMatchObject({ staying: [] });
    const yearly = withSso({ items: withSso().items.map((one) => ({ ...one })) });
    expect(decide(yearly, { planId: "free", unit: "year" })).toMatchObject({ leaving: [] });
  });

  it("has nothing beside somebody's first plan but what is asked for", () => {
    const state = stateOf([]);
    const price = planOf("premium").prices[0];
    if (price === undefined) throw new Error("no price");
    const target = { plan: planOf("premium"), price };
    const decision = decideChange({ state, findProduct, target, hadTrial: true, forceCheckout: false });
    const beside = decideBeside({ decision, interval: [1, "month"], wanted: [], state, findProduct });
    expect(beside).toEqual({ staying: [], leaving: [], added: [] });
  });
});
