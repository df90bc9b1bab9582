import type { CardEntry, Challenge, PaymentOutcome, Problem, SavedCard } from "./payment.js";

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
  /** The id of a new session, a copy of one that expired; null where its recovery link leads nowhere (any more). */
  recover(sessionId: string): string | null;
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
