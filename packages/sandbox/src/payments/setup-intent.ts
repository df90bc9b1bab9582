import { newId } from "../world/new-id.js";
import type { SetupAttempt, SetupIntent } from "../world/objects/intent.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { decideSetup } from "./decide-charge.js";
import { DECLINES, type Decline, toPaymentError } from "./decline.js";
import { blankIntent, challengeAction, methodToConfirm, unexpectedState } from "./intent.js";
import { bindPaymentMethod, cardOf } from "./payment-method.js";

export type NewSetupIntent = Partial<Omit<SetupIntent, "hidden">> & {
  hidden?: Partial<SetupIntent["hidden"]>;
};

export function createSetupIntent(world: World, given: NewSetupIntent): SetupIntent {
  const intent = world.put<SetupIntent>({
    ...blankIntent(world, "setup_intent", given),
    object: "setup_intent",
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    mandate: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    single_use_mandate: null,
    usage: "off_session",
    ...given,
    hidden: {
      checkoutSession: null,
      subscription: null,
      returnUrl: null,
      hasPassedChallenge: false,
      ...given.hidden,
    },
  });
  world.emit("setup_intent.created", intent);
  return intent;
}

export type SetupOutcome =
  | { type: "succeeded" | "requires_action"; intent: SetupIntent }
  | { type: "declined"; intent: SetupIntent; decline: Decline };

/** Saves the card for later. @throws ApiError 400 when the intent is past confirming or has no payment method */
export function confirmSetupIntent(
  world: World,
  id: string,
  { paymentMethod, returnUrl }: { paymentMethod?: string; returnUrl?: string } = {},
): SetupOutcome {
  const before = world.get("setup_intent", id);
  const method = methodToConfirm(before, paymentMethod);
  const intent = world.change("setup_intent", id, {
    payment_method: method,
    hidden: { ...before.hidden, returnUrl: returnUrl ?? before.hidden.returnUrl, hasPassedChallenge: false },
  });
  return attempt(world, intent);
}

export function answerSetupChallenge(world: World, id: string, passed: boolean): SetupOutcome {
  const intent = world.get("setup_intent", id);
  if (intent.status !== "requires_action") throw unexpectedState(intent, "authenticate");
  if (!passed) return fail(world, intent, DECLINES.setupAuthenticationFailed);
  return attempt(
    world,
    world.change("setup_intent", id, { hidden: { ...intent.hidden, hasPassedChallenge: true } }),
  );
}

export function cancelSetupIntent(world: World, id: string, reason: string | null): SetupIntent {
  const intent = world.get("setup_intent", id);
  if (intent.status === "succeeded" || intent.status === "canceled") throw unexpectedState(intent, "cancel");
  const canceled = world.change("setup_intent", id, {
    status: "canceled",
    cancellation_reason: reason,
    next_action: null,
  });
  world.emit("setup_intent.canceled", canceled);
  return canceled;
}

function attempt(world: World, intent: SetupIntent): SetupOutcome {
  const method = world.get("payment_method", intent.payment_method ?? "");
  const verdict = decideSetup(cardOf(method), intent.hidden.hasPassedChallenge);
  if (verdict.type === "declined") return fail(world, intent, verdict.decline);
  if (verdict.type === "challenge") {
    const waiting = world.change("setup_intent", intent.id, {
      status: "requires_action",
      latest_attempt: recordAttempt(world, intent, { status: "requires_action", decline: null }),
      next_action: challengeAction(world, intent),
    });
    world.emit("setup_intent.requires_action", waiting);
    return { type: "requires_action", intent: waiting };
  }
  world.change("payment_method", method.id, {
    hidden: { ...method.hidden, isSetUp: intent.usage === "off_session" },
  });
  if (intent.customer !== null) bindPaymentMethod(world, method.id, intent.customer);
  const done = world.change("setup_intent", intent.id, {
    status: "succeeded",
    latest_attempt: recordAttempt(world, intent, { status: "succeeded", decline: null }),
    last_setup_error: null,
    next_action: null,
  });
  world.emit("setup_intent.succeeded", done);
  return { type: "succeeded", intent: done };
}

function fail(world: World, intent: SetupIntent, decline: Decline): SetupOutcome {
  const latest_attempt = recordAttempt(world, intent, { status: "failed", decline });
  const method = intent.payment_method ? world.find("payment_method", intent.payment_method) : undefined;
  const failed = world.change("setup_intent", intent.id, {
    status: "requires_payment_method",
    payment_method: null,
    latest_attempt,
    next_action: null,
    last_setup_error: toPaymentError(decline, method ? { paymentMethod: renderStored(world, method) } : {}),
  });
  world.emit("setup_intent.setup_failed", failed);
  return { type: "declined", intent: failed, decline };
}

function recordAttempt(
  world: World,
  intent: SetupIntent,
  { status, decline }: { status: SetupAttempt["status"]; decline: Decline | null },
): string {
  return world.put<SetupAttempt>({
    id: newId("setup_attempt"),
    object: "setup_attempt",
    application: null,
    created: world.nowFor(intent.customer),
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: intent.payment_method ?? "",
    payment_method_details: {
      card: {
        brand: null,
        checks: null,
        country: null,
        exp_month: null,
        exp_year: null,
        funding: null,
        last4: null,
        network: null,
        three_d_secure: null,
        wallet: null,
      },
      type: "card",
    },
    setup_error: decline ? toPaymentError(decline, {}) : null,
    setup_intent: intent.id,
    status,
    usage: intent.usage,
  }).id;
}
