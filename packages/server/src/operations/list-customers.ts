import { z } from "zod";
import type { Catalog } from "../catalog/index.js";
import { PayKitError } from "../contract/index.js";
import {
  countCustomers,
  type ListCustomersQuery,
  type ListedCustomer,
  type ListedPlan,
  listCustomerRecords,
} from "../database/list-customers.js";
import type { Context } from "./context.js";
import { type Customer, toCustomer } from "./customer.js";
import { parseInput } from "./input.js";

const schema = z.object({
  limit: z.int().min(1).max(100).default(20),
  offset: z.int().min(0).default(0),
  cursor: z.string().nullish(),
  planIds: z.array(z.string()).min(1).optional(),
});

export interface ListCustomersInput<PlanId extends string = string> {
  /** At most 100. Default 20. */
  limit?: number | undefined;
  /** How many to skip; slow when large, for which there is `cursor`. Default 0. */
  offset?: number | undefined;
  /** `nextCursor` of the page before. Then `total` is null: counting a big table is slow. */
  cursor?: string | null | undefined;
  /** Only customers who are on one of these now. */
  planIds?: readonly PlanId[] | undefined;
}

export interface CustomerPage {
  /** Newest first. */
  data: Customer[];
  total: number | null;
  hasMore: boolean;
  /** Null on the last page. */
  nextCursor: string | null;
}

/** Errors: PLAN_UNKNOWN, INPUT_INVALID. */
export async function listCustomers(context: Context, input: ListCustomersInput = {}): Promise<CustomerPage> {
  const { limit, offset, cursor = null, planIds } = parseInput(schema, input);
  const { database, catalog, usesTestClocks } = context;
  const query: ListCustomersQuery = {
    limit: limit + 1,
    offset,
    after: cursor === null ? null : readCursor(cursor),
    plans: planIds === undefined ? null : readPlans(catalog, planIds),
    usesTestClocks,
  };
  const [listed, total] = await Promise.all([
    listCustomerRecords(database, query),
    cursor === null ? countCustomers(database, query) : null,
  ]);
  const page = listed.slice(0, limit);
  const hasMore = listed.length > limit;
  const last = page.at(-1);
  return {
    data: page.map(({ record }) => toCustomer(context, record)),
    total,
    hasMore,
    nextCursor: hasMore && last !== undefined ? toCursor(last) : null,
  };
}

function readPlans({ products }: Catalog, planIds: readonly string[]): ListedPlan[] {
  return planIds.map((planId) => {
    const plan = products.get(planId);
    if (plan?.kind === "plan") return plan;
    throw new PayKitError("PLAN_UNKNOWN", `planIds: there is no plan "${planId}".`);
  });
}

const cursorSchema = z.tuple([z.int(), z.string()]);

function toCursor({ record, createdAt }: ListedCustomer): string {
  return Buffer.from(JSON.stringify([createdAt.getTime(), record.customerId])).toString("base64url");
}

function readCursor(cursor: string): { createdAt: Date; customerId: string } {
  try {
    const [time, customerId] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { createdAt: new Date(time), customerId };
  } catch (cause) {
    throw new PayKitError("INPUT_INVALID", "cursor: pass on `nextCursor` of the page before as it is", {
      cause,
    });
  }
}
