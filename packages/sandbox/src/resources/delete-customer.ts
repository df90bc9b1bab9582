import { cancelNow } from "../billing/cancel-subscription.js";
import type { World } from "../world/world.js";
import { findCustomer } from "./find-customer.js";

export function deleteCustomer(world: World, id: string) {
  const customer = findCustomer(world, id);
  for (const { id: subscription, status } of world.ofCustomer("subscription", id)) {
    if (status === "canceled" || status === "incomplete_expired") continue;
    cancelNow(world, subscription, { reason: "cancellation_requested" });
  }
  for (const method of world.ofCustomer("payment_method", id)) {
    world.change("payment_method", method.id, {
      customer: null,
      hidden: { ...method.hidden, wasDetached: true },
    });
  }
  for (const item of world.ofCustomer("invoiceitem", id))
    if (item.invoice === null) world.remove("invoiceitem", item.id);
  world.emit("customer.deleted", world.get("customer", customer.id));
  return world.bury("customer", id);
}
