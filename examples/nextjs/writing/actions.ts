"use server";

import { refresh } from "next/cache";
import { requireWorkspace } from "@/auth/workspace";
import { paykit } from "@/billing/paykit";
import { tidy } from "./tidy";

/** What Wren answered, or why it did not. */
export type Reply = { text: string } | { problem: string };

export async function sendMessage(_: Reply | null, form: FormData) {
  return answer(form, { isThorough: false });
}

export async function sendThoroughMessage(_: Reply | null, form: FormData) {
  return answer(form, { isThorough: true });
}

/**
 * One message of the plan's quota: it is taken first, in one step, so that nobody gets more than they have. Not every plan
 * has the thorough editor, and what the page shows is no proof: the server asks again.
 */
async function answer(form: FormData, { isThorough }: { isThorough: boolean }): Promise<Reply> {
  const { customerId } = await requireWorkspace();
  const text = String(form.get("text") ?? "").trim();
  if (text === "") return { problem: "Write a sentence first." };
  if (isThorough) {
    const { allowed } = await paykit.check({ customerId, featureId: "pro_models" });
    if (!allowed) return { problem: "The thorough editor is part of Pro." };
  }
  const { success } = await paykit.report({ customerId, featureId: "messages", amount: 1 });
  refresh();
  if (!success) return { problem: "No messages are left this month. A larger plan has more." };
  return { text: tidy(text, { isThorough }) };
}
