import { isWithin, type PageParams, type Range } from "../wire/paginate.js";
import type { Subscription, SubscriptionStatus } from "../world/objects/subscription.js";
import type { CollectionMethod } from "../world/objects/values.js";
import type { World } from "../world/world.js";

/** Without a `status`, canceled ones are left out; without a customer or clock, those on test clocks too. */
function fits(world: World, one: Subscription, params: SubscriptionListParams): boolean {
  const items = one.items.data.map((id) => world.get("subscription_item", id));
  const hasEnded = one.status === "canceled" || one.status === "incomplete_expired";
  const wanted = params.status;
  return (
    (wanted === "all" ||
      (wanted === "ended"
        ? hasEnded
        : wanted === undefined
          ? one.status !== "canceled"
          : one.status === wanted)) &&
    (params.test_clock === undefined
      ? params.customer !== undefined || one.test_clock === null
      : one.test_clock === params.test_clock) &&
    (params.collection_method === undefined || one.collection_method === params.collection_method) &&
    isWithin(one.created, params.created) &&
    (params.price === undefined || items.some(({ price }) => price === params.price)) &&
    isWithin(Math.min(...items.map((item) => item.current_period_end)), params.current_period_end) &&
    isWithin(Math.max(...items.map((item) => item.current_period_start)), params.current_period_start)
  );
}

export type SubscriptionListParams = PageParams & {
  collection_method?: CollectionMethod;
  created?: Range;
  current_period_end?: Range;
  current_period_start?: Range;
  customer?: string;
  price?: string;
  status?: SubscriptionStatus | "all" | "ended";
  test_clock?: string;
};

export function listSubscriptions(world: World, params: SubscriptionListParams): Subscription[] {
  const wanted = { ...params };
  const all =
    wanted.customer === undefined
      ? world.list("subscription")
      : world.ofCustomer("subscription", wanted.customer);
  return all.filter((one) => fits(world, one, wanted));
}
