import type { Plan } from "../catalog/model.js";
import { isSameInterval, PayKitError } from "../contract/index.js";
import { type PageInput, pageOutdatedCustomers, pageOutdatedDefaults } from "../database/page-customers.js";
import { keepVersions } from "../database/product-version.js";
import { ensurePrice } from "../stripe/prices.js";
import { changeItems } from "../stripe/subscriptions.js";
import { type PlanLine, toPlanLines } from "../subscription/plan-lines.js";
import { isGiving } from "../subscription/status.js";
import { findProducts } from "../sync/find-product.js";
import type { App } from "./app.js";
import { migrateDefault } from "./migrate-default.js";
import { tellSoon } from "./tell-soon.js";
import { withChange } from "./with-change.js";

export interface MigrateCustomersInput<PlanId extends string = string> {
  planId: PlanId;
  to: "latest";
  /** Goes on after this customer, where an earlier run stopped. */
  cursor?: string | undefined;
  /** How many customers at most; left out, all. */
  limit?: number | undefined;
}

export interface MigrateCustomersResult {
  migrated: number;
  /** Those who keep what they have, and why. */
  skipped: { customerId: string; reason: string }[];
  /** Where to go on; null when everybody was done. */
  cursor: string | null;
}

const pageSize = 100;

/**
 * Moves customers of a plan to what the plan is now. The new price is paid from the next period on, what is included counts
 * at once. A default plan is for everybody who was given another one of its group, or an older version of it, whether or
 * not another plan covers it now; Stripe is not asked. A run that was interrupted is simply repeated: who has moved is not
 * touched again. Errors: PLAN_UNKNOWN, and those of Stripe.
 */
export async function migrateCustomers(
  app: App,
  { planId, cursor, limit = Number.POSITIVE_INFINITY }: MigrateCustomersInput,
): Promise<MigrateCustomersResult> {
  const plan = app.catalog.products.get(planId);
  if (plan?.kind !== "plan") throw new PayKitError("PLAN_UNKNOWN", `There is no plan "${planId}".`);
  await app.database.query((orm) => keepVersions(orm, [plan]));
  const result: MigrateCustomersResult = { migrated: 0, skipped: [], cursor: cursor ?? null };
  const { list, migrate } = plan.isDefault ? ofDefaultPlan(app, plan) : ofPaidPlan(app, plan);
  for await (const customerId of inPages(list, result.cursor)) {
    if (result.migrated + result.skipped.length >= limit) return result;
    const reason = await migrate(customerId);
    if (reason === null) result.migrated += 1;
    else result.skipped.push({ customerId, reason });
    result.cursor = customerId;
  }
  return { ...result, cursor: null };
}

/** Who is to be moved, and how. */
interface Migration {
  list: (page: PageInput) => Promise<string[]>;
  /** Null when the customer has the latest version now; else why not. */
  migrate: (customerId: string) => Promise<string | null>;
}

function ofPaidPlan(app: App, plan: Plan): Migration {
  const { id: planId, version } = plan;
  return {
    list: (page) => app.database.query((orm) => pageOutdatedCustomers(orm, { planId, version, ...page })),
    migrate: (customerId) => migrateCustomer(app, customerId, plan),
  };
}

function ofDefaultPlan(app: App, plan: Plan): Migration {
  const { id: planId, version, group } = plan;
  return {
    list: async (page) =>
      group === null
        ? []
        : app.database.query((orm) => pageOutdatedDefaults(orm, { group, planId, version, ...page })),
    migrate: (customerId) => migrateDefault(app, customerId, plan),
  };
}

async function* inPages(list: Migration["list"], start: string | null): AsyncGenerator<string> {
  let after = start;
  for (;;) {
    const page = await list({ after, limit: pageSize });
    yield* page;
    after = page.at(-1) ?? null;
    if (page.length < pageSize) return;
  }
}

async function migrateCustomer(app: App, customerId: string, plan: Plan): Promise<string | null> {
  const reason = await withChange({ database: app.database, customerId }, async (change) => {
    const state = await app.sync(customerId);
    if (state === null) return "the customer is gone";
    const findProduct = await app.database.query((orm) => findProducts(orm, app.catalog, state));
    const line = toPlanLines(state, findProduct).lines.find((one) => isOutdated(one, plan));
    if (line === undefined) return null;
    const { subscription, item, price } = line;
    if (subscription.schedule !== null) return "another change is scheduled";
    const latest = plan.prices.find(({ interval }) => isSameInterval(interval, price.interval));
    if (latest === undefined) return "the plan is no longer sold at this interval";
    const { client } = await app.gateway();
    const priceId = await ensurePrice(client, { product: plan, price: latest });
    await changeItems(client, {
      subscriptionId: subscription.id,
      items: [{ itemId: item.id, priceId, quantity: item.quantity }],
      proratedAt: null,
      restartsPeriod: false,
      coupon: null,
      idempotencyKey: change.key("migrate"),
    });
    await app.sync(customerId);
    return null;
  });
  tellSoon(app, customerId);
  return reason;
}

function isOutdated({ plan, subscription }: PlanLine, { id, version }: Plan): boolean {
  return plan.id === id && plan.version !== version && isGiving(subscription.status);
}
