import { totalSession } from "../billing/checkout-order.js";
import { requireCoupon } from "../billing/discounts.js";
import { HOUR } from "../engine/instant.js";
import { invalid, missingReference, parameterMissing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { newId, randomText } from "../world/new-id.js";
import type { CheckoutMode, CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./customers.js";
import { createLine, currencyOf, type LineParams } from "./session-lines.js";

type CustomFieldParams = {
  key: string;
  label: { custom: string; type: "custom" };
  optional?: boolean;
  type: "dropdown" | "numeric" | "text";
  dropdown?: { options: { label: string; value: string }[]; default_value?: string };
  numeric?: { default_value?: string; maximum_length?: number; minimum_length?: number };
  text?: { default_value?: string; maximum_length?: number; minimum_length?: number };
};

export type SessionParams = {
  after_expiration?: { recovery?: { enabled: boolean; allow_promotion_codes?: boolean } };
  allow_promotion_codes?: boolean;
  allowed_payment_method_types?: string[];
  billing_address_collection?: CheckoutSession["billing_address_collection"];
  cancel_url?: string;
  client_reference_id?: string;
  consent_collection?: Partial<NonNullable<CheckoutSession["consent_collection"]>>;
  currency?: string;
  custom_fields?: CustomFieldParams[];
  custom_text?: Partial<CheckoutSession["custom_text"]>;
  customer?: string;
  customer_creation?: "always" | "if_required";
  customer_email?: string;
  customer_update?: Record<string, string>;
  discounts?: { coupon?: string; promotion_code?: string }[];
  expires_at?: number;
  invoice_creation?: {
    enabled: boolean;
    invoice_data?: {
      custom_fields?: { name: string; value: string }[] | null;
      description?: string;
      footer?: string;
      metadata?: MetadataChange;
    };
  };
  line_items?: LineParams[];
  locale?: string;
  metadata?: MetadataChange;
  mode?: CheckoutMode;
  payment_intent_data?: Record<string, unknown>;
  payment_method_collection?: "always" | "if_required";
  phone_number_collection?: { enabled: boolean };
  redirect_on_completion?: "always" | "if_required" | "never";
  return_url?: string;
  saved_payment_method_options?: Partial<NonNullable<CheckoutSession["saved_payment_method_options"]>>;
  setup_intent_data?: Record<string, unknown>;
  shipping_address_collection?: { allowed_countries: string[] };
  submit_type?: string;
  subscription_data?: Record<string, unknown>;
  success_url?: string;
  ui_mode?: CheckoutSession["ui_mode"];
};

const MOST_LINES = { payment: 100, subscription: 40, setup: 0 } as const;

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
      subscriptionData: params.subscription_data ?? {},
      paymentIntentData: params.payment_intent_data ?? {},
      setupIntentData: params.setup_intent_data ?? {},
      customerUpdate: params.customer_update ?? {},
      awaiting: null,
    },
  });
  return totalSession(world, id);
}

function requireConsistent(
  params: SessionParams,
  mode: CheckoutMode,
  uiMode: CheckoutSession["ui_mode"],
): void {
  const lines = params.line_items ?? [];
  if (mode !== "setup" && lines.length === 0) throw parameterMissing("line_items");
  if (lines.length > MOST_LINES[mode])
    throw invalid(`A session in ${mode} mode has at most ${MOST_LINES[mode]} line items.`, {
      param: "line_items",
    });
  if (mode === "setup" && params.currency === undefined && params.allowed_payment_method_types === undefined)
    throw parameterMissing("currency");
  if (uiMode === "hosted_page" && params.success_url === undefined) throw parameterMissing("success_url");
  if (uiMode !== "hosted_page" && params.success_url !== undefined) {
    throw invalid(`\`success_url\` cannot be set when \`ui_mode\` is \`${uiMode}\`; set \`return_url\`.`, {
      param: "success_url",
    });
  }
  for (const [param, url] of [
    ["success_url", params.success_url],
    ["cancel_url", params.cancel_url],
    ["return_url", params.return_url],
  ] as const) {
    if (url !== undefined && !/^https?:\/\/.+/.test(url))
      throw invalid("Not a valid URL", { code: "url_invalid", param });
  }
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalid("You may only specify one of these parameters: customer, customer_email.", {
      code: "parameters_exclusive",
      param: "customer_email",
    });
  }
  if ((params.discounts?.length ?? 0) > 1)
    throw invalid("A session takes at most one discount.", { param: "discounts" });
  if (params.discounts !== undefined && params.allow_promotion_codes !== undefined) {
    throw invalid("You may only specify one of these parameters: allow_promotion_codes, discounts.", {
      code: "parameters_exclusive",
      param: "allow_promotion_codes",
    });
  }
  if (mode !== "subscription" && params.subscription_data !== undefined) {
    throw invalid("You can not pass `subscription_data` in this mode.", { param: "subscription_data" });
  }
  if (mode !== "payment" && params.payment_intent_data !== undefined) {
    throw invalid("You can not pass `payment_intent_data` in this mode.", { param: "payment_intent_data" });
  }
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

function toCustomField(field: CustomFieldParams): CheckoutSession["custom_fields"][number] {
  const text = (given: CustomFieldParams["text"]) => ({
    default_value: given?.default_value ?? null,
    maximum_length: given?.maximum_length ?? null,
    minimum_length: given?.minimum_length ?? null,
    value: null,
  });
  return {
    ...(field.type === "dropdown"
      ? {
          dropdown: {
            default_value: field.dropdown?.default_value ?? null,
            options: field.dropdown?.options ?? [],
            value: null,
          },
        }
      : {}),
    key: field.key,
    label: field.label,
    ...(field.type === "numeric" ? { numeric: text(field.numeric) } : {}),
    optional: field.optional ?? false,
    ...(field.type === "text" ? { text: text(field.text) } : {}),
    type: field.type,
  };
}
