import type { ErrorCode } from "@paykit/server/contract";

/** Every text of the components, as it is in English. What is in braces is filled in. */
export type Label =
  | "Buy"
  | "Subscribe"
  | "Upgrade"
  | "Downgrade"
  | "Downgrade on {date}"
  | "Cancel on {date}"
  | "Starts on {date}"
  | "Resume"
  | "Current plan"
  | "Get started"
  | "Manage billing"
  | "Update card"
  | "Free"
  | "Billing period"
  | `Per ${Unit}`
  | `{price} per ${Unit}`
  | `{price} every {count} ${Unit}s`
  | "{quantity} {name}"
  | `{quantity} {name} per ${Unit}`
  | `{quantity} {name} every {count} ${Unit}s`
  | "Unlimited {name}"
  | "Unlimited"
  | "{days} days free"
  | "{usage} of {limit} used"
  | "{usage} used"
  | "Resets on {date}"
  | "Renews on {date}"
  | "Trial ends on {date}"
  | "Ends on {date}"
  | "Changes on {date}"
  | "Payment failed"
  | "Waiting for payment"
  | "Paused"
  | "Invoices"
  | "Date"
  | "Number"
  | "Amount"
  | "Status"
  | "Invoice"
  | "Open"
  | "Paid"
  | "Uncollectible"
  | "Void"
  | "View"
  | "Download"
  | "No invoices yet"
  | "Show more"
  | "Try again";

type Unit = "day" | "week" | "month" | "year";

/**
 * Other texts for some or all of the components' own, by the English one. An error shows what the handler says of it; by its
 * code it shows a text of yours.
 */
export type Labels = Partial<Record<Label | ErrorCode, string>>;
