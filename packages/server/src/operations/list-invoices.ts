import { z } from "zod";
import type { Invoice } from "../contract/index.js";
import { getBillingCustomer } from "../database/sync-state.js";
import { type InvoiceFacts, listInvoices as listAtStripe } from "../stripe/invoices.js";
import type { App } from "./app.js";
import { customerIdSchema, parseInput } from "./input.js";

const schema = z.object({
  customerId: customerIdSchema,
  limit: z.int().min(1).max(100).optional(),
  cursor: z.string().min(1).max(255).optional(),
});

export interface ListInvoicesInput {
  customerId: string;
  /** 1 to 100. Default 10. */
  limit?: number | undefined;
  /** What the page before gave. */
  cursor?: string | undefined;
}

export interface InvoicePage {
  invoices: Invoice[];
  /** What to ask for the next page with; null when this is the last. */
  cursor: string | null;
}

/** A customer's invoices, newest first, without drafts; none for somebody unknown. Errors: INPUT_INVALID, and those of Stripe. */
export async function listInvoices(app: App, input: ListInvoicesInput): Promise<InvoicePage> {
  const { customerId, limit = 10, cursor = null } = parseInput(schema, input);
  const customer = await app.database.query((orm) => getBillingCustomer(orm, customerId));
  const stripeCustomerId = customer?.stripeCustomerId ?? null;
  if (stripeCustomerId === null) return { invoices: [], cursor: null };
  const { client } = await app.gateway();
  const page = await listAtStripe(client, { stripeCustomerId, limit, cursor });
  return { invoices: page.invoices.map(toInvoice), cursor: page.cursor };
}

export function toInvoice({
  id: _,
  attemptCount: __,
  nextAttemptAt: ___,
  status,
  ...facts
}: InvoiceFacts): Invoice {
  return { ...facts, status: status === "draft" ? "open" : status };
}
