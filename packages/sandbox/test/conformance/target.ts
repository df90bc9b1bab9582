import type Stripe from "stripe";

/** What the scenarios run against: the sandbox, or a test account at Stripe. */
export type Target = {
  name: string;
  stripe: Stripe;
  /** The same with a key that is not valid. */
  stranger: Stripe;
  /** Moves a test clock and resolves when it is ready. */
  advance(clock: string, to: number): Promise<void>;
};

/** A group of steps that depend on each other, in order. */
export type Scenario = (target: Target) => void;

/** Seconds of an ISO date or instant, in UTC. */
export function at(iso: string): number {
  return Date.parse(iso.includes("T") ? iso : `${iso}T00:00:00Z`) / 1_000;
}

/** The date of an instant, in UTC. */
export function day(instant: number | null | undefined): string | null {
  return typeof instant === "number" ? new Date(instant * 1_000).toISOString().slice(0, 10) : null;
}

/** The id of something that may be expanded. */
export function idOf(value: string | { id: string } | null | undefined): string {
  if (value === null || value === undefined) throw new Error("nothing is there to take an id of");
  return typeof value === "string" ? value : value.id;
}

/** The object itself, where the step asked for it to be expanded. */
export function expanded<T extends object>(value: string | T | null | undefined): T {
  if (typeof value !== "object" || value === null) throw new Error("this should have been expanded");
  return value;
}

/** What a call is refused with; a call that is not refused fails the step. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    return error as Stripe.errors.StripeError;
  }
  throw new Error("this should have been refused");
}

/** The one item of a subscription. */
export function itemOf(subscription: Stripe.Subscription): Stripe.SubscriptionItem {
  const [item] = subscription.items.data;
  if (item === undefined) throw new Error("the subscription has no item");
  return item;
}

/** A header of an answer; the SDK's fetch client keeps them as `Headers`, its Node client as an object. */
export function headerOf({ lastResponse }: Stripe.Response<unknown>, name: string): string | null {
  const headers: Headers | Record<string, string> = lastResponse.headers;
  return (headers instanceof Headers ? headers.get(name) : headers[name]) ?? null;
}
