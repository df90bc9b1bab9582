import type { Customer } from "./operations/customer.js";

/** What every `on` handler gets: what happened, and the customer as they are after it. */
interface EventBase<Type extends string> {
  type: Type;
  /** The same each time the same thing is told, so that a handler can tell a repeat. */
  id: string;
  customerId: string;
  subscriptions: Customer["subscriptions"];
  entitlements: Customer["entitlements"];
}

interface SubscriptionFacts {
  planId: string;
  status: string;
}

/** What the app is told, by type. Each comes after the change is committed, at least once. */
export interface PayKitEvents {
  /** Anything about plans or purchases became different. */
  "customer.updated": EventBase<"customer.updated">;
  /** A plan of a group began to count where none but the default did. */
  "subscription.activated": EventBase<"subscription.activated"> & SubscriptionFacts;
  /** Another plan, price, quantity or status, or an end that was set or taken back. */
  "subscription.changed": EventBase<"subscription.changed"> & SubscriptionFacts & { previousPlanId: string };
  /** A plan is over. `reason: "duplicate"`: it was bought twice, and this one was given back. */
  "subscription.canceled": EventBase<"subscription.canceled"> &
    SubscriptionFacts & { reason?: "duplicate"; refundedAmount?: number };
  /** Three days before the end of a trial. `trialEnd` is ISO 8601. */
  "trial.ending": EventBase<"trial.ending"> & { planId: string | null; trialEnd: string | null };
  /** A payment failed and is still open. Integer minor units; `nextAttemptAt` is ISO 8601. */
  "payment.failed": EventBase<"payment.failed"> & {
    amount: number;
    currency: string;
    attempt: number;
    nextAttemptAt: string | null;
    payUrl: string | null;
  };
  "purchase.completed": EventBase<"purchase.completed"> & PurchaseFacts;
  /** The whole amount went back. `reason: "duplicate"`: it was paid for twice, and PayKit gave this one back. */
  "purchase.refunded": EventBase<"purchase.refunded"> &
    PurchaseFacts & { reason?: "duplicate"; refundedAmount?: number };
}

interface PurchaseFacts {
  purchaseId: string;
  productId: string;
  quantity: number;
}

export type PayKitEventType = keyof PayKitEvents;
export type PayKitEvent = PayKitEvents[PayKitEventType];

/**
 * Handlers by type, and `"*"` for all. They run after the commit, at least once, and not again for an event that was
 * processed. One that throws makes Stripe deliver again; it must bear being called twice.
 */
export type PayKitListeners = {
  [Type in PayKitEventType]?: (event: PayKitEvents[Type]) => void | Promise<void>;
} & { "*"?: (event: PayKitEvent) => void | Promise<void> };
