import { describe, expect, it } from "vitest";
import { lockGrants, saveGrants } from "../src/database/grant.js";
import type { GrantRow } from "../src/ledger/index.js";
import { report } from "../src/operations/report.js";
import { databases, useDatabase } from "./databases.js";
import { contextOf, grantRow, makeCustomer, readGrants, utc } from "./ledger-fixture.js";

const postgres = databases.filter(({ name }) => name !== "PGlite");
const old = grantRow({ grantId: "gift:old" });
const added = grantRow({
  grantId: "gift:added",
  quantity: 50,
  settledAt: utc("2026-02-01T00:00:00"),
  startsAt: utc("2026-02-01T00:00:00"),
  expiresAt: utc("2026-03-01T00:00:00"),
});

describe.each(postgres)("the only grant of a stack on $name", ({ open }) => {
  const test = useDatabase(open);

  /** Reports a use while somebody makes the stack of the one grant `after`, which the use has to wait for. */
  async function reportWhile(after: GrantRow[]) {
    const { database, sql } = test.current;
    const customerId = await makeCustomer(database, { grants: [old] });
    const isWaiting = async () => {
      const [row] = await sql<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return row?.n;
    };
    const { use } = await database.transaction(async (tx) => {
      const { grants } = await lockGrants(tx, { customerId, usesTestClocks: true });
      await saveGrants(tx, { customerId, before: grants, after });
      const use = report(contextOf(database), { customerId, featureId: "messages" });
      await expect.poll(isWaiting, { timeout: 30_000 }).toBe(1);
      // In an object, so that the commit does not wait for the use, which waits for the commit.
      return { use };
    });
    const left = async () =>
      Object.fromEntries(
        (await readGrants(database, customerId)).map(({ grantId, remaining }) => [grantId, remaining]),
      );
    return { answer: await use, left: await left() };
  }

  it("is no longer taken from when a grant that ends sooner came while the use waited: 49 of 50, 100 of 100", async () => {
    const { answer, left } = await reportWhile([old, added]);
    expect(answer).toMatchObject({ success: true, balance: { limit: 150, remaining: 149 } });
    expect(left).toEqual({ "gift:old": 100, "gift:added": 49 });
  });

  it("is not taken from when it was replaced while the use waited", async () => {
    const { answer, left } = await reportWhile([added]);
    expect(answer).toMatchObject({ success: true, balance: { limit: 50, remaining: 49 } });
    expect(left).toEqual({ "gift:added": 49 });
  });

  it("is alone again when the other grant has gone, and says so", async () => {
    const { database, sql } = test.current;
    const customerId = await makeCustomer(database, { grants: [old, added] });
    const alone = async () =>
      (
        await sql<{ alone: boolean }>(
          "select alone from paykit_grant where customer_id = $1 order by grant_id",
          [customerId],
        )
      ).map((row) => row.alone);
    expect(await alone()).toEqual([false, false]);
    await database.transaction(async (tx) => {
      const { grants } = await lockGrants(tx, { customerId, usesTestClocks: true });
      await saveGrants(tx, { customerId, before: grants, after: [old] });
    });
    expect(await alone()).toEqual([true]);
  });
});
