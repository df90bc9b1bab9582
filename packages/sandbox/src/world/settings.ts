import { type DunningPolicy, SMART_RETRIES } from "../engine/dunning.js";

/**
 * What an account can set at Stripe's dashboard, and what Stripe's documentation leaves open; each with its default.
 */
export type Settings = {
  /** Retries of a failed renewal, and what happens after the last. Default: 8 within two weeks, then `cancel`. */
  dunning: DunningPolicy;
  /** Days before a renewal that `invoice.upcoming` is sent; 0 never. Default 7. */
  upcomingInvoiceDays: number;
  /**
   * Under flexible billing, whether a change to another interval is invoiced at once or with the next invoice; Stripe's
   * pages disagree. Default `invoice`.
   */
  intervalChange: "invoice" | "pending";
  accountName: string;
  accountCountry: string;
};

export const DEFAULT_SETTINGS: Settings = {
  dunning: SMART_RETRIES,
  upcomingInvoiceDays: 7,
  intervalChange: "invoice",
  accountName: "Sandbox",
  accountCountry: "US",
};
