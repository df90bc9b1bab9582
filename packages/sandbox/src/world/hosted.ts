/**
 * What the hosted pages (checkout, portal, invoice, dashboard) may know and do. The pages turn requests into these calls
 * and outcomes into HTML; every rule and every change of state lies behind this interface.
 *
 * A page module exports `createHostedPages(operations: HostedOperations): Hono`, which serves
 * `/c/pay/:sessionId`, `/c/challenge/:id`, `/p/session/:id`, `/i/:invoiceId` and the dashboard at `/`.
 *
 * Amounts are integers in minor units of `currency`; instants are seconds since 1970. Every method is synchronous but
 * `replay` and `advance`. Reads return null for an id that does not exist. A `Problem` is for a person to read.
 */
export interface HostedOperations {
  checkout: CheckoutOperations;
  portal: PortalOperations;
  invoices: InvoiceOperations;
  dashboard: DashboardOperations;
}

/** What a person typed into a card form, as typed: `4242 4242 4242 4242`, `12 / 34`, `123`. */
export type CardEntry = { number: string; expiry: string; cvc: string; name?: string; postalCode?: string };

/** A field that was filled in wrongly, or a request that cannot be met; `message` is for the person. */
export type Problem = { type: "problem"; field: string | null; message: string };

/**
 * What came of a payment. `declined` may be tried again on the same page; `challenge` must be answered first, at
 * `/c/challenge/:challengeId`; `done` goes on to `redirectUrl` (null: stay and say thank you).
 */
export type PaymentOutcome =
  | { type: "done"; redirectUrl: string | null }
  | { type: "declined"; message: string; code: string; declineCode: string | null }
  | { type: "challenge"; challengeId: string }
  | { type: "gone"; message: string }
  | Problem;

export type SavedCard = {
  id: string;
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
  isDefault: boolean;
};

export type CheckoutLine = {
  id: string;
  name: string;
  description: string | null;
  quantity: number;
  /** Before discounts, for the whole quantity; what is due now (0 in a trial). */
  amount: number;
  unitAmount: number | null;
  recurring: { interval: string; intervalCount: number; isMetered: boolean } | null;
  adjustable: { minimum: number; maximum: number } | null;
};

export type CheckoutView = {
  id: string;
  mode: "subscription" | "payment" | "setup";
  status: "open" | "complete" | "expired";
  currency: string;
  lines: CheckoutLine[];
  subtotal: number;
  discounts: { label: string; amount: number }[];
  /** Due today. */
  total: number;
  /** What is charged later and how often: of a trial after it, else every period; null without a subscription. */
  later: { amount: number; interval: string; intervalCount: number; from: number } | null;
  trialEnd: number | null;
  allowsPromotionCodes: boolean;
  /** The code that is applied now. */
  promotionCode: string | null;
  needsCard: boolean;
  needsTermsOfService: boolean;
  /** Prefilled and fixed when the session names a customer who has one. */
  email: string | null;
  emailIsFixed: boolean;
  savedCards: SavedCard[];
  customFields: {
    key: string;
    label: string;
    type: string;
    optional: boolean;
    options: { label: string; value: string }[];
  }[];
  submitType: string | null;
  submitMessage: string | null;
  cancelUrl: string | null;
  /** Where a completed session goes. */
  successUrl: string | null;
  expiresAt: number;
};

export type CheckoutPayment = {
  /** A new card, or one of `savedCards`; neither when `needsCard` is false. */
  card?: CardEntry;
  savedCardId?: string;
  email?: string;
  name?: string;
  termsAccepted?: boolean;
  customFields?: Record<string, string>;
};

export interface CheckoutOperations {
  get(sessionId: string): CheckoutView | null;
  changeQuantity(sessionId: string, change: { lineId: string; quantity: number }): Problem | null;
  /** An unknown, expired or unfitting code is a Problem on field `promotionCode`. */
  applyPromotionCode(sessionId: string, code: string): Problem | null;
  removePromotionCode(sessionId: string): void;
  pay(sessionId: string, payment: CheckoutPayment): PaymentOutcome;
  /** The 3D Secure step that a payment stands before, wherever it began; null when unknown or answered. */
  challenge(challengeId: string): Challenge | null;
  /** `passed: false` is the person failing or leaving the step: the payment is declined and may be tried again. */
  answerChallenge(challengeId: string, passed: boolean): PaymentOutcome;
}

export type Challenge = {
  id: string;
  amount: number;
  currency: string;
  last4: string;
  /** Where the payment began, to go back to when it fails. */
  returnPath: string;
};

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

export type InvoiceView = {
  id: string;
  number: string | null;
  status: string;
  currency: string;
  customer: { name: string | null; email: string | null };
  createdAt: number;
  dueAt: number | null;
  paidAt: number | null;
  lines: {
    description: string;
    quantity: number | null;
    amount: number;
    period: { start: number; end: number };
  }[];
  subtotal: number;
  discounts: { label: string; amount: number }[];
  total: number;
  appliedBalance: number;
  amountDue: number;
  amountRemaining: number;
  savedCards: SavedCard[];
};

export interface InvoiceOperations {
  get(invoiceId: string): InvoiceView | null;
  pay(invoiceId: string, payment: { card?: CardEntry; savedCardId?: string }): PaymentOutcome;
}

/** An object as the API answers it. */
export type ApiObject = Readonly<Record<string, unknown>> & { readonly object: string };

export type DeliveryView = {
  url: string;
  state: "waiting" | "delivered" | "failed" | "dropped";
  attempts: { at: Date; status: number | null; error: string | null }[];
  nextAttemptAt: Date | null;
};

export type EventView = {
  event: ApiObject & { id: string; type: string; created: number };
  deliveries: DeliveryView[];
};

export type AdvanceStep = "day" | "week" | "month" | "next_renewal";

export interface DashboardOperations {
  /** The newest objects of a kind, by their API name: `customer`, `subscription`, `invoice`, `payment_intent`, ... */
  list(object: string, options?: { limit?: number }): ApiObject[];
  get(object: string, id: string): ApiObject | null;
  events(options?: { limit?: number }): EventView[];
  /** Sends the event again to every endpoint, and resolves when all have answered. */
  replay(eventId: string): Promise<void>;
  clock: {
    now(): Date;
    /** When the next subscription renews or a trial ends; null when none will. */
    nextRenewalAt(): Date | null;
    advance(step: AdvanceStep): Promise<void>;
  };
}
