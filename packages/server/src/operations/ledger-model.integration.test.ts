import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { contextOf, makeCustomer, moveClock, utc } from "../../test/ledger-fixture.js";
import { createCatalog, feature, type Plan, plan } from "../catalog/index.js";
import { projectGrants } from "../database/project-grants.js";
import { compileGrants } from "../ledger/index.js";
import { check } from "./check.js";
import { getItem } from "./items.js";
import { report } from "./report.js";
import { confirmReservation, releaseReservation, reserve } from "./reservations.js";

/**
 * The plainest ledger there is: it walks through time an hour at a time, event by event, and keeps parcels of units in a
 * list. It shares no code with the ledger it is held against.
 */
class Model {
  hour = 0;
  debt = 0;
  parcels: { left: number; endsAt: number; from: string }[] = [];
  plan: { id: string; quantity: number; from: number } | null = null;
  holds: { id: number; lapsesAt: number; parts: { parcel: Model["parcels"][number]; amount: number }[] }[] =
    [];

  arrive(left: number, endsAt: number, from: string) {
    const paid = Math.min(left, this.debt);
    this.debt -= paid;
    this.parcels.push({ left: left - paid, endsAt, from });
  }

  /** Periods of 30 days from hour 0. */
  nextRenewal() {
    return (Math.floor(this.hour / period) + 1) * period;
  }

  advance(to: number) {
    while (this.hour < to) {
      this.hour += 1;
      const renews = this.plan !== null && this.hour % period === 0;
      this.parcels = this.parcels.filter(({ endsAt }) => endsAt > this.hour);
      if (renews && this.plan) this.arrive(this.plan.quantity, this.hour + period, "plan");
      for (const hold of this.holds.filter(({ lapsesAt }) => lapsesAt === this.hour)) this.giveBack(hold.id);
    }
  }

  switchPlan(id: string, quantity: number) {
    if (this.plan?.id === id) return;
    this.parcels = this.parcels.filter(({ from }) => from !== "plan");
    this.plan = { id, quantity, from: this.hour };
    this.arrive(quantity, this.nextRenewal(), "plan");
  }

  balance() {
    return this.parcels.reduce((sum, { left }) => sum + left, 0) - this.debt;
  }

  take(amount: number, mayOwe: boolean) {
    if (this.balance() < amount && !mayOwe) return null;
    let rest = amount;
    const parts: { parcel: Model["parcels"][number]; amount: number }[] = [];
    for (const parcel of [...this.parcels].sort((a, b) => a.endsAt - b.endsAt)) {
      const part = Math.min(rest, parcel.left);
      if (part > 0) parts.push({ parcel, amount: part });
      parcel.left -= part;
      rest -= part;
    }
    this.debt += rest;
    return parts;
  }

  giveBack(id: number, keep = 0) {
    const hold = this.holds.find((one) => one.id === id);
    this.holds = this.holds.filter((one) => one !== hold);
    let rest = keep;
    for (const { parcel, amount } of hold?.parts ?? []) {
      const kept = Math.min(rest, amount);
      rest -= kept;
      if (!this.parcels.includes(parcel)) continue;
      const back = amount - kept;
      const paid = hold?.lapsesAt === this.hour ? Math.min(back, this.debt) : 0;
      this.debt -= paid;
      parcel.left += back - paid;
    }
  }
}

const period = 30 * 24;
const start = utc("2026-01-01T00:00:00");
const at = (hour: number) => new Date(start.getTime() + hour * 3_600_000);

const messages = feature({ id: "messages", type: "metered" });
const small = plan({
  id: "small",
  group: "g",
  includes: [messages({ quantity: 30, repeat: [30, "day"], expires: "when-repeated" })],
});
const large = plan({
  id: "large",
  group: "g",
  includes: [messages({ quantity: 90, repeat: [30, "day"], expires: "when-repeated" })],
});
const catalog = createCatalog([small, large]);

