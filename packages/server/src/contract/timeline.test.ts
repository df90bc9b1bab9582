import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyInstant, anyStack } from "../../test/grant-arbitrary.js";
import { utc } from "../../test/grant-fixture.js";
import { type EvaluateInput, evaluateEntitlement, foreseeEntitlement, nextChangeAt } from "./evaluate.js";
import { settle } from "./grant.js";
import { type EntitlementStep, entitlementAt, type SnapshotEntitlement } from "./timeline.js";

const balanceOf = (balance: number) => ({
  ...{ allowed: balance > 0, balance, limit: 100, usage: 100 - balance, unlimited: false, nextResetAt: null },
});
const timeline: SnapshotEntitlement = {
  ...{ featureId: "messages", type: "metered", name: "Messages" },
  ...balanceOf(7),
  upcoming: [
    { at: utc("2026-02-28T00:00:00"), ...balanceOf(100) },
    { at: utc("2026-03-31T00:00:00"), ...balanceOf(0) },
  ],
};

/** The first instant that a timeline of these grants does not reach. */
function horizonOf(
  { type, grants }: Pick<EvaluateInput, "type" | "grants">,
  upcoming: readonly EntitlementStep[],
): Date | null {
  const last = upcoming[2];
  return last ? nextChangeAt({ type, stack: settle(grants, last.at), now: last.at }) : null;
}

describe("entitlementAt", () => {
  it("says what is known until the first step, and then what the last one that has begun says", () => {
    const balances = [
      "2026-02-27T23:59:59",
      "2026-02-28T00:00:00",
      "2026-03-30T00:00:00",
      "2026-03-31T00:00:00",
    ];
    expect(balances.map((now) => entitlementAt(timeline, utc(now)).balance)).toEqual([7, 100, 100, 0]);
  });

  it("denies 101 when 100 are left, and holds to the last step from then on", () => {
    expect(entitlementAt(timeline, utc("2026-03-01T00:00:00"), 101).allowed).toBe(false);
    expect(entitlementAt(timeline, utc("2026-03-01T00:00:00"), 100).allowed).toBe(true);
    expect(entitlementAt(timeline, utc("2036-01-01T00:00:00"))).toEqual({
      ...{ featureId: "messages", type: "metered", name: "Messages" },
      ...balanceOf(0),
    });
  });

  it("says of any stack, at any instant that it reaches, what evaluating the grants says then", () => {
    const type = fc.constantFrom("metered" as const, "boolean" as const);
    const required = fc.integer({ min: 1, max: 90 });
    fc.assert(
      fc.property(anyStack, anyInstant, type, required, ({ stack, now }, later, type, required) => {
        const feature = { featureId: "messages", type, grants: stack };
        const upcoming = foreseeEntitlement({ ...feature, now });
        const known = { ...evaluateEntitlement({ ...feature, now }), name: "Messages", upcoming };
        const wire: SnapshotEntitlement<string> = JSON.parse(JSON.stringify(known));
        const horizon = horizonOf(feature, upcoming);
        const instants = [now, later, ...upcoming.flatMap(({ at }) => [new Date(at.getTime() - 1), at])];
        for (const at of instants.filter((at) => at >= now && (horizon === null || at < horizon))) {
          const { name: _, ...answer } = entitlementAt(wire, at.toISOString(), required);
          const truth = evaluateEntitlement({ ...feature, now: at, required });
          expect(answer).toEqual(JSON.parse(JSON.stringify(truth)));
        }
      }),
      { numRuns: 500 },
    );
  });
});
