import type { Instant } from "./grant.js";

/** An invoice as its customer may see it. No Stripe id: `number` is what is printed on it. */
export interface Invoice<I extends Instant = Date> {
  number: string | null;
  createdAt: I;
  status: "open" | "paid" | "uncollectible" | "void";
  /** Integer minor units of `currency`, lowercase ISO 4217. */
  total: number;
  amountDue: number;
  currency: string;
  /** Stripe's page for it, where it can be paid or downloaded. */
  hostedUrl: string | null;
  pdfUrl: string | null;
}

/** `GET /invoices[?customerId=&limit=&cursor=]`: a page, newest first, without drafts. */
export interface InvoicesAnswer {
  invoices: Invoice<string>[];
  /** What to ask for the next page with; null when this is the last. */
  cursor: string | null;
}
