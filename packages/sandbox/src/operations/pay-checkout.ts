import { type CheckoutResult, completeCheckout } from "../billing/complete-checkout.js";
import type { CheckoutPayment } from "../world/hosted/checkout.js";
import type { PaymentOutcome } from "../world/hosted/payment.js";
import type { World } from "../world/world.js";
import { readEntry, toPayer } from "./checkout-entry.js";
import { redirectUrl } from "./checkout-view.js";

export function payCheckout(world: World, id: string, payment: CheckoutPayment): PaymentOutcome {
  const session = world.find("checkout.session", id);
  if (session === undefined) return { type: "gone", message: "There is no such checkout." };
  if (session.status === "complete") return { type: "done", redirectUrl: redirectUrl(session) };
  if (session.status === "expired")
    return { type: "gone", message: "This checkout has expired. Go back and begin again." };
  const fault = readEntry(world, session, payment);
  if (fault !== null) return fault;
  const payer = toPayer(world, world.get("checkout.session", id), payment);
  if ("type" in payer) return payer;
  return toOutcome(world, id, completeCheckout(world, id, payer));
}

export function toOutcome(world: World, id: string, result: CheckoutResult): PaymentOutcome {
  switch (result.type) {
    case "complete":
      return { type: "done", redirectUrl: redirectUrl(world.get("checkout.session", id)) };
    case "challenge":
      return { type: "challenge", challengeId: result.intent };
    case "declined": {
      const { message, code, declineCode } = result.decline;
      return { type: "declined", message, code, declineCode };
    }
  }
}
