"use client";

import { useEntitlement, usePayKitCustomer } from "@paykit/react";

const number = new Intl.NumberFormat("en");

/** "Pro · 1,999 of 2,000 messages left" */
export function PlanLine({ names }: { names: Record<string, string> }) {
  const { customer } = usePayKitCustomer();
  const { balance, limit } = useEntitlement("messages");
  const planId = customer?.subscriptions.find(
    ({ group, isEntitled }) => group === "base" && isEntitled,
  )?.planId;
  if (planId === undefined || balance == null || limit == null) return null;
  return (
    <p className="plan-line" role="status">
      <strong>{names[planId]}</strong> · {number.format(balance)} of {number.format(limit)} messages left
    </p>
  );
}
