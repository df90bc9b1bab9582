import { cardError } from "../payments/decline.js";
import { findPaymentMethod } from "../payments/payment-method.js";
import { cancelSetupIntent, confirmSetupIntent, createSetupIntent } from "../payments/setup-intent.js";
import { definedOnly } from "../wire/defined-only.js";
import { missing } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { SetupIntent } from "../world/objects/intent.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";
import {
  automaticMethods,
  type IntentParams,
  requireNotOfSession,
  statusWithMethod,
} from "./intent-params.js";
import { methodFromData } from "./payment-methods.js";

type SetupIntentParams = IntentParams & {
  usage?: SetupIntent["usage"];
};

export const setupIntents: readonly Route[] = [
  route<SetupIntentParams>(["POST", "/v1/setup_intents"], "SetupIntentCreateParams", ({ world, params }) => {
    const intent = createSetupIntent(world, {
      customer: params.customer === undefined ? null : requireCustomer(world, params.customer).id,
      payment_method: methodOf(world, params),
      automatic_payment_methods: automaticMethods(params),
      metadata: mergeMetadata({}, params.metadata),
      ...definedOnly({
        allowed_payment_method_types: params.allowed_payment_method_types,
        description: params.description,
        usage: params.usage,
      }),
    });
    return params.confirm ? confirm(world, intent.id, params) : intent;
  }),
  route<PageParams & { created?: Range; customer?: string; payment_method?: string }>(
    ["GET", "/v1/setup_intents"],
    "SetupIntentListParams",
    ({ world, params }) => {
      const found = world
        .list("setup_intent")
        .filter(createdWithin(params))
        .filter(having({ customer: params.customer, payment_method: params.payment_method }));
      return paginate(found, params, "/v1/setup_intents");
    },
  ),
  route(["GET", "/v1/setup_intents/:id"], "SetupIntentRetrieveParams", ({ world, id }) =>
    findIntent(world, id),
  ),
  route<SetupIntentParams>(
    ["POST", "/v1/setup_intents/:id"],
    "SetupIntentUpdateParams",
    ({ world, id, params }) => {
      const before = findIntent(world, id);
      const method = methodOf(world, params) ?? before.payment_method;
      return world.change("setup_intent", id, {
        customer:
          params.customer === undefined ? before.customer : requireCustomer(world, params.customer).id,
        description: params.description ?? before.description,
        metadata: mergeMetadata(before.metadata, params.metadata),
        payment_method: method,
        status: statusWithMethod(before, method),
      });
    },
  ),
  route<SetupIntentParams>(
    ["POST", "/v1/setup_intents/:id/confirm"],
    "SetupIntentConfirmParams",
    ({ world, id, params }) => {
      requireNotOfSession(findIntent(world, id), "confirm");
      return confirm(world, id, params);
    },
  ),
  route<{ cancellation_reason?: string }>(
    ["POST", "/v1/setup_intents/:id/cancel"],
    "SetupIntentCancelParams",
    ({ world, id, params }) => {
      requireNotOfSession(findIntent(world, id), "cancel");
      return cancelSetupIntent(world, id, params.cancellation_reason ?? null);
    },
  ),
  route<PageParams & { created?: Range; setup_intent: string }>(
    ["GET", "/v1/setup_attempts"],
    "SetupAttemptListParams",
    ({ world, params }) => {
      const { setup_intent, created } = params;
      const found = world
        .list("setup_attempt")
        .filter((one) => one.setup_intent === setup_intent && isWithin(one.created, created));
      return paginate(found, params, "/v1/setup_attempts");
    },
  ),
];

/** @throws ApiError 402 for a card that refuses to be saved; the intent stays */
function confirm(world: World, id: string, params: SetupIntentParams): SetupIntent {
  const method = methodOf(world, params);
  const outcome = confirmSetupIntent(world, id, {
    ...(method === null ? {} : { paymentMethod: method }),
    ...(params.return_url === undefined ? {} : { returnUrl: params.return_url }),
  });
  if (outcome.type === "declined")
    throw cardError(outcome.decline, { setup_intent: renderStored(world, outcome.intent) });
  return outcome.intent;
}

function methodOf(world: World, { payment_method, payment_method_data }: SetupIntentParams): string | null {
  if (payment_method_data !== undefined) return methodFromData(world, payment_method_data).id;
  return payment_method === undefined ? null : findPaymentMethod(world, payment_method).id;
}

function findIntent(world: World, id: string): SetupIntent {
  const intent = world.find("setup_intent", id);
  if (intent === undefined) throw missing("setupintent", id, "intent");
  return intent;
}
