import { z } from "zod";
import {
  type CustomerDetails,
  type CustomerRow,
  findCustomerRow,
  upsertCustomerRow,
} from "../database/customer.js";
import { projectGrants } from "../database/project-grants.js";
import type { Context } from "./context.js";
import { compileDefaults, versionOfDefaults } from "./default-grants.js";
import { customerIdSchema, parseInput } from "./input.js";

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
 * Makes a customer known, with the default plan of each group, or brings their details up to date. Cheap when nothing
 * changed: one read. Errors: INPUT_INVALID.
 */
export async function upsertCustomer(context: Context, input: UpsertCustomerInput): Promise<void> {
  const { id: customerId, ...details } = parseInput(schema, input);
  const { database, catalog, usesTestClocks } = context;
  const defaultsVersion = versionOfDefaults(catalog);
  const known = await database.query((orm) => findCustomerRow(orm, customerId));
  if (known !== null && !hasNews(known, details) && !needsDefaults(known, defaultsVersion)) return;
  await database.transaction(async (tx) => {
    const row = await upsertCustomerRow(tx, { customerId, ...details, defaultsVersion });
    // Whom Stripe knows, sync writes: it alone can tell when the default plan counts.
    if (row.syncedAt !== null) return;
    await projectGrants(tx, { customerId, usesTestClocks, desired: compileDefaults(catalog, row.createdAt) });
  });
}

function needsDefaults(known: CustomerRow, version: string): boolean {
  return known.syncedAt === null && known.defaultsVersion !== version;
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
