import type Stripe from "stripe";

/** Objects as someone knows them who has seen every event, in order, and nothing else. */
export async function replayEvents(stripe: Stripe): Promise<Map<string, Record<string, unknown>>> {
  const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const known = new Map<string, Record<string, unknown>>();
  for (const { data } of events.reverse()) {
    const object = JSON.parse(JSON.stringify(data.object)) as Record<string, unknown>;
    if (typeof object.id === "string") known.set(object.id, object);
  }
  return known;
}
