import { describe, expect, it } from "vitest";
import { type ChangeKind, type CurrentPlan, classifyChange } from "./change.js";
import type { PublicPrice } from "./products.js";

const monthly = (amount: number): PublicPrice => ({ amount, currency: "usd", interval: [1, "month"] });
const yearly = (amount: number): PublicPrice => ({ amount, currency: "usd", interval: [1, "year"] });
const prices: Record<string, PublicPrice[]> = {
  pro: [monthly(2000), yearly(20_000)],
  premium: [monthly(5000), yearly(50_000)],
  ultra: [monthly(20_000)],
};

type Choice = [planId: string, unit: "month" | "year" | null];

function priceOf([planId, unit]: Choice): PublicPrice | null {
  return prices[planId]?.find(({ interval }) => interval?.[1] === unit) ?? null;
}

function on([planId, unit]: Choice, overrides: Partial<CurrentPlan> = {}): CurrentPlan {
  const price = priceOf([planId, unit]);
  return {
    planId,
    isDefault: planId === "free",
    interval: price?.interval ?? null,
    prices: prices[planId] ?? [],
    endsAt: null,
    scheduledPlanId: null,
    ...overrides,
  };
}

function classify(current: CurrentPlan | null, choice: Choice): ChangeKind {
  return classifyChange(current, {
    planId: choice[0],
    isDefault: choice[0] === "free",
    price: priceOf(choice),
  });
}

describe("classifyChange", () => {
  it.each<[from: Choice, to: Choice, kind: ChangeKind]>([
    [["free", null], ["pro", "month"], "start"],
    [["free", null], ["free", null], "none"],
    [["pro", "month"], ["pro", "month"], "none"],
    [["pro", "month"], ["ultra", "month"], "upgrade"],
    [["ultra", "month"], ["pro", "month"], "downgrade"],
    [["pro", "month"], ["free", null], "cancel"],
    [["pro", "month"], ["pro", "year"], "upgrade"],
    [["pro", "year"], ["pro", "month"], "downgrade"],
    // 500 a year is 41.67 a month, but against Pro's 200 a year it is the dearer plan.
    [["pro", "month"], ["premium", "year"], "upgrade"],
    // Against Pro's yearly price at the same interval: 50 a month is more than 20.
    [["pro", "year"], ["premium", "month"], "upgrade"],
    [["premium", "year"], ["pro", "year"], "downgrade"],
    // Ultra has no yearly price: 200 a month against 500 a year (41.67 a month).
    [["ultra", "month"], ["premium", "year"], "downgrade"],
  ])("takes %j to %j for %s", (from, to, kind) => {
    expect(classify(on(from), to)).toBe(kind);
  });

  it("starts where nothing is", () => {
    expect(classify(null, ["pro", "month"])).toBe("start");
    expect(classify(null, ["free", null])).toBe("none");
  });

  it("resumes when the current plan is chosen while it is set to end or to change", () => {
    const ending = { endsAt: "2026-02-01T00:00:00.000Z" };
    expect(classify(on(["pro", "month"], ending), ["pro", "month"])).toBe("resume");
    expect(classify(on(["ultra", "month"], { ...ending, scheduledPlanId: "pro" }), ["ultra", "month"])).toBe(
      "resume",
    );
  });

  it("cancels once: again is none, unless another plan was scheduled", () => {
    const endsAt = "2026-02-01T00:00:00.000Z";
    expect(classify(on(["pro", "month"], { endsAt, scheduledPlanId: "free" }), ["free", null])).toBe("none");
    expect(classify(on(["ultra", "month"], { endsAt, scheduledPlanId: "pro" }), ["free", null])).toBe(
      "cancel",
    );
  });
});
