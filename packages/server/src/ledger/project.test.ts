import { describe, expect, it } from "vitest";
import { grantRow, utc } from "../../test/ledger-fixture.js";
import type { Expires, Include } from "../catalog/index.js";
import { evaluateEntitlement, settle } from "../contract/index.js";
import { compileGrants } from "./compile-grants.js";
import type { GrantRow } from "./grant-row.js";
import { projectGrants } from "./project.js";

const january = utc("2026-01-31T00:00:00");
const may = utc("2026-05-15T00:00:00");

function includes(quantity: number, repeats: boolean, expires: Expires): Include[] {
  const repeat = repeats ? ([1, "month"] as const) : null;
  return [{ featureId: "messages", type: "metered", quantity, repeat, expires, unlimited: false }];
}

interface PlanOptions {
  id?: string;
  kind?: "plan" | "product";
  quantity?: number;
  seats?: number;
  repeats?: boolean;
  expires?: Expires;
  endsAt?: Date | null;
  startsAt?: Date;
}

function planGrants(options: PlanOptions = {}): GrantRow[] {
  const { id = "pro", quantity = 100, seats = 1, repeats = true, expires = "when-repeated" } = options;
  const { endsAt = null, startsAt = january, kind = "plan" } = options;
  const product = { kind, includes: includes(quantity, repeats, expires) };
  return compileGrants({
    grantId: `plan:${id}:sub_1`,
    product,
    quantity: seats,
    startsAt,
    endsAt,
    anchorAt: january,
  });
}

const balance = (grants: GrantRow[], now: Date) =>
  evaluateEntitlement({ featureId: "messages", type: "metered", grants, now }).balance;
const use = (grants: GrantRow[], amount: number, now: Date) =>
  settle(grants, now).map((row, index) =>
    index === 0 ? { ...row, remaining: row.remaining - amount } : row,
  );
const project = (current: GrantRow[], desired: GrantRow[], now: Date) =>
  projectGrants({ current, desired, now });

describe("compileGrants", () => {
  // 100 at 31 January; boundaries at 28 February, 31 March, 30 April; the plan ends on 15 May.
  it.each([
    [false, "never", 100, 100],
    [false, "when-purchase-expires", 100, 0],
    [false, "when-repeated", 100, 100],
    [true, "never", 400, 400],
    [true, "when-purchase-expires", 400, 0],
    [true, "when-repeated", 100, 0],
  ] as const)(
    "of a plan, repeats: %s, expires %s: %i on its last day and %i after it",
    (repeats, expires, last, after) => {
      const grants = planGrants({ repeats, expires, endsAt: may });
      expect(balance(grants, new Date(may.getTime() - 1))).toBe(last);
      expect(balance(grants, may)).toBe(after);
      expect(balance(grants, utc("2027-01-01T00:00:00"))).toBe(after);
    },
  );

  it.each([
    [false, "never", 100],
    [false, "when-purchase-expires", 100],
    [false, "when-repeated", 100],
    [true, "never", 400],
    [true, "when-purchase-expires", 400],
    [true, "when-repeated", 100],
  ] as const)("of a purchase, repeats: %s, expires %s: %i in May", (repeats, expires, expected) => {
    expect(balance(planGrants({ kind: "product", repeats, expires }), may)).toBe(expected);
  });

  it("multiplies by the quantity of the purchase", () => {
    expect(balance(planGrants({ seats: 3 }), january)).toBe(300);
  });
});

