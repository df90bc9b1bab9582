"use server";

import { redirect } from "next/navigation";
import { requireWorkspace } from "@/auth/workspace";
import { paykit } from "./paykit";

/** Sends the person to Stripe's portal: card, invoices, cancel, resume. */
export async function openPortal() {
  const { customerId } = await requireWorkspace();
  const { url } = await paykit.customerPortal({ customerId, returnUrl: "/billing" });
  redirect(url);
}
