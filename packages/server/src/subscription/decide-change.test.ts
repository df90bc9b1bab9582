import { describe, expect, it } from "vitest";
import { billed, day, findProduct, planOf, stateOf } from "../../test/billed.js";
import type { BilledState } from "./billed.js";
import { type DecideInput, decideChange } from "./decide-change.js";

function decide(
  state: BilledState,
  planId: string,
  overrides: Partial<DecideInput> & { unit?: string } = {},
) {
  const plan = planOf(planId);
  const { unit = "month", ...rest } = overrides;
  const price = plan.prices.find(({ interval }) => interval?.[1] === unit) ?? {
    amount: 0,
    currency: "usd",
    interval: null,
  };
  return decideChange({
    state,
    findProduct,
    target: { plan, price },
    hadTrial: false,
    forceCheckout: false,
    ...rest,
  });
}

const noCard = { paymentMethod: null };
const toPro = {
  id: "sub_sched_1",
  next: { startsAt: day(32), items: [{ priceId: "pro_month", quantity: 1 }] },
};

describe("decideChange", () => {
  it("starts on Stripe's page without a card, and directly with one", () => {
    expect(decide(stateOf([], noCard), "ultra")).toMatchObject({
      kind: "start",
      isPaidOnPage: true,
      trialDays: 0,
    });
    expect(decide(stateOf([]), "ultra")).toMatchObject({ kind: "start", isPaidOnPage: false });
    expect(decide(stateOf([]), "ultra", { forceCheckout: true })).toMatchObject({ isPaidOnPage: true });
  });

  it("gives the trial of 14 days once", () => {
    expect(decide(stateOf([]), "pro")).toMatchObject({ trialDays: 14 });
    expect(decide(stateOf([]), "pro", { hadTrial: true })).toMatchObject({ trialDays: 0 });
  });

  it("ends what was never paid before it starts anew", () => {
    const state = stateOf([billed("pro_month", { status: "incomplete" })]);
    expect(decide(state, "pro")).toMatchObject({ kind: "start", leftovers: [{ id: "sub_1" }] });
  });

  it("leaves alone what has ended", () => {
    const state = stateOf([billed("pro_month", { status: "canceled", endedAt: day(5) })]);
    expect(decide(state, "pro")).toMatchObject({ kind: "start", leftovers: [] });
  });

  it("upgrades at once, in the running period", () => {
    const state = stateOf([billed("pro_month")]);
    expect(decide(state, "ultra")).toMatchObject({
      kind: "upgrade",
      isInTrial: false,
      restartsPeriod: false,
    });
  });

  it("begins a new period when a month becomes a year", () => {
    const state = stateOf([billed("pro_month")]);
    expect(decide(state, "pro", { unit: "year" })).toMatchObject({ kind: "upgrade", restartsPeriod: true });
  });

  it("takes an upgrade without a card to Stripe's page, in place of what is there", () => {
    const state = stateOf([billed("pro_month")], noCard);
    expect(decide(state, "ultra")).toMatchObject({
      kind: "start",
      isPaidOnPage: true,
      replaces: { subscription: { id: "sub_1" } },
    });
  });

  it("downgrades and cancels at the end of the period, 1 February", () => {
    const state = stateOf([billed("ultra_month")]);
    expect(decide(state, "pro")).toMatchObject({ kind: "downgrade", at: day(32) });
    expect(decide(state, "free")).toMatchObject({ kind: "cancel", at: day(32) });
  });

  it("changes the plan at once within a trial, also to a lesser one, and charges nothing", () => {
    const state = stateOf([
      billed("ultra_month", { status: "trialing", trialStart: day(1), trialEnd: day(15) }),
    ]);
    const atOnce = { kind: "upgrade", isStepDown: true, isInTrial: true, restartsPeriod: false };
    expect(decide(state, "pro")).toMatchObject(atOnce);
  });

  it("does nothing for the plan that is there or is scheduled already, and resumes over a schedule", () => {
    expect(decide(stateOf([billed("pro_month")]), "pro")).toMatchObject({ kind: "none" });
    const scheduled = stateOf([billed("ultra_month", { schedule: toPro })]);
    expect(decide(scheduled, "pro")).toMatchObject({ kind: "none" });
    expect(decide(scheduled, "ultra")).toMatchObject({ kind: "resume" });
  });

  it("changes the target of a schedule", () => {
    const state = stateOf([billed("ultra_month", { schedule: toPro })]);
    expect(decide(state, "premium")).toMatchObject({ kind: "downgrade", at: day(32) });
  });

  it("does nothing when somebody without a plan asks for the default", () => {
    expect(decide(stateOf([]), "free")).toEqual({ kind: "none", current: null });
  });
});
