import { newId } from "../world/new-id.js";
import type { ActiveEntitlement } from "../world/objects/catalog.js";
import type { SubscriptionStatus } from "../world/objects/subscription.js";
import { listOf } from "../world/objects/values.js";
import type { World } from "../world/world.js";

const ENTITLED: readonly SubscriptionStatus[] = ["active", "trialing", "past_due"];

/**
 * Makes a customer's active entitlements those of the products they are subscribed to now, and tells when that changed.
 */
export function syncEntitlements(world: World, customer: string): void {
  if (world.list("entitlements.feature").length === 0 || !world.find("customer", customer)) return;
  const before = activeEntitlements(world, customer);
  const wanted = entitledFeatures(world, customer);
  const gone = before.filter(({ feature }) => !wanted.has(feature));
  const added = [...wanted].filter((feature) => !before.some((one) => one.feature === feature));
  if (gone.length === 0 && added.length === 0) return;
  for (const { id } of gone) world.remove("entitlements.active_entitlement", id);
  for (const feature of added) {
    world.put<ActiveEntitlement>({
      id: newId("entitlements.active_entitlement"),
      object: "entitlements.active_entitlement",
      feature,
      livemode: false,
      lookup_key: world.get("entitlements.feature", feature).lookup_key,
      hidden: { customer },
    });
  }
  const entitlements = activeEntitlements(world, customer).map(({ hidden: _, ...shown }) => shown);
  const summary = {
    object: "entitlements.active_entitlement_summary",
    customer,
    entitlements: listOf("/v1/entitlements/active_entitlements", entitlements),
    livemode: false,
  };
  world.emitData("entitlements.active_entitlement_summary.updated", summary, { customer });
}

export function activeEntitlements(world: World, customer: string): ActiveEntitlement[] {
  return world.list("entitlements.active_entitlement").filter(({ hidden }) => hidden.customer === customer);
}

function entitledFeatures(world: World, customer: string): Set<string> {
  const products = world
    .ofCustomer("subscription", customer)
    .filter(({ status }) => ENTITLED.includes(status))
    .flatMap(({ items }) => items.data)
    .map((item) => world.get("price", world.get("subscription_item", item).price).product);
  const attached = world.list("product_feature").filter(({ hidden }) => products.includes(hidden.product));
  return new Set(attached.map(({ entitlement_feature }) => entitlement_feature));
}
