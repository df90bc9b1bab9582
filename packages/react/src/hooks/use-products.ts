"use client";
import type { PublicProduct } from "@paykit/server/contract";
import { useQuery } from "@tanstack/react-query";
import { usePayKit } from "../provider/context.js";
import { productsOptions } from "../queries/products-options.js";
import { type QueryView, viewOf } from "./query-view.js";

export interface ProductsView extends QueryView {
  status: "pending" | "ready" | "error";
  /** Plans and one-time products in the order of the catalog; empty while nothing is known. */
  products: PublicProduct[];
}

export interface UseProductsOptions {
  /** What the server knows already, so that the first paint has it and nothing is asked for. */
  initial?: PublicProduct[] | undefined;
}

const none: PublicProduct[] = [];

/** What is for sale. The same for everybody. */
export function useProducts({ initial }: UseProductsOptions = {}): ProductsView {
  const paykit = usePayKit();
  const initialData = initial && { products: initial };
  const query = useQuery(
    { ...productsOptions(paykit), ...(initialData && { initialData }) },
    paykit.queryClient,
  );
  return viewOf(query, { status: "ready", products: query.data?.products ?? none });
}
