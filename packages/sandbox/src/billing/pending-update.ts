import type { World } from "../world/world.js";
import { applyItems, type ItemChange } from "./apply-items.js";

/** Paid: the change that waited takes effect. */
export function applyPendingUpdate(world: World, id: string): void {
  const { hidden } = world.get("subscription", id);
  const change = hidden.pendingChange as PendingChange | null;
  if (change === null) return;
  applyItems(world, id, {
    changes: change.changes,
    at: world.nowFor(world.get("subscription", id).customer),
    anchor: change.anchor,
  });
  clear(world, id);
  world.emit("customer.subscription.pending_update_applied", world.get("subscription", id));
}

/** Not paid in time, or called off: nothing changes. */
export function dropPendingUpdate(world: World, id: string): void {
  clear(world, id);
  world.emit("customer.subscription.pending_update_expired", world.get("subscription", id));
}

/** What a pending update will do to the items. */
export type PendingChange = { changes: readonly ItemChange[]; anchor: number | null };

function clear(world: World, id: string): void {
  const { hidden } = world.get("subscription", id);
  world.change("subscription", id, {
    pending_update: null,
    hidden: { ...hidden, pendingInvoice: null, pendingChange: null },
  });
}
