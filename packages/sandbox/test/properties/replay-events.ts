import type Stripe from "stripe";
import { expect } from "vitest";
import type { Stage } from "./stage.js";

type Known = Map<string, unknown>;

/**
 * Whoever has seen every event in order, and nothing else, knows every object as it is. Invoice items are left out: Stripe
 * has no event for an item that an invoice takes up.
 */
export async function expectReplayToMatch({ stripe, customer }: Stage): Promise<void> {
  const known = await replayEvents(stripe);
  const present = [
    await stripe.customers.retrieve(customer),
    ...(await all(stripe.subscriptions.list({ customer, status: "all", limit: 100 }))),
    ...(await all(stripe.subscriptionSchedules.list({ customer, limit: 100 }))),
    ...(await all(stripe.invoices.list({ customer, limit: 100 }))),
    ...(await all(stripe.paymentIntents.list({ customer, limit: 100 }))),
    ...(await all(stripe.charges.list({ customer, limit: 100 }))),
  ];
  for (const object of present) {
    expect(known.get(object.id), `${object.object} ${object.id} from its events`).toEqual(plain(object));
  }
}

async function replayEvents(stripe: Stripe): Promise<Known> {
  const events = await all(stripe.events.list({ limit: 100 }));
  const known: Known = new Map();
  for (const { data } of events.reverse()) {
    if ("id" in data.object && typeof data.object.id === "string")
      known.set(data.object.id, plain(data.object));
  }
  return known;
}

function all<T extends { id?: string }>(list: Stripe.ApiListPromise<T>): Promise<T[]> {
  return list.autoPagingToArray({ limit: 10_000 });
}

/** As it went over the wire: decimals are strings. */
function plain(object: object): unknown {
  return JSON.parse(JSON.stringify(object));
}
