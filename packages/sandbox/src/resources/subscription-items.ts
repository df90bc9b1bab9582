import { itemsOf } from "../billing/track-subscription.js";
import { updateSubscription } from "../billing/update-subscription.js";
import { definedOnly } from "../wire/defined-only.js";
import { missing } from "../wire/errors.js";
import { type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { SubscriptionItem } from "../world/objects/subscription.js";
import type { PaymentBehavior, ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { findSubscription } from "./find-subscription.js";
import { type ItemParams, toItemChange } from "./item-params.js";

type ChangeParams = ItemParams & {
  off_session?: boolean;
  payment_behavior?: PaymentBehavior;
  proration_behavior?: ProrationBehavior;
  proration_date?: number;
};

/** An item on its own is a change of its subscription. */
export const subscriptionItems: readonly Route[] = [
  route<ChangeParams & { subscription: string }>(
    ["POST", "/v1/subscription_items"],
    "SubscriptionItemCreateParams",
    ({ world, params }) => {
      const { id } = findSubscription(world, params.subscription);
      const before = new Set(world.get("subscription", id).items.data);
      change(world, id, params, itemOf(params));
      const added = itemsOf(world, world.get("subscription", id)).find((item) => !before.has(item.id));
      if (added === undefined) throw new Error(`${id} took no item`);
      return added;
    },
  ),
  route<PageParams & { subscription: string }>(
    ["GET", "/v1/subscription_items"],
    "SubscriptionItemListParams",
    ({ world, params }) => {
      const items = itemsOf(world, findSubscription(world, params.subscription));
      return paginate([...items].reverse(), params, "/v1/subscription_items");
    },
  ),
  route(["GET", "/v1/subscription_items/:id"], "SubscriptionItemRetrieveParams", ({ world, id }) =>
    findItem(world, id),
  ),
  route<ChangeParams>(
    ["POST", "/v1/subscription_items/:id"],
    "SubscriptionItemUpdateParams",
    ({ world, id, params }) => {
      change(world, findItem(world, id).subscription, params, { ...itemOf(params), id });
      return world.get("subscription_item", id);
    },
  ),
  route<ChangeParams>(
    ["DELETE", "/v1/subscription_items/:id"],
    "SubscriptionItemDeleteParams",
    ({ world, id, params }) => {
      change(world, findItem(world, id).subscription, params, {
        id,
        deleted: true,
        clear_usage: params.clear_usage ?? false,
      });
      return { id, object: "subscription_item", deleted: true };
    },
  ),
];

function change(world: World, subscription: string, params: ChangeParams, item: ItemParams): void {
  updateSubscription(world, subscription, {
    items: [toItemChange(world, item, 0)],
    ...definedOnly({
      isOffSession: params.off_session,
      paymentBehavior: params.payment_behavior,
      prorationBehavior: params.proration_behavior,
      prorationDate: params.proration_date,
    }),
  });
}

function itemOf({ price, plan, price_data, quantity, metadata, discounts }: ChangeParams): ItemParams {
  return definedOnly({ price, plan, price_data, quantity, metadata, discounts });
}

function findItem(world: World, id: string): SubscriptionItem {
  const item = world.find("subscription_item", id);
  if (item === undefined) throw missing("subscription_item", id, "item");
  return item;
}
