"use server";

import { refresh } from "next/cache";
import { requireWorkspace } from "@/auth/workspace";
import { paykit } from "@/billing/paykit";
import { controlSandbox, findStripeCustomer } from "./sandbox";

const dayMs = 86_400_000;
const webhookFaults = { hold: { delayMs: 30_000 }, drop: { drop: true }, deliver: null };

/** Lets days pass for the customer: renewals, retries of a failed payment, resets and ends happen on the way. */
export async function travel(_: string, form: FormData) {
  const { customerId } = await requireWorkspace();
  const days = Number(form.get("days"));
  const { now } = await paykit.getTestClock({ customerId });
  await paykit.advanceTestClock({ customerId, to: new Date(now.getTime() + days * dayMs) });
  refresh();
  return "Done.";
}

/** Holds the sandbox's webhooks back, drops them, or lets them through again. */
export async function changeWebhooks(_: string, form: FormData) {
  const mode = form.get("mode");
  if (mode !== "hold" && mode !== "drop" && mode !== "deliver") return "Unknown.";
  await controlSandbox("faults/webhooks", webhookFaults[mode]);
  return "From now on.";
}

/** Makes the customer's card fail from now on, or work again. */
export async function changeCard(_: string, form: FormData) {
  const { customerId } = await requireWorkspace();
  const customer = await findStripeCustomer(customerId);
  if (customer === null) return "Buy something first.";
  await controlSandbox("faults/cards", { customer, mode: form.get("mode") === "decline" ? "decline" : null });
  return "From now on.";
}
