import { confirmIntent } from "../billing/collect-invoice.js";
import { minimumCharge } from "../engine/currency.js";
import { cardError } from "../payments/decline.js";
import {
  cancelPaymentIntent,
  capturePaymentIntent,
  createPaymentIntent,
} from "../payments/payment-intent.js";
import { findPaymentMethod } from "../payments/payment-method.js";
import { definedOnly } from "../wire/defined-only.js";
import { ApiError, invalid, missing } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import { createdWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { PaymentIntent } from "../world/objects/intent.js";
import type { Address } from "../world/objects/values.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { toShipping } from "./address-params.js";
import { requireCustomer } from "./find-customer.js";
import {
  automaticMethods,
  type IntentParams,
  requireNotOfSession,
  statusWithMethod,
} from "./intent-params.js";
import { methodFromData } from "./payment-methods.js";
import { search } from "./search.js";

type PaymentIntentParams = IntentParams & {
  amount?: number;
  capture_method?: PaymentIntent["capture_method"];
  confirmation_method?: PaymentIntent["confirmation_method"];
  currency?: string;
  error_on_requires_action?: boolean;
  excluded_payment_method_types?: string[] | null;
  off_session?: boolean | "one_off" | "recurring";
  receipt_email?: string | null;
  setup_future_usage?: "on_session" | "off_session" | null;
  shipping?: { address: Partial<Address>; name: string; phone?: string } | null;
  statement_descriptor?: string;
  statement_descriptor_suffix?: string;
  transfer_group?: string;
};

export const paymentIntents: readonly Route[] = [
  route<PaymentIntentParams>(
    ["POST", "/v1/payment_intents"],
    "PaymentIntentCreateParams",
    ({ world, params }) => {
      const intent = create(world, params);
      return params.confirm ? confirm(world, intent.id, params) : intent;
    },
  ),
  route<PageParams & { created?: Range; customer?: string }>(
    ["GET", "/v1/payment_intents"],
    "PaymentIntentListParams",
    ({ world, params }) => {
      const all =
        params.customer === undefined
          ? world.list("payment_intent")
          : world.ofCustomer("payment_intent", params.customer);
      return paginate(all.filter(createdWithin(params)), params, "/v1/payment_intents");
    },
  ),
  search("payment_intent", "/v1/payment_intents/search", "PaymentIntentSearchParams", [
    "amount",
    "created",
    "currency",
    "customer",
    "metadata",
    "status",
  ]),
  route(["GET", "/v1/payment_intents/:id"], "PaymentIntentRetrieveParams", ({ world, id }) =>
    findIntent(world, id),
  ),
  route<PaymentIntentParams>(
    ["POST", "/v1/payment_intents/:id"],
    "PaymentIntentUpdateParams",
    ({ world, id, params }) => update(world, id, params),
  ),
  route<PaymentIntentParams>(
    ["POST", "/v1/payment_intents/:id/confirm"],
    "PaymentIntentConfirmParams",
    ({ world, id, params }) => {
      requireNotOfSession(findIntent(world, id), "confirm");
      return confirm(world, id, params);
    },
  ),
  route<{ amount_to_capture?: number }>(
    ["POST", "/v1/payment_intents/:id/capture"],
    "PaymentIntentCaptureParams",
    ({ world, id, params }) =>
      capturePaymentIntent(world, findIntent(world, id).id, params.amount_to_capture),
  ),
  route<{ cancellation_reason?: string }>(
    ["POST", "/v1/payment_intents/:id/cancel"],
    "PaymentIntentCancelParams",
    ({ world, id, params }) => {
      requireNotOfSession(findIntent(world, id), "cancel");
      return cancelPaymentIntent(world, id, params.cancellation_reason ?? null);
    },
  ),
];

function create(world: World, params: PaymentIntentParams): PaymentIntent {
  const amount = params.amount ?? 0;
  const currency = (params.currency ?? "usd").toLowerCase();
  requireAmount(amount, currency);
  const customer = params.customer === undefined ? null : requireCustomer(world, params.customer).id;
  return createPaymentIntent(world, {
    amount,
    currency,
    customer,
    payment_method: methodOf(world, params, customer),
    automatic_payment_methods: automaticMethods(params),
    metadata: mergeMetadata({}, params.metadata),
    ...definedOnly({
      allowed_payment_method_types: params.allowed_payment_method_types,
      capture_method: params.capture_method,
      confirmation_method: params.confirmation_method,
      description: params.description,
      excluded_payment_method_types: params.excluded_payment_method_types,
      receipt_email: params.receipt_email,
      setup_future_usage: params.setup_future_usage,
      shipping: params.shipping ? toShipping(params.shipping) : undefined,
      statement_descriptor: params.statement_descriptor,
      statement_descriptor_suffix: params.statement_descriptor_suffix,
      transfer_group: params.transfer_group,
    }),
  });
}

function update(world: World, id: string, params: PaymentIntentParams): PaymentIntent {
  const before = findIntent(world, id);
  if (before.status === "canceled" || before.status === "succeeded") {
    const allowed = ["metadata", "description", "receipt_email", "expand"];
    if (!Object.keys(params).every((key) => allowed.includes(key))) {
      throw invalid(
        `This PaymentIntent's amount and method could not be updated because it has a status of ${before.status}.`,
        {
          code: "payment_intent_unexpected_state",
        },
      );
    }
  }
  if (params.amount !== undefined) requireAmount(params.amount, params.currency ?? before.currency);
  const customer =
    params.customer === undefined ? before.customer : requireCustomer(world, params.customer).id;
  const method = methodOf(world, params, customer) ?? before.payment_method;
  return world.change("payment_intent", id, {
    amount: params.amount ?? before.amount,
    currency: params.currency ?? before.currency,
    customer,
    description: params.description ?? before.description,
    metadata: mergeMetadata(before.metadata, params.metadata),
    payment_method: method,
    receipt_email: params.receipt_email === undefined ? before.receipt_email : params.receipt_email,
    setup_future_usage:
      params.setup_future_usage === undefined ? before.setup_future_usage : params.setup_future_usage,
    status: statusWithMethod(before, method),
  });
}

/** @throws ApiError 402 for a refused card; the intent and its charge stay */
function confirm(world: World, id: string, params: PaymentIntentParams): PaymentIntent {
  const { customer } = world.get("payment_intent", id);
  const method = methodOf(world, params, customer);
  const attempt = confirmIntent(world, id, {
    isOffSession: params.off_session !== undefined && params.off_session !== false,
    ...(method === null ? {} : { paymentMethod: method }),
    ...(params.return_url === undefined ? {} : { returnUrl: params.return_url }),
  });
  if (attempt.type === "requires_action" && params.error_on_requires_action) {
    throw new ApiError(402, {
      type: "card_error",
      code: "authentication_required",
      decline_code: "authentication_required",
      message: "Your card was declined. This transaction requires authentication.",
    });
  }
  if (attempt.type === "declined") {
    throw cardError(attempt.decline, {
      ...(attempt.charge ? { charge: attempt.charge.id } : {}),
      payment_intent: renderStored(world, attempt.intent),
    });
  }
  return attempt.intent;
}

function methodOf(
  world: World,
  { payment_method, payment_method_data }: PaymentIntentParams,
  customer: string | null,
): string | null {
  if (payment_method_data !== undefined) return methodFromData(world, payment_method_data).id;
  if (payment_method === undefined) return null;
  const method = findPaymentMethod(world, payment_method);
  if (method.customer !== null && method.customer !== customer) {
    throw invalid(
      "The PaymentMethod belongs to a Customer; include that Customer in the `customer` parameter.",
      { param: "payment_method" },
    );
  }
  if (method.hidden.wasDetached)
    throw invalid("This PaymentMethod was detached from its Customer and may not be used again.", {
      param: "payment_method",
    });
  return method.id;
}

function requireAmount(amount: number, currency: string): void {
  const least = Math.max(1, minimumCharge(currency));
  if (amount < least) {
    throw invalid(`Amount must be at least ${least} ${currency} in minor units.`, {
      code: "amount_too_small",
      param: "amount",
    });
  }
}

function findIntent(world: World, id: string): PaymentIntent {
  const intent = world.find("payment_intent", id);
  if (intent === undefined) throw missing("payment_intent", id, "intent");
  return intent;
}
