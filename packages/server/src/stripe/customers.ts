import type Stripe from "stripe";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { metadataKeys } from "./metadata.js";

export interface CustomerProfile {
  customerId: string;
  email: string | null;
  name: string | null;
}

export interface CreateCustomerInput extends CustomerProfile {
  testClockId: string | null;
  idempotencyKey: string;
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
  const customer = await callStripe(() => stripe.customers.create(params, { idempotencyKey }));
  return customer.id;
}

export async function updateStripeCustomer(
  stripe: StripeClient,
  stripeCustomerId: string,
  profile: CustomerProfile,
): Promise<void> {
  await callStripe(() => stripe.customers.update(stripeCustomerId, toProfileParams(profile)));
}

/** The customer with the card on file; null when it was deleted at Stripe. STRIPE_CUSTOMER_MISSING when it never was there. */
export async function getStripeCustomer(
  stripe: StripeClient,
  stripeCustomerId: string,
): Promise<Stripe.Customer | null> {
  const customer = await callStripe(() =>
    stripe.customers.retrieve(stripeCustomerId, { expand: ["invoice_settings.default_payment_method"] }),
  );
  return customer.deleted ? null : customer;
}

export async function setDefaultPaymentMethod(
  stripe: StripeClient,
  stripeCustomerId: string,
  paymentMethodId: string,
): Promise<void> {
  await callStripe(() =>
    stripe.customers.update(stripeCustomerId, {
      invoice_settings: { default_payment_method: paymentMethodId },
    }),
  );
}

function toProfileParams({ email, name }: CustomerProfile) {
  return { ...(email === null ? {} : { email }), ...(name === null ? {} : { name }) };
}
