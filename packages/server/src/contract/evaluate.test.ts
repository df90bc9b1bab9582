import { describe, expect, it } from "vitest";
import { begin, debtOf, grantOf, monthly, utc } from "../../test/grant-fixture.js";
import { evaluateEntitlement, foreseeEntitlement, nextChangeAt } from "./evaluate.js";
import type { Grant } from "./grant.js";

describe("evaluateEntitlement", () => {
  const evaluate = (grants: Grant[], now = begin, required?: number) =>
    evaluateEntitlement({
      featureId: "messages",
      type: "metered",
      grants,
      now,
      ...(required === undefined ? {} : { required }),
    });

  it("adds up the stack: 700 of two plans, 600 used, 100 left", () => {
    const stack = [grantOf({ quantity: 200, remaining: 0 }), grantOf({ quantity: 500, remaining: 100 })];
    expect(evaluate(stack)).toMatchObject({ allowed: true, balance: 100, limit: 700, usage: 600 });
    expect(evaluate(stack, begin, 200)).toMatchObject({ allowed: false, balance: 100 });
  });

  it("denies at 0, in debt, and without any grant", () => {
    expect(evaluate([grantOf({ remaining: 0 })])).toMatchObject({ allowed: false, balance: 0, usage: 100 });
    expect(evaluate([debtOf(15)])).toMatchObject({ allowed: false, balance: -15, limit: 0, usage: 15 });
    expect(evaluate([])).toEqual({
      featureId: "messages",
      type: "metered",
      allowed: false,
      balance: 0,
      limit: 0,
      usage: 0,
      unlimited: false,
      nextResetAt: null,
    });
  });

  it("allows without limit and counts the use when one grant is unlimited", () => {
    const unlimited = grantOf({ quantity: 0, remaining: -12, unlimited: true });
    expect(evaluate([unlimited, grantOf({ remaining: 90 })], begin, 10_000)).toMatchObject({
      allowed: true,
      balance: null,
      limit: null,
      usage: 22,
      unlimited: true,
    });
  });

  it("counts what has accumulated into the limit", () => {
    expect(evaluate([monthly({ remaining: 30, accrued: 100 })], utc("2026-02-28T00:00:00"))).toMatchObject({
      limit: 200,
      balance: 130,
      usage: 70,
    });
  });

  it("allows a boolean feature exactly from its start until its end", () => {
    const grant = grantOf({ quantity: 0, remaining: 0, expiresAt: utc("2026-03-01T00:00:00") });
    const isAllowed = (now: string) =>
      evaluateEntitlement({ featureId: "pro_models", type: "boolean", grants: [grant], now: utc(now) })
        .allowed;
    expect([
      isAllowed("2026-01-30T23:59:59"),
      isAllowed("2026-01-31T00:00:00"),
      isAllowed("2026-02-28T23:59:59"),
      isAllowed("2026-03-01T00:00:00"),
    ]).toEqual([false, true, true, false]);
  });

  it("reads grants as JSON carries them", () => {
    const wire = JSON.parse(JSON.stringify([monthly({ remaining: 7 })])) as Grant<string>[];
    const answer = evaluateEntitlement({
      featureId: "messages",
      type: "metered",
      grants: wire,
      now: utc("2026-02-27T00:00:00"),
    });
    expect(answer).toMatchObject({ balance: 7, nextResetAt: utc("2026-02-28T00:00:00") });
  });
});

describe("nextChangeAt", () => {
  it("is the soonest start, end or renewal after now", () => {
    const stack = [
      monthly(),
      grantOf({ expiresAt: utc("2026-02-10T00:00:00") }),
      grantOf({ startsAt: utc("2026-02-05T00:00:00") }),
    ];
    const next = (now: Date) => nextChangeAt({ type: "metered", stack, now });
    expect(next(begin)).toEqual(utc("2026-02-05T00:00:00"));
    expect(next(utc("2026-02-05T00:00:00"))).toEqual(utc("2026-02-10T00:00:00"));
    expect(next(utc("2026-02-10T00:00:00"))).toEqual(utc("2026-02-28T00:00:00"));
    expect(nextChangeAt({ type: "metered", stack: [grantOf({})], now: begin })).toBeNull();
  });
});

describe("foreseeEntitlement", () => {
  const foresee = (grants: Grant[], now = begin, type: "boolean" | "metered" = "metered") =>
    foreseeEntitlement({ featureId: "messages", type, grants, now });

  it("tells the next three months of 100 a month, of which 93 are used", () => {
    const full = { allowed: true, balance: 100, limit: 100, usage: 0, unlimited: false };
    expect(foresee([monthly({ remaining: 7 })])).toEqual([
      { ...full, at: utc("2026-02-28T00:00:00"), nextResetAt: utc("2026-03-31T00:00:00") },
      { ...full, at: utc("2026-03-31T00:00:00"), nextResetAt: utc("2026-04-30T00:00:00") },
      { ...full, at: utc("2026-04-30T00:00:00"), nextResetAt: utc("2026-05-31T00:00:00") },
    ]);
  });

  it("pays a debt of 250 as it goes: -150, -50, 50", () => {
    const stack = [monthly({ remaining: 0 }), debtOf(250)];
    expect(foresee(stack).map(({ balance }) => balance)).toEqual([-150, -50, 50]);
  });

  it("passes by what changes nothing: one of two overlapping grants ends, then the other", () => {
    const first = grantOf({ quantity: 0, expiresAt: utc("2026-03-01T00:00:00") });
    const second = grantOf({
      quantity: 0,
      startsAt: utc("2026-02-20T00:00:00"),
      expiresAt: utc("2026-04-01T00:00:00"),
    });
    expect(foresee([first, second], begin, "boolean").map(({ at, allowed }) => [at, allowed])).toEqual([
      [utc("2026-04-01T00:00:00"), false],
    ]);
  });

  it("knows that renewing changes nothing about a boolean feature: only its end, 30 days later, is a step", () => {
    const daily = monthly({ quantity: 0, repeat: [1, "day"], expiresAt: utc("2026-03-02T00:00:00") });
    expect(foresee([daily], begin, "boolean").map(({ at, allowed }) => [at, allowed])).toEqual([
      [utc("2026-03-02T00:00:00"), false],
    ]);
  });

  it("has nothing to tell of what never changes, and of nothing", () => {
    expect([foresee([grantOf({})]), foresee([])]).toEqual([[], []]);
  });
});
