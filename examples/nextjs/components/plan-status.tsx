"use client";

import { SubscriptionStatus } from "@paykit/react";

/** Each plan by its name, and what comes next: when it renews or ends. */
export function PlanStatus({ names }: { names: Record<string, string> }) {
  return <SubscriptionStatus nameOf={(planId) => names[planId]} />;
}
