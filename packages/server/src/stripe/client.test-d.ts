import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { type IdempotencyKey, toIdempotencyKey } from "./idempotency-key.js";

declare const stripe: StripeClient;
const idempotencyKey = toIdempotencyKey("customer", "ann");

stripe.customers.create({}, { idempotencyKey });
createOnce(stripe.customers, { params: {}, idempotencyKey });
stripe.invoices.createPreview({ customer: "cus_1" });

// @ts-expect-error nothing is made without a key
stripe.customers.create({});
// @ts-expect-error options alone are not enough
stripe.checkout.sessions.create({ mode: "payment" }, { timeout: 1 });
// @ts-expect-error nor is a key that may be missing
stripe.testHelpers.testClocks.create({ frozen_time: 1 }, { idempotencyKey: undefined });
// @ts-expect-error nor any text
stripe.subscriptions.create({}, { idempotencyKey: "mine" });
// @ts-expect-error and a key is made by toIdempotencyKey alone
const _any: IdempotencyKey = "paykit-customer-1";
