import type { Catalog, GivenDefaults, Plan } from "../catalog/model.js";
import type { Orm } from "../database/index.js";
import { findVersions } from "./find-product.js";

/** The catalog's default plans, as they are noted on a customer who is given them. */
export function toGiven(plans: Iterable<Plan>): GivenDefaults {
  return Object.fromEntries(
    [...plans].flatMap(({ id: planId, version, group }) =>
      group === null ? [] : [[group, { planId, version }]],
    ),
  );
}

/** The default plans of today's catalog whose group the customer has none of yet. */
export function missingDefaults({ defaultPlans }: Catalog, given: GivenDefaults): Plan[] {
  return [...defaultPlans].flatMap(([group, plan]) => (given[group] === undefined ? [plan] : []));
}

/** The default plan of each group as the customer was given it, and today's for a group that is new. */
export async function findDefaults(orm: Orm, catalog: Catalog, given: GivenDefaults): Promise<Plan[]> {
  const named = Object.values(given).map(({ planId, version }) => ({ productId: planId, version }));
  const findProduct = await findVersions(orm, catalog, named);
  const kept = Object.entries(given).flatMap(([group, { planId, version }]) => {
    const product = findProduct(planId, version);
    const plan = product?.kind === "plan" && product.isDefault ? product : catalog.defaultPlans.get(group);
    return plan ?? [];
  });
  return [...kept, ...missingDefaults(catalog, given)];
}
