"use client";
import type { WireSnapshot } from "@paykit/server/contract";
import { useQuery } from "@tanstack/react-query";
import { usePayKit } from "../provider/context.js";
import { customerOptions } from "../queries/customer-options.js";

/** Reads a part of the snapshot; renders again only when that part changes. */
export function useCustomerQuery<Part>(
  customerId: string | undefined,
  select: (snapshot: WireSnapshot | null) => Part,
) {
  const paykit = usePayKit(customerId);
  return useQuery({ ...customerOptions(paykit), select }, paykit.queryClient);
}
