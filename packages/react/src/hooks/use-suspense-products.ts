"use client";
import { usePayKit } from "../provider/context.js";
import { productsOptions } from "../queries/products-options.js";
import { type ProductsView, useProducts } from "./use-products.js";
import { useSuspend } from "./use-suspend.js";

/** `useProducts` that suspends instead of being pending. Needs a `<Suspense>` below the provider. */
export function useSuspenseProducts() {
  const paykit = usePayKit();
  useSuspend(paykit, productsOptions(paykit));
  return useProducts() as ProductsView & { status: "ready" | "error" };
}
