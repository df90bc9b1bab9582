import { z } from "zod";
import {
  type CustomerDetails,
  type CustomerRow,
  findCustomerRow,
  upsertCustomerRow,
} from "../database/customer.js";
import { keepVersions } from "../database/product-version.js";
import { findDefaults, missingDefaults, toGiven } from "../sync/find-defaults.js";
import type { App } from "./app.js";
import type { Context } from "./context.js";
import { giveDefaults } from "./give-defaults.js";
import { customerIdSchema, parseInput } from "./input.js";
import { syncSoon } from "./sync-soon.js";

const schema = z.object({
  id: customerIdSchema,
  email: z.string().max(512).nullish(),
  name: z.string().max(256).nullish(),
  metadata: z.record(z.string().max(40), z.string().max(500)).optional(),
});

export interface UpsertCustomerInput {
  /** Your own id of a person or team, at most 255 characters. */
  id: string;
  /** Left out: as it was. Null: cleared. */
  email?: string | null | undefined;
  name?: string | null | undefined;
  /** Replaces the whole. */
  metadata?: Record<string, string> | undefined;
}

/**
 * Makes a customer known, with the default plan of each group as it is now, or brings their details up to date. Cheap when nothing
 * changed: one read. Gives back what was known before; null for somebody new. Errors: INPUT_INVALID.
 */
export async function upsertCustomer(
  context: Context,
  input: UpsertCustomerInput,
): Promise<CustomerRow | null> {
  const { id: customerId, ...details } = parseInput(schema, input);
  const { database, catalog, usesTestClocks } = context;
  const known = await database.query((orm) => findCustomerRow(orm, customerId));
  const missing = missingDefaults(catalog, known?.defaultPlans ?? {});
  if (known !== null && !hasNews(known, details) && missing.length === 0) return known;
  // Before anybody refers to them, and committed at once: everybody who comes for the first time writes these rows.
  await database.query((orm) => keepVersions(orm, missing));
  await database.transaction(async (tx) => {
    const row = await upsertCustomerRow(tx, { customerId, ...details, defaultPlans: toGiven(missing) });
    if (missing.length === 0) return;
    // Another process, with another catalog, may have been first.
    const given = await findDefaults(tx, catalog, row.defaultPlans);
    const groups = new Set(missing.map(({ group }) => group));
    const plans = given.filter(({ group }) => groups.has(group));
    await giveDefaults(tx, { customer: row, plans, usesTestClocks });
  });
  return known;
}

/** The same for whoever has just come: when news of them is overdue, Stripe is asked afterwards. */
export async function welcomeCustomer(app: App, input: UpsertCustomerInput): Promise<void> {
  const known = await upsertCustomer(app, input);
  // The process's clock is good enough to suspect; whether it is so, the database decides.
  const now = (app.usesTestClocks ? known?.testClockNow : null) ?? new Date();
  if (known?.syncDueAt && known.syncDueAt <= now) syncSoon(app, known.customerId);
}

function hasNews(known: CustomerRow, { email, name, metadata }: CustomerDetails): boolean {
  return (
    (email !== undefined && email !== known.email) ||
    (name !== undefined && name !== known.name) ||
    (metadata !== undefined && sortedJson(metadata) !== sortedJson(known.metadata))
  );
}

/** Postgres keeps the keys of a jsonb in an order of its own. */
function sortedJson(metadata: Record<string, string>): string {
  return JSON.stringify(Object.entries(metadata).sort());
}
