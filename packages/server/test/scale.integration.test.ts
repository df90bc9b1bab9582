import { describe, expect, it } from "vitest";
import { connect } from "../src/database/index.js";
import { check } from "../src/operations/check.js";
import { getSnapshot } from "../src/operations/get-snapshot.js";
import { getItem, listItems } from "../src/operations/items.js";
import { listCustomers } from "../src/operations/list-customers.js";
import { listLedger } from "../src/operations/list-ledger.js";
import { report } from "../src/operations/report.js";
import { confirmReservation, reserve } from "../src/operations/reservations.js";
import { upsertCustomer } from "../src/operations/upsert-customer.js";
import { databases, useDatabase } from "./databases.js";
import { contextOf } from "./ledger-fixture.js";

const postgres = databases.filter(({ name }) => name !== "PGlite");
const customers = 30_000;

describe.each(postgres)("hot queries among 30,000 customers on $name", ({ open }) => {
  const test = useDatabase(open);

  it("reach every row by an index: no table is read from end to end", async () => {
    const { sql, option } = test.current;
    const rows = `from generate_series(1, ${customers}) n`;
    await sql(`insert into paykit_customer (customer_id) select 'c' || n ${rows}`);
    await sql(`insert into paykit_grant (customer_id, feature_id, grant_id, quantity, remaining, settled_at, starts_at)
      select 'c' || n, f, 'gift:' || g, 100, 100, now(), now() ${rows}, unnest(array['messages', 'credits']) f, generate_series(1, 2) g`);
    await sql(`insert into paykit_ledger (customer_id, feature_id, kind, amount, succeeded, idempotency_key, at)
      select 'c' || n, 'messages', 'use', -1, true, 'k' || n, now() ${rows}`);
    await sql(`insert into paykit_subscription (customer_id, subscription_id, plan_id, item_id, price_id, status, amount, currency, started_at)
      select 'c' || n, 's' || n, 'pro', 'i', 'p', 'active', 1, 'usd', now() ${rows}`);
    await sql(`insert into paykit_purchase (customer_id, purchase_id, product_id, amount, currency, status, purchased_at)
      select 'c' || n, 'p' || n, 'credit_pack', 1, 'usd', 'paid', now() ${rows}`);
    await sql(`insert into paykit_reservation (customer_id, reservation_id, feature_id, amount, status, taken, expires_at, created_at)
      select 'c' || n, 'r' || n, 'messages', 1, 'released', '[]', now(), now() ${rows}`);
    await sql("vacuum analyze");
    // This connection's own counts would otherwise be handed in up to a second later.
    await sql("select pg_stat_force_next_flush()");
    const scans = () =>
      sql<{ table: string; scans: string }>(
        `select relname as table, seq_scan::text as scans from pg_stat_user_tables
         where relname in ('paykit_customer', 'paykit_grant', 'paykit_ledger', 'paykit_subscription', 'paykit_purchase', 'paykit_reservation')
         order by 1`,
      );
    const before = await scans();

    const database = connect({ database: String(option), migrates: false });
    const context = { ...contextOf(database), usesTestClocks: false };
    for (let n = 1; n <= 8; n += 1) {
      const customerId = `c${n * 997}`;
      const of = { customerId, featureId: "messages" };
      await check(context, of);
      await report(context, of);
      await report(context, { ...of, idempotencyKey: "a key" });
      await report(context, { ...of, amount: 500 });
      await getSnapshot(context, { customerId });
      const item = await getItem(context, { customerId, itemId: "credits" });
      await item.increaseQuantity(5, { idempotencyKey: "another" });
      await item.decreaseQuantity(1);
      await listItems(context, customerId);
      const { reservation } = await reserve(context, { ...of, amount: 2 });
      await confirmReservation(context, { ...of, reservationId: reservation?.id ?? "", amount: 1 });
      await listLedger(context, { customerId, itemId: "messages" });
      await upsertCustomer(context, { id: customerId, name: "Ann" });
      await listCustomers(context, {
        limit: 5,
        cursor: Buffer.from(`[${Date.now()},"c5"]`).toString("base64url"),
      });
    }
    // A connection hands in its counts when it closes, a moment later.
    await database.close();
    const uses = async () => {
      const [row] = await sql<{ uses: number }>(
        "select idx_scan::int as uses from pg_stat_user_tables where relname = 'paykit_grant'",
      );
      return row?.uses;
    };
    await expect.poll(uses).toBeGreaterThan(100);
    expect(await scans()).toEqual(before);
  }, 120_000);
});
