"use server";

import { refresh } from "next/cache";
import { requireWorkspace } from "@/auth/workspace";
import { paykit } from "@/billing/paykit";
import { controlSandbox, findStripeCustomer } from "./sandbox";

const dayMs = 86_400_000;

/** Lets days pass for the customer: renewals, retries of a failed payment, resets and ends happen on the way. */
export async function travel(form: FormData) {
  const { customerId } = await requireWorkspace();
  const days = Number(form.get("days"));
  const { now } = await paykit.getTestClock({ customerId });
  await paykit.advanceTestClock({ customerId, to: new Date(now.getTime() + days * dayMs) });
  refresh();
}

/** Holds the sandbox's webhooks back, drops them, or lets them through again. */
export async function changeWebhooks(form: FormData) {
  const faults = { hold: { delayMs: 30_000 }, drop: { drop: true }, deliver: null };
  const mode = form.get("mode");
  if (mode === "hold" || mode === "drop" || mode === "deliver") {
    await controlSandbox("faults/webhooks", faults[mode]);
  }
  refresh();
}

/** Makes the customer's card fail from now on, or work again. */
export async function changeCard(form: FormData) {
  const { customerId } = await requireWorkspace();
  const customer = await findStripeCustomer(customerId);
  const mode = form.get("mode") === "decline" ? "decline" : null;
  if (customer !== null) await controlSandbox("faults/cards", { customer, mode });
  refresh();
}