describe("projectGrants", () => {
  it("changes nothing when the same facts come again", () => {
    const current = use(planGrants(), 30, january);
    expect(project(current, planGrants(), may)).toEqual(current);
  });

  it("refills nothing when a cancellation is set and taken back", () => {
    const used = use(planGrants(), 30, january);
    const now = utc("2026-02-10T00:00:00");
    const canceled = project(used, planGrants({ endsAt: may }), now);
    expect(canceled[0]?.expiresAt).toEqual(may);
    expect(balance(canceled, now)).toBe(70);
    expect(balance(project(canceled, planGrants(), now), now)).toBe(70);
  });

  it("replaces on an upgrade in mid-period and never adds", () => {
    const used = use(planGrants(), 30, january);
    const now = utc("2026-02-10T00:00:00");
    const upgraded = project(used, planGrants({ id: "ultra", quantity: 500 }), now);
    expect(balance(upgraded, now)).toBe(500);
    expect(upgraded).toHaveLength(1);
  });

  it("starts an upgrade's accumulation at the upgrade, not where the subscription began", () => {
    const upgraded = project(
      planGrants(),
      planGrants({ id: "ultra", expires: "when-purchase-expires" }),
      may,
    );
    // Four boundaries lie behind; the first one that counts is 31 May.
    expect(balance(upgraded, may)).toBe(100);
    expect(balance(upgraded, utc("2026-05-31T00:00:00"))).toBe(200);
  });

  it("leaves the permanent part of a plan that is gone, and stops it from growing", () => {
    const permanent = planGrants({ expires: "never" });
    const now = utc("2026-03-10T00:00:00");
    const left = project(permanent, [], now);
    expect(balance(left, now)).toBe(200);
    expect(balance(left, utc("2030-01-01T00:00:00"))).toBe(200);
    expect(project(left, [], may)).toEqual(left);
  });

  it("adds what two more seats bring and keeps what was used, and takes it away again", () => {
    const used = use(planGrants(), 30, january);
    const now = utc("2026-02-10T00:00:00");
    const three = project(used, planGrants({ seats: 3 }), now);
    expect(balance(three, now)).toBe(270);
    expect(balance(project(three, planGrants(), now), now)).toBe(70);
    expect(balance(project(use(three, 250, now), planGrants(), now), now)).toBe(0);
  });

  it("keeps the use of a plan that was lost to dunning and paid after all", () => {
    const used = use(planGrants({ endsAt: utc("2026-02-10T00:00:00") }), 30, january);
    const now = utc("2026-02-20T00:00:00");
    expect(balance(used, now)).toBe(0);
    expect(balance(project(used, planGrants(), now), now)).toBe(70);
  });

  it("loses no arrival of what stays for good when a renewal is heard of late", () => {
    // Arrived on 31 January, 28 February, 31 March and 30 April; the plan was known to go on until 7 May.
    const known = planGrants({ expires: "never", endsAt: utc("2026-05-07T00:00:00") });
    const june = utc("2026-06-05T00:00:00");
    expect(balance(known, june)).toBe(400);
    const renewed = planGrants({ expires: "never", endsAt: utc("2026-07-07T00:00:00") });
    expect(balance(project(known, renewed, june), june)).toBe(500);
  });

  it("never touches gifts, purchases and debts of its own accord", () => {
    const others = [
      grantRow({ grantId: "gift:1", quantity: 5 }),
      grantRow({ grantId: "purchase:cs_1", quantity: 7 }),
      grantRow({ featureId: "credits", grantId: "debt", quantity: 0, remaining: -3 }),
    ];
    const left = (rows: GrantRow[]) => rows.map(({ grantId, remaining }) => [grantId, remaining]);
    expect(left(project(others, [], may))).toEqual(left(others));
  });

  it("lets a new plan pay the debt first", () => {
    const debt = grantRow({ grantId: "debt", quantity: 0, remaining: -30 });
    const granted = project([debt], planGrants(), january);
    expect(granted).toMatchObject([{ grantId: "plan:pro:sub_1", remaining: 70 }]);
  });

  it.each(["never", "when-purchase-expires", "when-repeated"] as const)(
    "takes what is left of a purchase whose payment was taken back, also when it expires %s",
    (expires) => {
      const product = { kind: "product" as const, includes: includes(100, false, expires) };
      const bought = (endsAt: Date | null) =>
        compileGrants({
          grantId: "purchase:cs_1",
          product,
          quantity: 1,
          startsAt: january,
          endsAt,
          anchorAt: january,
        });
      const now = utc("2026-02-10T00:00:00");
      expect(balance(project(bought(null), bought(now), now), now)).toBe(0);
      expect(project([], bought(now), now)).toEqual([]);
    },
  );

  it("lets what a reservation holds go with the plan it was taken from", () => {
    const returns = grantRow({
      grantId: "reservation:r1:plan:pro:sub_1",
      quantity: 0,
      remaining: 20,
      startsAt: may,
    });
    expect(project([...planGrants(), returns], planGrants({ id: "ultra" }), january)).toHaveLength(1);
    const shortened = project([...planGrants(), returns], planGrants({ endsAt: may }), january);
    expect(shortened.map(({ expiresAt }) => expiresAt)).toEqual([may, may]);
  });
});
