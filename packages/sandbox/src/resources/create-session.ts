import { totalSession } from "../billing/checkout-order.js";
import { requireCoupon } from "../billing/discounts.js";
import { HOUR } from "../engine/instant.js";
import { invalid, missingReference } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import { newId, randomText } from "../world/new-id.js";
import type { CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { requireConsistent } from "./check-session.js";
import { requireCustomer } from "./find-customer.js";
import { toCustomField } from "./session-custom-fields.js";
import { createLine, currencyOf } from "./session-lines.js";
import type { SessionParams } from "./session-params.js";

/** An open session with its lines and totals; what it sells is made when it is paid. */
export function createSession(world: World, params: SessionParams): CheckoutSession {
  const mode = params.mode ?? "payment";
  const uiMode = params.ui_mode ?? "hosted_page";
  requireConsistent(params, mode, uiMode);
  const customer = params.customer === undefined ? null : requireCustomer(world, params.customer).id;
  const lines = (params.line_items ?? []).map((line, index) => createLine(world, line, { index, mode }));
  const currency = currencyOf(world, lines, params);
  const now = world.nowOn(null);
  const id = newId("checkout.session");
  const expiresAt = params.expires_at ?? now + 24 * HOUR;
  if (expiresAt < now + HOUR / 2 || expiresAt > now + 24 * HOUR) {
    throw invalid("`expires_at` must lie 30 minutes to 24 hours ahead.", { param: "expires_at" });
  }
  world.put<CheckoutSession>({
    id,
    object: "checkout.session",
    adaptive_pricing: null,
    after_expiration: params.after_expiration?.recovery
      ? {
          recovery: {
            allow_promotion_codes: params.after_expiration.recovery.allow_promotion_codes ?? false,
            enabled: params.after_expiration.recovery.enabled,
            expires_at: null,
            url: null,
          },
        }
      : null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: uiMode === "hosted_page" ? null : `${id}_secret_${randomText(25)}`,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: params.consent_collection ? { promotions: null, terms_of_service: null } : null,
    consent_collection: params.consent_collection
      ? {
          payment_method_reuse_agreement: null,
          promotions: null,
          terms_of_service: null,
          ...params.consent_collection,
        }
      : null,
    created: now,
    currency,
    currency_conversion: null,
    custom_fields: (params.custom_fields ?? []).map(toCustomField),
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
      ...params.custom_text,
    },
    customer,
    customer_account: null,
    customer_creation:
      mode === "subscription" || customer !== null
        ? null
        : (params.customer_creation ?? (mode === "payment" ? "if_required" : null)),
    customer_details: null,
    customer_email: params.customer_email ?? null,
    discounts: discountsOf(world, params),
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation:
      mode === "payment"
        ? {
            enabled: params.invoice_creation?.enabled ?? false,
            invoice_data: {
              account_tax_ids: null,
              custom_fields: params.invoice_creation?.invoice_data?.custom_fields ?? null,
              description: params.invoice_creation?.invoice_data?.description ?? null,
              footer: params.invoice_creation?.invoice_data?.footer ?? null,
              issuer: null,
              metadata: mergeMetadata({}, params.invoice_creation?.invoice_data?.metadata),
              rendering_options: null,
            },
          }
        : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection:
      mode === "payment" ? "if_required" : (params.payment_method_collection ?? "always"),
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    payment_status: mode === "setup" ? "no_payment_required" : "unpaid",
    permissions: null,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    recovered_from: null,
    ...(uiMode === "hosted_page"
      ? {}
      : { redirect_on_completion: params.redirect_on_completion ?? "always" }),
    ...(params.return_url === undefined ? {} : { return_url: params.return_url }),
    saved_payment_method_options:
      mode === "setup" || customer === null
        ? null
        : {
            allow_redisplay_filters: ["always"],
            payment_method_remove: "disabled",
            payment_method_save: null,
            ...params.saved_payment_method_options,
          },
    setup_intent: null,
    shipping_address_collection: params.shipping_address_collection ?? null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    total_details: mode === "setup" ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: uiMode,
    url: uiMode === "hosted_page" ? `${world.url}/c/pay/${id}` : null,
    wallet_options: null,
    hidden: {
      lineItems: lines.map((line) => line.id),
      // Read as a whole: what comes of it is decided when the session is paid.
      subscriptionData: { ...params.subscription_data },
      paymentIntentData: { ...params.payment_intent_data },
      setupIntentData: { ...params.setup_intent_data },
      customerUpdate: { ...params.customer_update },
      awaiting: null,
    },
  });
  return totalSession(world, id);
}

function discountsOf(world: World, { discounts = [] }: SessionParams): CheckoutSession["discounts"] {
  return discounts.map(({ coupon, promotion_code }) => {
    if (promotion_code !== undefined && !world.find("promotion_code", promotion_code)) {
      throw missingReference("promotion code", promotion_code, "discounts[0][promotion_code]");
    }
    if (coupon !== undefined) requireCoupon(world, coupon, "discounts[0][coupon]");
    return { coupon: coupon ?? null, promotion_code: promotion_code ?? null };
  });
}
