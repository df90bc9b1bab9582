import { describe, expect, it } from "vitest";
import { customRetries, isHardDecline, nextAttemptAt, SMART_RETRIES } from "./dunning.js";

const DAY = 86_400;

describe("SMART_RETRIES", () => {
  it("tries 8 more times, the last one 14 days after the first failure", () => {
    let failedAt = 0;
    let retries = 0;
    for (;;) {
      const next = nextAttemptAt({ policy: SMART_RETRIES, attempts: retries + 1, failedAt });
      if (next === null) break;
      failedAt = next;
      retries += 1;
    }
    expect({ retries, failedAt }).toEqual({ retries: 8, failedAt: 14 * DAY });
  });
});

describe("customRetries", () => {
  it("waits 3, then 5, then 7 days, then gives up", () => {
    const policy = customRetries([3, 5, 7], "unpaid");
    expect([1, 2, 3, 4].map((attempts) => nextAttemptAt({ policy, attempts, failedAt: 100 }))).toEqual([
      100 + 3 * DAY,
      100 + 5 * DAY,
      100 + 7 * DAY,
      null,
    ]);
    expect(policy.end).toBe("unpaid");
  });
});

describe("isHardDecline", () => {
  it("is true for a stolen card and false for insufficient funds", () => {
    expect(isHardDecline("stolen_card")).toBe(true);
    expect(isHardDecline("insufficient_funds")).toBe(false);
    expect(isHardDecline(null)).toBe(false);
  });
});
