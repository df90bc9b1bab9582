import { DAY, type Instant } from "../engine/instant.js";
import { invalid } from "../wire/errors.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { applyItems, type ItemPair, sameInterval } from "./apply-items.js";
import { pendingItemsFor } from "./create-invoice.js";
import { createProrations } from "./create-prorations.js";
import { changesTerms, type SubscriptionUpdate } from "./subscription-update.js";
import { itemsOf } from "./track-subscription.js";

/** Items, anchor and trial, and what they cost. */
export function applyTerms(
  world: World,
  id: string,
  update: SubscriptionUpdate,
): { needsInvoice: boolean; prorationDate: Instant | null } {
  if (!changesTerms(update)) return { needsInvoice: false, prorationDate: null };
  const before = world.get("subscription", id);
  const now = world.nowFor(before.customer);
  const at = update.prorationDate ?? now;
  const endsTrial = before.status === "trialing" && update.trialEnd === "now";
  if (update.trialEnd !== undefined) applyTrialEnd(world, id, { trialEnd: update.trialEnd, now });
  const anchor = update.anchor === "now" || endsTrial ? now : trialAnchor(update.trialEnd);
  const resets = anchor ?? classicAnchor(world, before, { update, now });
  const pairs = applyItems(world, id, { changes: update.items ?? [], at: now, anchor: resets });
  const behavior = update.prorationBehavior ?? "create_prorations";
  const prorations =
    behavior === "none" && !endsTrial
      ? []
      : createProrations(world, id, { pairs: endsTrial ? allItems(world, id) : pairs, at });
  update.extraItems?.(world.get("subscription", id));
  const changesInterval = pairs.some((pair) => isIntervalChange(world, pair));
  const billsInterval = changesInterval && behavior !== "none" && world.settings.intervalChange === "invoice";
  const needsInvoice = behavior === "always_invoice" || endsTrial || billsInterval;
  return {
    needsInvoice: needsInvoice && hasPending(world, id),
    prorationDate: prorations.length > 0 ? at : null,
  };
}

function applyTrialEnd(
  world: World,
  id: string,
  { trialEnd, now }: { trialEnd: Instant | "now"; now: Instant },
): void {
  const before = world.get("subscription", id);
  if (trialEnd === "now") {
    if (before.status !== "trialing") return;
    world.change("subscription", id, {
      status: "active",
      trial_end: now,
      hidden: { ...before.hidden, trialNoticeFor: null },
    });
    return;
  }
  if (trialEnd <= now)
    throw invalid("Invalid timestamp: trial_end must be in the future.", { param: "trial_end" });
  if (trialEnd > now + 730 * DAY) throw invalid("A trial lasts at most 730 days.", { param: "trial_end" });
  world.change("subscription", id, {
    status: "trialing",
    trial_end: trialEnd,
    trial_start: before.status === "trialing" ? before.trial_start : now,
  });
}

/** A trial moves the anchor to its end. */
function trialAnchor(trialEnd: Instant | "now" | undefined): Instant | null {
  return typeof trialEnd === "number" ? trialEnd : null;
}

/** Under classic billing another interval begins a new cycle; under flexible billing the anchor never moves by itself. */
function classicAnchor(
  world: World,
  subscription: Subscription,
  { update, now }: { update: SubscriptionUpdate; now: Instant },
): Instant | null {
  if (subscription.billing_mode.type === "flexible") return null;
  const changes = (update.items ?? []).some(({ id, price }) => {
    const item = id === undefined ? undefined : world.find("subscription_item", id);
    const next = price === undefined ? undefined : world.find("price", price);
    return item && next?.recurring && !sameInterval(world.get("price", item.price), next);
  });
  return changes ? now : null;
}

function isIntervalChange(world: World, { before, after }: ItemPair): boolean {
  if (before === null || after === null) return false;
  return !sameInterval(world.get("price", before.price), world.get("price", after.price));
}

/** When a trial ends at once, every item is billed from now on. */
function allItems(world: World, id: string): ItemPair[] {
  return itemsOf(world, world.get("subscription", id)).map((after) => ({
    before: null,
    after,
    clearUsage: true,
  }));
}

function hasPending(world: World, id: string): boolean {
  const { customer } = world.get("subscription", id);
  return pendingItemsFor(world, customer, id).length > 0;
}
