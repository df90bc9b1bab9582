"use client";
import { usePayKit } from "../provider/context.js";
import { customerOptions } from "../queries/customer-options.js";
import type { FeatureId } from "../register.js";
import type { EntitlementView } from "./entitlement-view.js";
import { type UseEntitlementOptions, useEntitlement } from "./use-entitlement.js";
import { useSuspend } from "./use-suspend.js";

export interface KnownEntitlementView extends EntitlementView {
  status: Exclude<EntitlementView["status"], "pending">;
  allowed: boolean;
}

/** `useEntitlement` that suspends instead of being pending. Needs a `<Suspense>` below the provider. */
export function useSuspenseEntitlement(featureId: FeatureId, options: UseEntitlementOptions = {}) {
  const paykit = usePayKit(options.customerId);
  useSuspend(paykit, customerOptions(paykit));
  return useEntitlement(featureId, options) as KnownEntitlementView;
}
