"use client";
import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { usePayKitCustomer } from "../hooks/use-paykit-customer.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { useFormat } from "../provider/use-format.js";
import { BillingPortalButton } from "./billing-portal-button.js";
import { messageOf, needsPayment } from "./subscription-message.js";

export interface SubscriptionStatusProps
  extends ForCustomer,
    Omit<ComponentPropsWithoutRef<"ul">, "children"> {
  /** What a plan is called. Default: its id. */
  nameOf?: (planId: string) => ReactNode;
}

/** Each plan and what comes next: when it renews, ends or changes, or that a payment failed, with a way to put it right. */
export function SubscriptionStatus({
  customerId,
  nameOf = (planId) => planId,
  ...list
}: SubscriptionStatusProps) {
  const { customer, status } = usePayKitCustomer({ customerId });
  const { text, date } = useFormat();
  return (
    <ul {...list} data-paykit="subscription-status" data-state={status}>
      {customer?.subscriptions.map((subscription) => {
        const message = messageOf(subscription);
        return (
          <li
            key={subscription.planId}
            data-status={subscription.status}
            data-ending={subscription.endsAt !== null}
          >
            <span data-part="plan">{nameOf(subscription.planId)}</span>
            {message && <span data-part="message">{text(message[0], { date: date(message[1]) })}</span>}
            {needsPayment(subscription) && (
              <BillingPortalButton flow="update_card" customerId={customerId}>
                {text("Update card")}
              </BillingPortalButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}
