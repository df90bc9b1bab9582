import { describe, expect, it } from "vitest";
import { billed, day, findProduct, planOf, stateOf } from "../../test/billed.js";
import type { BilledState, BilledSubscription } from "../subscription/billed.js";
import { project } from "./project.js";

function run(state: BilledState, { dunningDays = 7 } = {}) {
  return project({
    customer: { customerId: "ann", createdAt: day(1) },
    state,
    defaults: [planOf("free")],
    findProduct,
    dunningDays,
  });
}

/** What is held, as `plan from..until` with days of January. */
function held(...subscriptions: BilledSubscription[]): string[] {
  return run(stateOf(subscriptions)).holdings.map(({ grantId, startsAt, endsAt }) => {
    const number = (date: Date) => Math.round((date.getTime() - day(0).getTime()) / 86_400_000);
    return `${grantId.replace(/^plan:/, "")} ${number(startsAt)}..${endsAt === null ? "" : number(endsAt)}`;
  });
}

describe("project, what is held", () => {
  it("is the default plan for somebody without a subscription", () => {
    expect(held()).toEqual(["free:default 1.."]);
  });

  it("is the plan for 7 days beyond what is paid for, in which news of the next payment must come", () => {
    expect(held(billed("pro_month"))).toEqual(["pro:sub_1 1..39", "free:default 39.."]);
  });

  it("is no more than 7 days of a period whose invoice Stripe has not collected", () => {
    const collecting = (isAttempted: boolean) =>
      billed("pro_month", { openInvoice: { createdAt: day(1), isAttempted } });
    expect(held(collecting(false))).toEqual(["pro:sub_1 1..8", "free:default 8.."]);
    // The bank has been asked, and has not said no.
    expect(held(collecting(true))).toEqual(["pro:sub_1 1..39", "free:default 39.."]);
  });

  it("is given for the 72 hours that Stripe may take to collect, also without days of grace", () => {
    const state = stateOf([billed("pro_month")]);
    const { holdings } = run(state, { dunningDays: 0 });
    expect(holdings.map(({ endsAt }) => endsAt)).toEqual([day(36), null]);
  });

  it("ends with a set end, and the default plan begins there", () => {
    expect(held(billed("pro_month", { cancelAt: day(32) }))).toEqual([
      "pro:sub_1 1..32",
      "free:default 32..",
    ]);
  });

  it("ends 7 days after the oldest unpaid invoice", () => {
    const unpaid = billed("pro_month", { status: "past_due", unpaidSince: day(10) });
    expect(held(unpaid)).toEqual(["pro:sub_1 1..17", "free:default 17.."]);
  });

  it.each(["incomplete", "incomplete_expired", "unpaid", "paused", "canceled"] as const)(
    "is nothing of %s",
    (status) => {
      expect(held(billed("pro_month", { status }))).toEqual(["free:default 1.."]);
    },
  );

  it("ends with a trial that nobody has left a card for", () => {
    const trial = billed("pro_month", {
      status: "trialing",
      trialStart: day(1),
      trialEnd: day(15),
      endsWithoutCard: true,
    });
    // The trial is the period: until the 32nd here, and 7 days.
    expect(held(trial)).toEqual(["pro:sub_1 1..39", "free:default 39.."]);
    const { holdings, subscriptions } = run(stateOf([trial], { paymentMethod: null }));
    expect(holdings.map(({ endsAt }) => endsAt)).toEqual([day(15), null]);
    expect(subscriptions[0]).toMatchObject({ cancelAt: day(15) });
  });

  it("passes from one plan to the next where a schedule says so", () => {
    const schedule = { id: "s", next: { startsAt: day(32), items: [{ priceId: "pro_month", quantity: 1 }] } };
    expect(held(billed("ultra_month", { schedule }))).toEqual([
      "ultra:sub_1 1..32",
      "pro:sub_1 32..39",
      "free:default 39..",
    ]);
  });

  it("is the dearer of two in one group, and the other only after it", () => {
    const other = billed("pro_month", { id: "sub_2" });
    expect(held(other, billed("ultra_month"))).toEqual(["ultra:sub_1 1..39", "free:default 39.."]);
    expect(held(other, billed("ultra_month", { cancelAt: day(20) }))).toEqual([
      "ultra:sub_1 1..20",
      "pro:sub_2 20..39",
      "free:default 39..",
    ]);
  });

  it("has an add-on beside the plan", () => {
    const both = billed("pro_month");
    const addOn = { ...both.items[0], id: "si_2", priceId: "single_sign_on_month" } as (typeof both.items)[0];
    expect(held({ ...both, items: [...both.items, addOn] })).toEqual([
      "pro:sub_1 1..39",
      "single_sign_on:sub_1 1..39",
      "free:default 39..",
    ]);
  });
});

