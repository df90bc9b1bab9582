import type { Plan } from "../catalog/model.js";
import type { CustomerRow } from "../database/customer.js";
import type { Orm } from "../database/index.js";
import { replaceProjected } from "../database/project-grants.js";
import { listSubscriptionRows } from "../database/subscription.js";
import { compileGrants, type GrantRow } from "../ledger/index.js";
import { defaultGrantId, holdDefault } from "../subscription/holdings.js";
import { isGiving } from "../subscription/status.js";

export interface GiveDefaultsInput {
  customer: Pick<CustomerRow, "customerId" | "createdAt">;
  /** At most one of a group. */
  plans: readonly Plan[];
  /** The default plan that they had instead, if it has another id. */
  replacedPlanId?: string | undefined;
  usesTestClocks: boolean;
}

/**
 * Gives somebody default plans, from when nothing else of the group is given any more. Everything that they have besides
 * stays, and what they used stays used. In a transaction that holds the customer's row.
 */
export async function giveDefaults(tx: Orm, input: GiveDefaultsInput): Promise<void> {
  const { customer, plans, replacedPlanId, usesTestClocks } = input;
  const { customerId, createdAt } = customer;
  const rows = await listSubscriptionRows(tx, customerId);
  const desired = plans.flatMap((plan) => {
    const held = rows.filter(({ group, status }) => group === plan.group && isGiving(status));
    const ends = held.map(({ entitledUntil }) => ({ endsAt: entitledUntil }));
    const holding = holdDefault(plan, ends, createdAt);
    return holding === null ? [] : compileGrants(holding);
  });
  const ids = [...plans.map(({ id }) => id), ...(replacedPlanId === undefined ? [] : [replacedPlanId])];
  const replaced = new Set(ids.map(defaultGrantId));
  await replaceProjected(tx, { customerId, usesTestClocks, desired, replaced });
}

/** What default plans give to somebody who has just come. */
export function compileDefaults(plans: Iterable<Plan>, createdAt: Date): GrantRow[] {
  return [...plans].flatMap((plan) => {
    const holding = holdDefault(plan, [], createdAt);
    return holding === null ? [] : compileGrants(holding);
  });
}
