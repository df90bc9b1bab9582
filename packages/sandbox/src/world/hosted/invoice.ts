import type { CardEntry, PaymentOutcome, SavedCard } from "./payment.js";

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