describe("project", () => {
  it("writes on each row until when its plan is given, by whatever ends it first", () => {
    const schedule = { id: "s", next: { startsAt: day(32), items: [] } };
    const until = (...subscriptions: BilledSubscription[]) =>
      run(stateOf(subscriptions)).subscriptions.map(({ entitledUntil }) => entitledUntil);
    expect(until(billed("pro_month"))).toEqual([day(39)]);
    expect(until(billed("pro_month", { cancelAt: day(20) }))).toEqual([day(20)]);
    expect(until(billed("pro_month", { schedule }))).toEqual([day(32)]);
    expect(until(billed("pro_month", { status: "past_due", unpaidSince: day(3) }))).toEqual([day(10)]);
  });

  it("warns of two in one group and of a price that is not ours, which gives nothing", () => {
    const { warnings } = run(stateOf([billed("pro_month"), billed("ultra_month", { id: "sub_2" })]));
    expect(warnings).toEqual(["sub_2, sub_1 are all of group:base; the dearest one counts"]);
    const stranger = run(stateOf([billed("price_of_somebody_else")]));
    expect(stranger.warnings).toEqual([
      "the price price_of_somebody_else is not one of PayKit's; its item gives nothing",
    ]);
    expect(stranger.holdings.map(({ grantId }) => grantId)).toEqual(["plan:free:default"]);
  });

  it("calls an end with the period what it is, however Stripe says it", () => {
    const [row] = run(stateOf([billed("pro_month", { cancelAt: day(32) })])).subscriptions;
    expect(row).toMatchObject({ cancelAtPeriodEnd: true, cancelAt: day(32) });
    const [other] = run(stateOf([billed("pro_month", { cancelAt: day(20) })])).subscriptions;
    expect(other).toMatchObject({ cancelAtPeriodEnd: false, cancelAt: day(20) });
  });

  it("takes a refunded purchase back, also what would stay for good", () => {
    const payment = {
      ...{ id: "cs_1", productId: "pack", version: "v", quantity: 2, amount: 1998, currency: "usd" },
      ...{ paidAt: day(3), paymentIntentId: "pi_1", isDisputed: false, refundedAt: null },
    };
    const paid = run(stateOf([], { payments: [payment] }));
    expect(paid.purchases).toMatchObject([{ purchaseId: "cs_1", quantity: 2, status: "paid", amount: 1998 }]);
    expect(paid.holdings[1]).toMatchObject({ grantId: "purchase:cs_1", quantity: 2, endsAt: null });
    const refunded = run(stateOf([], { payments: [{ ...payment, refundedAt: day(3) }] }));
    expect(refunded.purchases).toMatchObject([{ status: "refunded" }]);
    expect(refunded.holdings[1]).toMatchObject({
      endsAt: day(3),
      product: { includes: [{ expires: "when-purchase-expires" }] },
    });
  });

  it("remembers the trials of each group", () => {
    const { trials } = run(stateOf([billed("pro_month", { status: "canceled", trialStart: day(1) })]));
    expect(trials).toEqual([{ trialGroup: "group:base", startedAt: day(1) }]);
  });
});
