import { answerChallenge } from "../billing/collect-invoice.js";
import { answerCheckoutChallenge } from "../billing/complete-checkout.js";
import { answerSetupChallenge } from "../payments/setup-intent.js";
import type { Challenge, PaymentOutcome } from "../world/hosted/payment.js";
import type { World } from "../world/world.js";
import { toOutcome } from "./pay-checkout.js";

export function viewChallenge(world: World, id: string): Challenge | null {
  const intent = world.find("payment_intent", id) ?? world.find("setup_intent", id);
  if (intent?.status !== "requires_action" || intent.payment_method === null) return null;
  const session = intent.hidden.checkoutSession;
  const invoice = intent.object === "payment_intent" ? intent.hidden.invoice : null;
  const back =
    session !== null
      ? `/c/pay/${session}`
      : invoice !== null
        ? `/i/${invoice}`
        : (intent.hidden.returnUrl ?? "/");
  return {
    id,
    amount: intent.object === "payment_intent" ? intent.amount : 0,
    currency: intent.object === "payment_intent" ? intent.currency : "usd",
    last4: world.get("payment_method", intent.payment_method).card.last4,
    returnPath: back,
  };
}

export function answerStep(world: World, id: string, passed: boolean): PaymentOutcome {
  const waiting = viewChallenge(world, id);
  const intent = world.find("payment_intent", id) ?? world.find("setup_intent", id);
  if (waiting === null || intent === undefined) return { type: "gone", message: "This step is over." };
  const session = intent.hidden.checkoutSession;
  if (session !== null && world.get("checkout.session", session).hidden.awaiting !== null) {
    return toOutcome(world, session, answerCheckoutChallenge(world, session, { intent: id, passed }));
  }
  const attempt =
    intent.object === "payment_intent"
      ? answerChallenge(world, id, passed)
      : answerSetupChallenge(world, id, passed);
  if (attempt.type === "declined") {
    const { message, code, declineCode } = attempt.decline;
    return { type: "declined", message, code, declineCode };
  }
  return { type: "done", redirectUrl: intent.hidden.returnUrl ?? waiting.returnPath };
}
