"use server";

import { redirect } from "next/navigation";
import { requireUser } from "@/auth/session";
import { paykit } from "./paykit";

/** Sends the person to Stripe's portal: card, invoices, cancel, resume. */
export async function openPortal() {
  const { id } = await requireUser();
  const { url } = await paykit.customerPortal({ customerId: id, returnUrl: "/billing" });
  redirect(url);
}
