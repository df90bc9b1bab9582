import { describe, expect, it } from "vitest";
import { grantRow, utc } from "../../test/ledger-fixture.js";
import { evaluateEntitlement } from "../contract/index.js";
import type { GrantRow } from "./grant-row.js";
import { foldSpent, followSpent } from "./spent.js";

const now = utc("2026-03-01T00:00:00");
const usedUp = (grantId: string, given: Partial<GrantRow> = {}) =>
  grantRow({ grantId, quantity: 500, remaining: 0, ...given });
const evaluate = (grants: GrantRow[]) =>
  evaluateEntitlement({ featureId: "messages", type: "metered", grants, now });
const idsOf = (rows: readonly { grantId: string }[]) => rows.map(({ grantId }) => grantId).sort();

describe("foldSpent", () => {
  it("makes two used-up packs and a half-used one two rows of the same 100 of 1,500", () => {
    const stack = [usedUp("purchase:a"), usedUp("gift:b"), usedUp("purchase:c", { remaining: 100 })];
    const { stack: after, folded } = foldSpent(stack);
    expect(idsOf(after)).toEqual(["purchase:c", "spent"]);
    expect(idsOf(folded)).toEqual(["gift:b", "purchase:a"]);
    expect(evaluate(after)).toEqual(evaluate(stack));
    expect(evaluate(after)).toMatchObject({ balance: 100, limit: 1_500, usage: 1_400 });
  });

  it("adds a third to the row of the first two", () => {
    const { stack } = foldSpent([usedUp("gift:a"), usedUp("gift:b")]);
    const after = foldSpent([...stack, usedUp("gift:c")]);
    expect(after.stack).toMatchObject([{ grantId: "spent", quantity: 1_500, remaining: 0 }]);
    expect(idsOf(after.folded)).toEqual(["gift:c"]);
  });

  it("leaves a single one, and those of another feature, as they are", () => {
    const stack = [usedUp("gift:a"), usedUp("gift:b", { featureId: "credits" })];
    expect(foldSpent(stack)).toEqual({ stack, folded: [] });
  });

  it.each([
    ["has something left", { remaining: 1 }],
    ["is renewed", { repeat: [1, "month"] as const, anchorAt: now }],
    ["ends some day", { expiresAt: utc("2027-01-01T00:00:00") }],
    ["is unlimited", { quantity: 0, unlimited: true }],
    ["is of a plan", { grantId: "plan:pro:sub_1" }],
  ])("keeps a row that %s", (_, given) => {
    const stack = [usedUp("gift:a"), usedUp("gift:b", given)];
    expect(foldSpent(stack)).toEqual({ stack, folded: [] });
  });

  it("keeps the pack that a reservation may give back to", () => {
    const held = usedUp("reservation:r1:gift:a", { quantity: 0, remaining: 500, startsAt: now });
    const { stack } = foldSpent([usedUp("gift:a"), usedUp("gift:b"), usedUp("gift:c"), held]);
    expect(idsOf(stack)).toEqual(["gift:a", "reservation:r1:gift:a", "spent"]);
  });
});

describe("followSpent", () => {
  const { stack: current, folded: spent } = foldSpent([usedUp("purchase:a"), usedUp("purchase:b")]);
  const bought = (grantId: string, expiresAt: Date | null) => grantRow({ grantId, quantity: 500, expiresAt });
  const desired = [bought("purchase:a", null), bought("purchase:b", null), bought("purchase:c", null)];

  it("gives what is used up no second time", () => {
    const after = followSpent({ current, desired, spent, now });
    expect(idsOf(after.desired)).toEqual(["purchase:c"]);
    expect(after.current).toEqual(current);
  });

  it("counts 500 of 1,000 after a refund, and 1,000 again when the refund failed", () => {
    const refunded = [bought("purchase:a", now), bought("purchase:b", null)];
    const after = followSpent({ current, desired: refunded, spent, now });
    expect(after.current).toMatchObject([{ grantId: "spent", quantity: 500, remaining: 0 }]);
    expect(after.desired).toEqual([]);
    const again = followSpent({ current: after.current, desired, spent: after.spent, now });
    expect(again.current).toMatchObject([{ grantId: "spent", quantity: 1_000, remaining: 0 }]);
  });
});
