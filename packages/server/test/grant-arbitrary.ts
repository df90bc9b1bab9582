import fc from "fast-check";
import type { Repeat } from "../src/contract/index.js";
import type { GrantRow } from "../src/ledger/index.js";
import { grantRow, utc } from "./ledger-fixture.js";

const start = utc("2024-01-29T22:00:00");

/** An instant within 800 days, to the hour. */
export const anyInstant = fc
  .integer({ min: 0, max: 800 * 24 })
  .map((hours) => new Date(start.getTime() + hours * 3_600_000));

export const anyRepeat = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.constantFrom("day", "week", "month", "year"),
) as fc.Arbitrary<Repeat>;

/** A grant of messages of any kind: granted once, renewed or accumulating, limited in time or not, unlimited now and then. */
export const anyGrant: fc.Arbitrary<GrantRow> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 50 }),
    used: fc.integer({ min: 0, max: 50 }),
    startsAt: anyInstant,
    anchorAt: anyInstant,
    settledDaysLater: fc.integer({ min: 0, max: 90 }),
    expiresAt: fc.option(anyInstant),
    renewsUntil: fc.option(anyInstant),
    repeat: fc.option(anyRepeat),
    accumulates: fc.boolean(),
    unlimited: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ quantity, used, settledDaysLater, anchorAt, repeat, accumulates, renewsUntil, ...rest }) => {
    const rollsOver = repeat !== null && accumulates && !rest.unlimited;
    return grantRow({
      ...rest,
      quantity: rest.unlimited ? 0 : quantity,
      remaining: rest.unlimited ? -used : Math.max(0, quantity - used),
      accrued: rollsOver ? quantity : null,
      settledAt: new Date(rest.startsAt.getTime() + settledDaysLater * 86_400_000),
      repeat,
      anchorAt: repeat === null ? null : anchorAt,
      renewsUntil: rollsOver ? renewsUntil : null,
    });
  });

/** A stack as it may lie in the database at `now`: each row settled before then, at most one debt. */
export const anyStack: fc.Arbitrary<{ now: Date; stack: GrantRow[] }> = fc
  .record({
    grants: fc.array(anyGrant, { maxLength: 4 }),
    debt: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 4 }),
    now: anyInstant,
  })
  .map(({ grants, debt, now }) => {
    const rows = grants
      .filter((row) => row.settledAt <= now)
      .map((row, index) => ({ ...row, grantId: `plan:p${index}:sub` }));
    if (debt === null) return { now, stack: rows };
    const owed = grantRow({
      grantId: "debt",
      quantity: 0,
      remaining: -debt,
      settledAt: now,
      startsAt: now,
      permanent: true,
    });
    return { now, stack: [...rows, owed] };
  });
