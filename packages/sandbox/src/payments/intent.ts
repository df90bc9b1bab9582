import { invalid } from "../wire/errors.js";
import { newId, randomText } from "../world/new-id.js";
import type { NextAction, PaymentIntent, SetupIntent, SharedIntent } from "../world/objects/intent.js";
import type { World } from "../world/world.js";

const NAMES = { payment_intent: "PaymentIntent", setup_intent: "SetupIntent" } as const;

/** What both kinds of intent are before anything has happened to them. */
export function blankIntent(
  world: World,
  noun: keyof typeof NAMES,
  given: Partial<Pick<SharedIntent, "customer" | "payment_method">>,
): SharedIntent & { status: "requires_confirmation" | "requires_payment_method" } {
  const id = newId(noun);
  return {
    id,
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: world.nowFor(given.customer ?? null),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    livemode: false,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ["card"],
    status: given.payment_method ? "requires_confirmation" : "requires_payment_method",
  };
}

/** The method that a confirmation tries. @throws ApiError 400 when the intent is past confirming or has none */
export function methodToConfirm(intent: PaymentIntent | SetupIntent, given: string | undefined): string {
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status))
    throw unexpectedState(intent, "confirm");
  const method = given ?? intent.payment_method;
  if (method !== null) return method;
  throw invalid(`You cannot confirm this ${NAMES[intent.object]} because it's missing a payment method.`, {
    code: `${intent.object}_unexpected_state`,
  });
}

/** Where the person goes for the 3D Secure step. */
export function challengeAction(world: World, { id, hidden }: PaymentIntent | SetupIntent): NextAction {
  return {
    redirect_to_url: { return_url: hidden.returnUrl, url: `${world.url}/c/challenge/${id}` },
    type: "redirect_to_url",
  };
}

export function unexpectedState({ object, status }: PaymentIntent | SetupIntent, verb: string) {
  return invalid(`You cannot ${verb} this ${NAMES[object]} because it has a status of ${status}.`, {
    code: `${object}_unexpected_state`,
  });
}
