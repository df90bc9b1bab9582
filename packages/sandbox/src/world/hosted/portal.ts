import type { CardEntry, PaymentOutcome, Problem, SavedCard } from "./payment.js";

export type PortalPrice = {
  id: string;
  productId: string;
  productName: string;
  unitAmount: number | null;
  currency: string;
  interval: string;
  intervalCount: number;
};

export type PortalSubscription = {
  id: string;
  status: string;
  items: { id: string; price: PortalPrice; quantity: number }[];
  currency: string;
  /** What the next invoice takes, before usage. */
  amount: number;
  currentPeriodEnd: number;
  trialEnd: number | null;
  /** When it ends, when it is set to end. */
  cancelAt: number | null;
  /** Whether `resume` takes the cancellation back. */
  canResume: boolean;
  canCancel: boolean;
  canChange: boolean;
  canPause: boolean;
  isPaused: boolean;
};

export type PortalInvoice = {
  id: string;
  number: string | null;
  createdAt: number;
  status: string;
  total: number;
  currency: string;
  description: string;
  hostedUrl: string | null;
};

/** A deep link: the portal opens at this step, and goes where `after` says when it is done. */

export type PortalFlow = {
  type:
    | "payment_method_update"
    | "subscription_cancel"
    | "subscription_update"
    | "subscription_update_confirm"
    | "subscription_pause"
    | "customer_update";
  subscriptionId: string | null;
  /** Of `subscription_update_confirm`: the change to confirm. */
  change: { itemId: string; priceId: string | null; quantity: number | null } | null;
  after: {
    type: "hosted_confirmation" | "portal_homepage" | "redirect";
    returnUrl: string | null;
    message: string | null;
  };
};

export type PortalView = {
  id: string;
  customer: { id: string; name: string | null; email: string | null; phone: string | null };
  headline: string | null;
  returnUrl: string | null;
  flow: PortalFlow | null;
  subscriptions: PortalSubscription[];
  cards: SavedCard[];
  invoices: PortalInvoice[];
  features: {
    /** The fields that may be edited. */
    customerUpdate: string[];
    invoiceHistory: boolean;
    paymentMethodUpdate: boolean;
    cancel: { mode: "at_period_end" | "immediately"; reasons: string[] } | null;
    /** `prices` are those that may be switched to. */
    update: { prices: PortalPrice[]; allows: string[] } | null;
  };
};

export type ChangePreview = {
  lines: { description: string; amount: number }[];
  dueNow: number;
  currency: string;
  /** When it takes effect: at once, or at the period's end. */
  effectiveAt: number;
  next: { amount: number; at: number };
};

export interface PortalOperations {
  get(portalSessionId: string): PortalView | null;
  cancel(
    portalSessionId: string,
    subscriptionId: string,
    reason: { feedback?: string; comment?: string },
  ): Problem | null;
  resume(portalSessionId: string, subscriptionId: string): Problem | null;
  pause(portalSessionId: string, subscriptionId: string): Problem | null;
  previewChange(
    portalSessionId: string,
    subscriptionId: string,
    change: { priceId?: string; quantity?: number },
  ): ChangePreview | Problem;
  change(
    portalSessionId: string,
    subscriptionId: string,
    change: { priceId?: string; quantity?: number; promotionCode?: string },
  ): PaymentOutcome;
  /** Adds the card and makes it the default, for the customer and the subscriptions. */
  addCard(portalSessionId: string, card: CardEntry): PaymentOutcome;
  makeDefault(portalSessionId: string, cardId: string): Problem | null;
  removeCard(portalSessionId: string, cardId: string): Problem | null;
  updateCustomer(
    portalSessionId: string,
    change: { name?: string; email?: string; phone?: string },
  ): Problem | null;
}