type Step =
  | { do: "report" | "decrease" | "increase" | "reserve"; amount: number }
  | { do: "gift"; amount: number; hours: number }
  | { do: "plan"; id: "small" | "large" }
  | { do: "wait"; hours: number }
  | { do: "confirm"; share: number }
  | { do: "release" };

const amount = fc.integer({ min: 1, max: 60 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom("report", "report", "decrease", "increase", "reserve"), amount }),
  fc.record({ do: fc.constant("gift"), amount, hours: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ do: fc.constant("plan"), id: fc.constantFrom("small", "large") }),
  fc.record({ do: fc.constant("wait"), hours: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ do: fc.constant("confirm"), share: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ do: fc.constant("release") }),
) as fc.Arbitrary<Step>;

describe.each(databases)("the ledger on $name", ({ open }) => {
  const test = useDatabase(open);

  it("has the balance of a plain model after any sequence of grants, uses, resets, plans, reservations and waits", async () => {
    const { database } = test.current;
    const context = contextOf(database, catalog);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const model = new Model();
        const customerId = await makeCustomer(database, { now: start });
        const of = { customerId, featureId: "messages" };
        const item = await getItem(context, { customerId, itemId: "messages" });
        const holds: { model: number; id: string; amount: number }[] = [];
        let counter = 0;
        for (const one of steps) {
          await perform(one);
          const answer = await check(context, of);
          expect(answer.balance?.remaining, JSON.stringify(one)).toBe(model.balance());
        }

        async function perform(one: Step): Promise<void> {
          if (one.do === "wait") {
            model.advance(model.hour + one.hours);
            await moveClock(database, customerId, at(model.hour));
          } else if (one.do === "plan") {
            await subscribe(one.id);
            model.switchPlan(one.id, one.id === "small" ? 30 : 90);
          } else if (one.do === "gift") {
            await item.increaseQuantity(one.amount, { expiresAt: at(model.hour + one.hours) });
            model.arrive(one.amount, model.hour + one.hours, "gift");
          } else if (one.do === "increase") {
            await item.increaseQuantity(one.amount);
            model.arrive(one.amount, Number.POSITIVE_INFINITY, "gift");
          } else if (one.do === "decrease") {
            await item.decreaseQuantity(one.amount);
            model.take(one.amount, true);
          } else if (one.do === "report") {
            const { success } = await report(context, { ...of, amount: one.amount });
            expect(success).toBe(model.take(one.amount, false) !== null);
          } else if (one.do === "reserve") {
            await hold(one.amount);
          } else {
            await endHold(one.do === "confirm" ? one.share : null);
          }
        }

        async function hold(units: number) {
          const { reservation } = await reserve(context, {
            ...of,
            amount: units,
            expiresInMs: 24 * 3_600_000,
          });
          const parts = model.take(units, false);
          expect(reservation === null).toBe(parts === null);
          if (reservation === null || parts === null) return;
          counter += 1;
          model.holds.push({ id: counter, lapsesAt: model.hour + 24, parts });
          holds.push({ model: counter, id: reservation.id, amount: units });
        }

        async function endHold(share: number | null) {
          const held = holds.pop();
          if (held === undefined) return;
          const isOpen = model.holds.some(({ id }) => id === held.model);
          const used = share === null ? 0 : Math.round((held.amount * share) / 50);
          if (share === null) await releaseReservation(context, { ...of, reservationId: held.id });
          else await confirmReservation(context, { ...of, reservationId: held.id, amount: used });
          if (isOpen) model.giveBack(held.model, Math.min(used, held.amount));
          const more = isOpen ? used - held.amount : used;
          if (more > 0) model.take(more, true);
        }

        async function subscribe(id: "small" | "large") {
          const product = catalog.products.get(id) as Plan;
          const grantId = `plan:${id}:sub_1`;
          const held = { grantId, product, quantity: 1, startsAt: start, endsAt: null, anchorAt: start };
          await database.transaction((tx) =>
            projectGrants(tx, { customerId, usesTestClocks: true, desired: compileGrants(held) }),
          );
        }
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});
