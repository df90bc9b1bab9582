import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Catalog } from "../src/catalog/index.js";
import { lockGrants, saveGrants } from "../src/database/grant.js";
import type { Database } from "../src/database/index.js";
import type { GrantRow } from "../src/ledger/index.js";
import type { Context } from "../src/operations/context.js";
import { catalog as exampleCatalog } from "./catalog.js";
import { grantOf, utc } from "./grant-fixture.js";

export { utc };

/** A context whose customers are on clocks of their own. */
export function contextOf(database: Database, catalog: Catalog = exampleCatalog): Context {
  return { database, catalog, usesTestClocks: true };
}

/** A grant of 100 messages that begins on 31 January and never ends; `given` says what is different. */
export function grantRow(given: Partial<GrantRow> = {}): GrantRow {
  return {
    featureId: "messages",
    grantId: `gift:${randomUUID()}`,
    permanent: false,
    ...grantOf(given),
    ...given,
  };
}

export interface MakeCustomerInput {
  grants?: readonly GrantRow[];
  now?: Date;
}

/** Writes a customer with exactly these grants, on a clock that stands at `now`. */
export async function makeCustomer(
  database: Database,
  { grants = [], now = utc("2026-02-01T00:00:00") }: MakeCustomerInput = {},
): Promise<string> {
  const customerId = `customer_${randomUUID()}`;
  await database.transaction(async (tx) => {
    await tx.execute(
      sql`insert into paykit_customer (customer_id, test_clock_now) values (${customerId}, ${now.toISOString()})`,
    );
    await saveGrants(tx, { customerId, before: [], after: grants });
  });
  return customerId;
}

export async function moveClock(database: Database, customerId: string, now: Date): Promise<void> {
  await database.query((orm) =>
    orm.execute(
      sql`update paykit_customer set test_clock_now = ${now.toISOString()} where customer_id = ${customerId}`,
    ),
  );
}

export async function readGrants(database: Database, customerId: string): Promise<GrantRow[]> {
  const { grants } = await database.transaction((tx) => lockGrants(tx, { customerId, usesTestClocks: true }));
  return grants;
}

export async function readLedger(
  database: Database,
  customerId: string,
): Promise<{ amount: number; succeeded: boolean; balance_after: number | null }[]> {
  const result = (await database.query((orm) =>
    orm.execute(
      sql`select amount::float8, succeeded, balance_after::float8 from paykit_ledger where customer_id = ${customerId} order by entry_id`,
    ),
  )) as { rows: { amount: number; succeeded: boolean; balance_after: number | null }[] };
  return result.rows;
}
