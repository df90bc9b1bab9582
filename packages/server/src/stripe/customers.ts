import type Stripe from "stripe";
import type { PaymentMethod } from "../subscription/billed.js";
import { callStripe, callStripeOrNull } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { fromPaymentMethod, toId } from "./from-stripe.js";
import type { IdempotencyKey } from "./idempotency-key.js";
import { metadataKeys } from "./metadata.js";

export interface CustomerProfile {
  customerId: string;
  email: string | null;
  name: string | null;
}

export interface CreateCustomerInput extends CustomerProfile {
  testClockId: string | null;
  idempotencyKey: IdempotencyKey;
}

/** The new customer's id. It carries our id in its metadata; an email never links anything. */
export async function createStripeCustomer(
  stripe: StripeClient,
  input: CreateCustomerInput,
): Promise<string> {
  const params: Stripe.CustomerCreateParams = {
    ...toProfileParams(input),
    metadata: { [metadataKeys.customerId]: input.customerId },
    ...(input.testClockId === null ? {} : { test_clock: input.testClockId }),
  };
  const { idempotencyKey } = input;
  const customer = await callStripe(() => createOnce(stripe.customers, { params, idempotencyKey }));
  return customer.id;
}

export async function updateStripeCustomer(
  stripe: StripeClient,
  stripeCustomerId: string,
  profile: CustomerProfile,
): Promise<void> {
  await callStripe(() => stripe.customers.update(stripeCustomerId, toProfileParams(profile)));
}

/**
 * The customer; null when it was deleted at Stripe. Nothing is expanded, because what is left of a deleted customer has
 * nothing to expand. Errors: STRIPE_CUSTOMER_MISSING when it never was there.
 */
export async function getStripeCustomer(
  stripe: StripeClient,
  stripeCustomerId: string,
): Promise<Stripe.Customer | null> {
  const customer = await callStripe(() => stripe.customers.retrieve(stripeCustomerId));
  return customer.deleted ? null : customer;
}

/** The card that the customer pays with unless told otherwise; null without one. */
export async function getDefaultCard(
  stripe: StripeClient,
  { invoice_settings }: Stripe.Customer,
): Promise<PaymentMethod | null> {
  const id = toId(invoice_settings.default_payment_method);
  if (id === null) return null;
  const method = await callStripeOrNull(() => stripe.paymentMethods.retrieve(id));
  return method === null ? null : fromPaymentMethod(method);
}

function toProfileParams({ email, name }: CustomerProfile) {
  return { ...(email === null ? {} : { email }), ...(name === null ? {} : { name }) };
}
