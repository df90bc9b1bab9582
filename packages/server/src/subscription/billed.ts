import type { Repeat, SubscriptionStatus } from "../contract/index.js";

/** What is billed at Stripe for one customer, in our words: the input of every decision about subscriptions. */
export interface BilledState {
  /** True when the customer was deleted at Stripe. */
  isDeleted: boolean;
  subscriptions: BilledSubscription[];
  payments: BilledPayment[];
  paymentMethod: PaymentMethod | null;
  /** Every price that the subscriptions name, now or in a schedule, by its id at Stripe. */
  prices: ReadonlyMap<string, BilledPrice>;
}

export interface BilledPrice {
  id: string;
  /** Which product of ours it sells, as PayKit wrote on it; null for a price that PayKit did not make. */
  productId: string | null;
  version: string | null;
  /** Integer minor units; null for a price without a single amount. */
  amount: number | null;
  currency: string;
  interval: Repeat | null;
}

export interface BilledItem {
  id: string;
  priceId: string;
  quantity: number;
  currentPeriodStart: Date;
  currentPeriodEnd: Date;
}

export interface BilledSubscription {
  id: string;
  status: SubscriptionStatus;
  items: BilledItem[];
  createdAt: Date;
  /** What the billing periods are counted from. */
  anchorAt: Date;
  /** When it is set to end, however Stripe says it; null while it goes on. */
  cancelAt: Date | null;
  /** Stripe says the end by a flag rather than by a date; the one it said it by is the one to take it back by. */
  cancelsByFlag: boolean;
  /** When somebody asked for the end. */
  canceledAt: Date | null;
  endedAt: Date | null;
  trialStart: Date | null;
  trialEnd: Date | null;
  /** When the oldest unpaid invoice was made; null when everything is paid. */
  unpaidSince: Date | null;
  /** Made by PayKit, by checkout or directly, and not by hand in the dashboard. */
  isOurs: boolean;
  /** Our id of the checkout that it was bought in; null when it was not bought on a page. */
  checkoutId: string | null;
  /** The subscription that this one was bought in place of; null when it stands by itself. */
  replaces: string | null;
  /** Set to end with the trial when nobody has left a card by then. */
  endsWithoutCard: boolean;
  /** The last invoice's id, for a refund. */
  latestInvoiceId: string | null;
  schedule: BilledSchedule | null;
  /** The last invoice, while Stripe is still to collect it by itself; null when nothing is due, or somebody else collects it. */
  openInvoice: OpenInvoice | null;
  /** Prices of items that were removed and are paid for until the end of their period. */
  leaving: string[];
  /** A change waits for its payment; until then nothing about it is in effect. */
  isPending: boolean;
}

export interface OpenInvoice {
  createdAt: Date;
  /** Stripe has asked for the money once: a bank may take days to answer. */
  isAttempted: boolean;
}

/** What will happen next. */
export interface BilledSchedule {
  /** The schedule at Stripe; null when none says it, or not yet: an item is leaving, and the change that is pending is in the way. */
  id: string | null;
  next: { startsAt: Date; items: { priceId: string; quantity: number }[] } | null;
}

/** A paid checkout of a one-time product. */
export interface BilledPayment {
  /** The checkout session. */
  id: string;
  productId: string;
  version: string;
  quantity: number;
  /** What was paid in all, in integer minor units. */
  amount: number;
  currency: string;
  paidAt: Date;
  paymentIntentId: string | null;
  isDisputed: boolean;
  /** When the whole of it was given back, by a refund or a lost dispute; null while it is paid. */
  refundedAt: Date | null;
}

export interface PaymentMethod {
  id: string;
  type: string;
  brand: string | null;
  last4: string | null;
  /** 1 to 12. */
  expiryMonth: number | null;
  expiryYear: number | null;
}
