import type { ChangeKind } from "./change.js";
import type { Instant } from "./grant.js";
import type { Invoice } from "./invoice.js";
import type { WithCustomer } from "./routes.js";

/** What `subscribe` would do, by the same path. Money is in integer minor units of `currency`, lowercase ISO 4217. */
export interface SubscribePreview<I extends Instant = Date> {
  kind: ChangeKind;
  /** What the next invoice would say: a credit for unused time is below 0. */
  lines: { description: string; amount: number }[];
  /** What is paid at `effectiveAt`, not below 0. */
  total: number;
  currency: string;
  /** When the change happens: now, or at the end of what is paid. */
  effectiveAt: I;
  /**
   * As of when unused time is counted. Handed on to `subscribe` within an hour, the invoice says this total to the cent.
   * Null where nothing is counted, or where a new period begins and Stripe counts as of the second that it is made.
   */
  quotedAt: I | null;
  /** The payment after that; null when none follows. */
  next: { total: number; at: I } | null;
}

export interface SubscribeResult<I extends Instant = Date> {
  /** The checkout page to send the person to; null when the change is made already. */
  paymentUrl: string | null;
  /** The invoice that the change was paid with; null when nothing was due. */
  invoice: Invoice<I> | null;
  /** The bank wants the person to confirm the payment, on the invoice's page; null when not. */
  requiredAction: { type: "confirm_payment"; url: string } | null;
}

/** `POST /subscribe` answers with the result and the snapshot after it. */
export type SubscribeAnswer = SubscribeResult<string> & WithCustomer;

/** `POST /subscribe/preview` answers with the preview alone: it changes nothing. */
export type PreviewAnswer = SubscribePreview<string>;
