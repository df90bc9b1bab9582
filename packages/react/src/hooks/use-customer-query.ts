"use client";
import type { WireSnapshot } from "@paykit/server/contract";
import { useQuery } from "@tanstack/react-query";
import { usePayKit } from "../provider/context.js";
import { useConnection } from "../provider/use-connection.js";
import { customerOptions } from "../queries/customer-options.js";

/** Reads a part of the snapshot; renders again only when that part changes. */
export function useCustomerQuery<Part>(
  customerId: string | undefined,
  select: (snapshot: WireSnapshot | null) => Part,
) {
  return useQuery({ ...customerOptions(useConnection(customerId)), select }, usePayKit().queryClient);
}
