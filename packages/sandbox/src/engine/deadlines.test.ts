import { describe, expect, it } from "vitest";
import { incompleteExpiresAt, pendingUpdateExpiresAt } from "./deadlines.js";

const HOUR = 3_600;

describe("incompleteExpiresAt", () => {
  it("is 23 hours after creation", () => {
    expect(incompleteExpiresAt(0)).toBe(23 * HOUR);
  });
});

describe("pendingUpdateExpiresAt", () => {
  it("is 23 hours after the request, or sooner when a trial or a period ends before", () => {
    const requestedAt = 1_000;
    const far = requestedAt + 100 * HOUR;
    expect(pendingUpdateExpiresAt({ requestedAt, trialEnd: null, periodEnds: [far] })).toBe(
      requestedAt + 23 * HOUR,
    );
    expect(pendingUpdateExpiresAt({ requestedAt, trialEnd: requestedAt + HOUR, periodEnds: [far] })).toBe(
      requestedAt + HOUR,
    );
    expect(pendingUpdateExpiresAt({ requestedAt, trialEnd: 500, periodEnds: [requestedAt + 2 * HOUR] })).toBe(
      requestedAt + 2 * HOUR,
    );
  });
});
