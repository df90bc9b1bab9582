import { getDefaultCard, getStripeCustomer } from "../stripe/customers.js";
import { listSubscriptions } from "../stripe/subscriptions.js";
import type { PaymentMethod } from "../subscription/billed.js";
import type { App } from "./app.js";
import { getKnownCustomer } from "./ensure-stripe-customer.js";

export type CustomerPaymentMethod = Omit<PaymentMethod, "id">;

/**
 * What the customer's next invoice is paid with; null when nothing is on file. Asks Stripe.
 * Errors: CUSTOMER_UNKNOWN, and those of Stripe.
 */
export async function getPaymentMethod(
  app: App,
  { customerId }: { customerId: string },
): Promise<CustomerPaymentMethod | null> {
  const { stripeCustomerId } = await getKnownCustomer(app, customerId);
  if (stripeCustomerId === null) return null;
  const { client } = await app.gateway();
  const customer = await getStripeCustomer(client, stripeCustomerId);
  if (customer === null) return null;
  const method = (await getDefaultCard(client, customer)) ?? (await firstCard(app, stripeCustomerId));
  if (method === null) return null;
  const { id: _, ...facts } = method;
  return facts;
}

/** A checkout puts the card on the subscription it made, not on the customer. */
async function firstCard({ gateway }: App, stripeCustomerId: string): Promise<PaymentMethod | null> {
  const { client } = await gateway();
  const { cards } = await listSubscriptions(client, stripeCustomerId);
  return cards[0] ?? null;
}
