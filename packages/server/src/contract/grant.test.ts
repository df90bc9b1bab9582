import { describe, expect, it } from "vitest";
import { begin, debtOf, grantOf, monthly, utc } from "../../test/grant-fixture.js";
import { type Grant, nextResetAt, settle } from "./grant.js";

const left = (stack: Grant[], now: Date) => settle(stack, now).map(({ remaining }) => remaining);

describe("settle", () => {
  it("renews a 100-a-month grant of 31 January on 28 February and on 31 March", () => {
    const used = [monthly({ remaining: 7 })];
    expect(left(used, utc("2026-02-27T23:59:59"))).toEqual([7]);
    expect(left(used, utc("2026-02-28T00:00:00"))).toEqual([100]);
    expect(nextResetAt(monthly(), utc("2026-02-28T00:00:00"))).toEqual(utc("2026-03-31T00:00:00"));
  });

  it("gives 100, not 1,400, after 14 months away", () => {
    expect(left([monthly({ remaining: 0 })], utc("2027-04-01T00:00:00"))).toEqual([100]);
  });

  it("adds 14 times 100 after 14 months when the quantity accumulates", () => {
    const [grant] = settle([monthly({ remaining: 30, accrued: 100 })], utc("2027-04-01T00:00:00"));
    expect(grant).toMatchObject({ remaining: 1_430, accrued: 1_500 });
  });

  it("adds nothing from the instant that renewing ends, and keeps what has arrived", () => {
    // Boundaries at 28 February and 31 March; the second is where it ends.
    const grant = monthly({ accrued: 100, renewsUntil: utc("2026-03-31T00:00:00") });
    expect(left([grant], utc("2030-01-01T00:00:00"))).toEqual([200]);
    expect(nextResetAt(grant, utc("2026-03-01T00:00:00"))).toBeNull();
  });

  it("leaves a grant that was renewed at midnight as it is for somebody who began a second before and waited", () => {
    const renewed = monthly({ remaining: 60, settledAt: utc("2026-02-28T00:00:00") });
    expect(settle([renewed], utc("2026-02-27T23:59:59"))).toEqual([renewed]);
  });

  it("drops what has expired and keeps what begins later as it is", () => {
    const over = grantOf({ expiresAt: utc("2026-03-01T00:00:00") });
    const later = grantOf({ startsAt: utc("2026-03-02T00:00:00") });
    expect(settle([over, later], utc("2026-03-01T00:00:00"))).toEqual([later]);
  });

  it("pays a debt of 250 from three monthly renewals and leaves 50 of the third", () => {
    // 28 February pays 100 of 250, 31 March 100 of 150, 30 April 50 of 50.
    const stack = [monthly({ remaining: 0 }), debtOf(250)];
    expect(left(stack, utc("2026-03-31T00:00:00"))).toEqual([0, -50]);
    expect(left(stack, utc("2026-04-30T00:00:00"))).toEqual([50]);
    expect(left(stack, utc("2026-05-31T00:00:00"))).toEqual([100]);
  });

  it("pays a debt from a grant that begins, also when that grant has ended since", () => {
    const passing = grantOf({
      quantity: 20,
      startsAt: utc("2026-03-01T00:00:00"),
      settledAt: begin,
      expiresAt: utc("2026-03-05T00:00:00"),
    });
    expect(left([passing, debtOf(15)], utc("2026-03-02T00:00:00"))).toEqual([5]);
    expect(left([passing, debtOf(35)], utc("2026-04-01T00:00:00"))).toEqual([-15]);
  });

  it("says the same whether it settles once or at every step on the way", async () => {
    const { default: fc } = await import("fast-check");
    const day = fc.integer({ min: 0, max: 400 }).map((days) => new Date(begin.getTime() + days * 86_400_000));
    const grant = fc
      .record({
        quantity: fc.integer({ min: 1, max: 50 }),
        startsAt: day,
        ends: fc.option(day),
        repeats: fc.boolean(),
        accumulates: fc.boolean(),
        stops: fc.option(day),
      })
      .map(({ quantity, startsAt, ends, repeats, accumulates, stops }) =>
        grantOf({
          quantity,
          startsAt,
          settledAt: begin,
          expiresAt: ends,
          repeat: repeats ? [1, "month"] : null,
          accrued: repeats && accumulates ? quantity : null,
          renewsUntil: repeats ? stops : null,
        }),
      );
    const debt = fc.option(fc.integer({ min: 1, max: 300 }).map(debtOf));
    fc.assert(
      fc.property(
        fc.array(grant, { maxLength: 4 }),
        debt,
        fc.array(day, { maxLength: 5 }),
        (grants, owed, days) => {
          const stack = owed === null ? grants : [...grants, owed];
          const steps = days.sort((a, b) => a.getTime() - b.getTime());
          const last = steps.at(-1) ?? begin;
          const stepwise = steps.reduce((state, now) => settle(state, now), stack);
          const quantities = (rows: readonly { remaining: number; accrued: number | null }[]) =>
            rows.map(({ remaining, accrued }) => [remaining, accrued]);
          expect(quantities(settle(stepwise, last))).toEqual(quantities(settle(stack, last)));
        },
      ),
    );
  });
});
