import { createPaymentIntent } from "../payments/payment-intent.js";
import { createSetupIntent } from "../payments/setup-intent.js";
import type { World } from "../world/world.js";

/** The intent of a session; a declined card leaves it to be tried again. */
export function paymentIntentFor(
  world: World,
  id: string,
  { amount, customer }: { amount: number; customer: string | null },
): string {
  const session = world.get("checkout.session", id);
  const known = session.hidden.paymentIntentData.attempted;
  if (typeof known === "string" && world.get("payment_intent", known).status !== "canceled") {
    world.change("payment_intent", known, { amount, customer });
    return known;
  }
  const data = session.mode === "payment" ? session.hidden.paymentIntentData : {};
  const intent = createPaymentIntent(world, {
    amount,
    currency: session.currency ?? "usd",
    customer,
    description:
      typeof data.description === "string"
        ? data.description
        : session.mode === "subscription"
          ? "Subscription creation"
          : null,
    metadata: (data.metadata as Record<string, string> | undefined) ?? {},
    capture_method: (data.capture_method as "manual" | undefined) ?? "automatic_async",
    receipt_email: (data.receipt_email as string | undefined) ?? null,
    setup_future_usage:
      session.mode === "subscription"
        ? "off_session"
        : ((data.setup_future_usage as "off_session" | undefined) ?? null),
    hidden: { checkoutSession: id },
  });
  world.change("checkout.session", id, {
    payment_intent: session.mode === "payment" ? intent.id : null,
    hidden: {
      ...session.hidden,
      paymentIntentData: { ...session.hidden.paymentIntentData, attempted: intent.id },
    },
  });
  return intent.id;
}

export function setupIntentFor(world: World, id: string, customer: string | null): string {
  const session = world.get("checkout.session", id);
  if (session.setup_intent !== null) {
    world.change("setup_intent", session.setup_intent, { customer });
    return session.setup_intent;
  }
  const data = session.hidden.setupIntentData;
  const intent = createSetupIntent(world, {
    customer,
    description: (data.description as string | undefined) ?? null,
    metadata: (data.metadata as Record<string, string> | undefined) ?? {},
    hidden: { checkoutSession: id },
  });
  if (session.mode === "setup") world.change("checkout.session", id, { setup_intent: intent.id });
  return intent.id;
}
