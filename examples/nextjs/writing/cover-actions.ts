"use server";

import { refresh } from "next/cache";
import { requireWorkspace } from "@/auth/workspace";
import { paykit } from "@/billing/paykit";
import { coverPrice } from "./cover-price";
import { drawCover } from "./draw-cover";

export type Cover = { title: string; image: string } | { problem: string };

/** A cover costs credits. They are taken only when there are enough, also when two tabs ask at once. */
export async function makeCover(_: Cover | null, form: FormData): Promise<Cover> {
  const { customerId } = await requireWorkspace();
  const title = String(form.get("title") ?? "").trim();
  if (title === "") return { problem: "Give the cover a title first." };

  const { success } = await paykit.report({ customerId, featureId: "credits", amount: coverPrice });
  refresh();
  if (!success) return { problem: `A cover takes ${coverPrice} credits, and you have fewer.` };
  return { title, image: drawCover(title) };
}
