import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { contextOf, grantRow, makeCustomer, moveClock, readGrants, utc } from "../../test/ledger-fixture.js";
import type { GrantRow } from "../ledger/index.js";
import { check } from "./check.js";
import { confirmReservation, releaseReservation, reserve } from "./reservations.js";

const now = utc("2026-02-27T23:00:00");
const renewal = utc("2026-02-28T00:00:00");
const minutes = (n: number) => new Date(now.getTime() + n * 60_000);

describe.each(databases)("reservations on $name", ({ open }) => {
  const test = useDatabase(open);
  const context = () => contextOf(test.current.database);

  /** Two grants of 50, the first of them renewed at midnight; 60 held for a quarter of an hour. */
  async function hold(given: Partial<GrantRow> = {}) {
    const grants = [
      grantRow({ grantId: "gift:1", quantity: 50 }),
      grantRow({ grantId: "plan:free:default", quantity: 50, repeat: [1, "month"], ...given }),
    ];
    const customerId = await makeCustomer(test.current.database, { grants, now });
    const of = { customerId, featureId: "messages" };
    const { reservation } = await reserve(context(), { ...of, amount: 60 });
    const left = async () => (await check(context(), of)).balance;
    return {
      of,
      left,
      reservationId: reservation?.id ?? "",
      reservation,
      moveTo: (at: Date) => moveClock(test.current.database, customerId, at),
    };
  }

  it("holds 60 of 100, then counts the 45 that were used and gives 15 back", async () => {
    const { of, left, reservationId, reservation } = await hold();
    expect(reservation).toMatchObject({ amount: 60, expiresAt: minutes(15) });
    expect(await left()).toMatchObject({ limit: 100, remaining: 40 });
    expect(await confirmReservation(context(), { ...of, reservationId, amount: 45 })).toMatchObject({
      remaining: 55,
    });
    expect(await left()).toMatchObject({ limit: 100, remaining: 55 });
  });

  it("holds nothing when there is not enough", async () => {
    const { of, left } = await hold();
    expect(await reserve(context(), { ...of, amount: 41 })).toMatchObject({
      reservation: null,
      balance: { remaining: 40 },
    });
    expect(await left()).toMatchObject({ remaining: 40 });
  });

  it("comes back by itself after a quarter of an hour, without a write", async () => {
    const { left, moveTo } = await hold();
    await moveTo(new Date(minutes(15).getTime() - 1));
    expect(await left()).toMatchObject({ limit: 100, remaining: 40 });
    await moveTo(minutes(15));
    expect(await left()).toMatchObject({ limit: 100, remaining: 100 });
  });

  it("does not come back into a period that has been renewed meanwhile", async () => {
    const { of, left, reservationId, moveTo } = await hold();
    // 50 of the plan and 10 of the gift were held. At midnight the plan is full again: only the gift's 10 come back.
    await moveTo(renewal);
    expect(await left()).toMatchObject({ remaining: 100 });
    await releaseReservation(context(), { ...of, reservationId });
    expect(await left()).toMatchObject({ limit: 100, remaining: 100 });
  });

  it("gives back only what its grant still has room for when it is released after the renewal", async () => {
    const grants = [
      grantRow({ grantId: "gift:1", quantity: 50 }),
      grantRow({ grantId: "plan:free:default", quantity: 50, repeat: [1, "month"] }),
    ];
    const customerId = await makeCustomer(test.current.database, { grants, now });
    const of = { customerId, featureId: "messages" };
    const { reservation } = await reserve(context(), { ...of, amount: 60, expiresInMs: 24 * 3_600_000 });
    await moveClock(test.current.database, customerId, renewal);
    // The plan renewed to 50, 40 of the gift: 90. The gift's 10 come back, the plan's 50 of last month do not.
    expect(await check(context(), of)).toMatchObject({ balance: { remaining: 90 } });
    await releaseReservation(context(), { ...of, reservationId: reservation?.id ?? "" });
    expect(await check(context(), of)).toMatchObject({ balance: { remaining: 100 } });
  });

  it("takes what was used beyond the reservation, into debt if need be", async () => {
    const { of, left, reservationId } = await hold();
    expect(await confirmReservation(context(), { ...of, reservationId, amount: 130 })).toMatchObject({
      remaining: -30,
    });
    expect(await left()).toMatchObject({ remaining: -30 });
  });

  it("counts work that outlasted its reservation", async () => {
    const { of, left, reservationId, moveTo } = await hold();
    await moveTo(minutes(20));
    expect(await confirmReservation(context(), { ...of, reservationId, amount: 45 })).toMatchObject({
      remaining: 55,
    });
    expect(await left()).toMatchObject({ limit: 100, remaining: 55 });
  });

  it("ends once: the same call again changes nothing, the other one is refused", async () => {
    const { of, left, reservationId } = await hold();
    const confirm = () => confirmReservation(context(), { ...of, reservationId, amount: 45 });
    await Promise.all([confirm(), confirm(), confirm()]);
    expect(await left()).toMatchObject({ remaining: 55 });
    await expect(releaseReservation(context(), { ...of, reservationId })).rejects.toMatchObject({
      code: "RESERVATION_UNKNOWN",
    });
  });

  it("knows only the customer's own reservations of that feature", async () => {
    const { reservationId } = await hold();
    const other = await hold();
    await expect(releaseReservation(context(), { ...other.of, reservationId })).rejects.toMatchObject({
      code: "RESERVATION_UNKNOWN",
      status: 404,
    });
  });

  it("leaves no row of its own behind once it has ended and was used up", async () => {
    const { of, reservationId } = await hold();
    await releaseReservation(context(), { ...of, reservationId });
    const rows = await readGrants(test.current.database, of.customerId);
    expect(rows.map(({ grantId }) => grantId).sort()).toEqual(["gift:1", "plan:free:default"]);
  });
});
