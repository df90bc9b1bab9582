"use client";
import type { WireSnapshot } from "@paykit/server/contract";
import { useQuery } from "@tanstack/react-query";
import type { PayKit } from "../provider/context.js";
import { customerOptions } from "../queries/customer-options.js";

/** Reads a part of the snapshot; renders again only when that part changes. */
export function useCustomerQuery<Part>(paykit: PayKit, select: (snapshot: WireSnapshot | null) => Part) {
  return useQuery({ ...customerOptions(paykit), select }, paykit.queryClient);
}
