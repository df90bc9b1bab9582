import { describe, expect, it } from "vitest";
import { listPlanChanges } from "./plan-changes.js";
import type { PublicProduct } from "./products.js";
import type { SnapshotSubscription } from "./snapshot.js";

const march31 = "2026-03-31T00:00:00.000Z";

function plan(fields: Partial<PublicProduct> & { id: string }): PublicProduct {
  const common = { name: fields.id, description: null, stackable: false, includes: [] };
  return { ...common, type: "plan", group: "base", isDefault: false, trialDays: 0, prices: [], ...fields };
}

const monthly = (amount: number) => ({ amount, currency: "usd", interval: [1, "month"] as const });
const yearly = (amount: number) => ({ amount, currency: "usd", interval: [1, "year"] as const });
const products = [
  plan({ id: "free", isDefault: true }),
  plan({ id: "pro", trialDays: 14, prices: [monthly(1900), yearly(19_000)] }),
  plan({ id: "support", group: null, prices: [monthly(500)] }),
  plan({ id: "credit_pack", type: "product", group: null }),
];
/** Nobody may buy it any more. */
const legacy = [monthly(4900)];

function on(fields: Partial<SnapshotSubscription<string>>): SnapshotSubscription<string> {
  return {
    ...{
      planId: "pro",
      group: "base",
      status: "active",
      isDefault: false,
      isEntitled: true,
      willRenew: true,
    },
    ...{ interval: [1, "month"], quantity: 1, cancelAtPeriodEnd: false, trialEnd: null, endsAt: null },
    ...{ currentPeriodStart: "2026-02-28T00:00:00.000Z", currentPeriodEnd: march31 },
    ...{ scheduledPlanId: null, scheduledAt: null },
    ...fields,
  };
}

function changesOf(subscription: Partial<SnapshotSubscription<string>>, trialsUsed: string[] = []) {
  const pricesOf = (id: string) =>
    id === "legacy" ? legacy : (products.find((product) => product.id === id)?.prices ?? []);
  return listPlanChanges({ subscriptions: [on(subscription)], products, pricesOf, trialsUsed });
}

/** "pro month start" for each, with the instant that it waits for and the days of trial. */
function list(...given: Parameters<typeof changesOf>) {
  return changesOf(...given).map(({ planId, interval, kind, effectiveAt, isScheduled, trialDays }) =>
    [
      planId,
      interval,
      kind,
      effectiveAt === march31 && "on 31 March",
      isScheduled && "already",
      trialDays > 0 && `${trialDays} days`,
    ]
      .filter(Boolean)
      .join(" "),
  );
}

describe("listPlanChanges", () => {
  it("has one for each plan and price for sale, and none for one-time products", () => {
    const free = { planId: "free", isDefault: true, interval: null };
    expect(list(free)).toEqual([
      "free none",
      "pro month start 14 days",
      "pro year start 14 days",
      "support month start",
    ]);
  });

  it("promises no trial to who has had it", () => {
    expect(list({ planId: "free", isDefault: true, interval: null }, ["pro"])).toContain("pro month start");
  });

  it("waits for the end of what is paid, 31 March, to cancel", () => {
    expect(list({})).toEqual([
      "free cancel on 31 March",
      "pro month none",
      "pro year upgrade",
      "support month start",
    ]);
  });

  it("says what is set to happen already", () => {
    expect(list({ endsAt: march31, scheduledPlanId: "free", scheduledAt: march31 })).toEqual([
      "free none on 31 March already",
      "pro month resume",
      "pro year upgrade",
      "support month start",
    ]);
  });

  it("says when a step down is set to happen, which need not be the end of the period: on 15 March", () => {
    const march15 = "2026-03-15T00:00:00.000Z";
    const stepDown = { endsAt: march15, scheduledPlanId: "pro", scheduledAt: march15 };
    expect(changesOf({ planId: "legacy", ...stepDown })).toContainEqual({
      ...{ planId: "pro", interval: "month", kind: "downgrade", trialDays: 0 },
      ...{ effectiveAt: march15, isScheduled: true },
    });
  });

  it("changes the plan of somebody whose payment failed, and starts no second one", () => {
    expect(list({ status: "past_due" })).toContain("pro year upgrade");
  });

  it("compares with the price of a plan that nobody may buy any more: 49 to 19 is a step down", () => {
    expect(list({ planId: "legacy" })).toContain("pro month downgrade on 31 March");
  });

  it("steps down at once in a trial, of which nothing is paid, and cancels at its end", () => {
    const inTrial = list({ planId: "legacy", status: "trialing" });
    expect(inTrial).toContain("pro month downgrade");
    expect(inTrial).toContain("free cancel on 31 March");
  });

  it("starts anew where a subscription gives nothing any more", () => {
    expect(list({ status: "unpaid" })).toContain("pro month start 14 days");
  });

  it("knows of an add-on by itself", () => {
    expect(list({ planId: "support", group: null })).toEqual([
      "free none",
      "pro month start 14 days",
      "pro year start 14 days",
      "support month none",
    ]);
  });
});
