import { minimumCharge } from "./currency.js";

/** What finalizing an invoice asks for, and what it does to the customer's balance (negative is credit). */
export type Settlement = {
  amountDue: number;
  startingBalance: number;
  endingBalance: number;
  /** `charge`: there is something to pay. The other two are paid at once, without a charge. */
  outcome: "charge" | "nothing_due" | "too_small";
};

/**
 * Settles a total against the customer's balance. A credit pays first; a debt is added; a negative total becomes credit;
 * an amount below the currency's minimum charge is not charged but kept on the balance.
 *
 * Source: Stripe, "Customer balance" and the fields `amount_due`, `starting_balance`, `ending_balance` of an invoice.
 */
export function settleInvoice({
  total,
  balance,
  currency,
}: {
  total: number;
  balance: number;
  currency: string;
}): Settlement {
  const due = total + balance;
  const settled = { startingBalance: balance, amountDue: 0 };
  if (due <= 0) return { ...settled, endingBalance: due, outcome: "nothing_due" };
  if (due < minimumCharge(currency)) return { ...settled, endingBalance: due, outcome: "too_small" };
  return { ...settled, amountDue: due, endingBalance: 0, outcome: "charge" };
}
