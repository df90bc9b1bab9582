import type { BalanceTransaction } from "./balance-transaction.js";
import type { Metadata } from "./values.js";

export type Dispute = {
  id: string;
  object: "dispute";
  amount: number;
  balance_transactions: readonly BalanceTransaction[];
  charge: string;
  created: number;
  currency: string;
  enhanced_eligibility_types: readonly string[];
  evidence: Readonly<Record<string, unknown>>;
  evidence_details: {
    due_by: number | null;
    enhanced_eligibility: Readonly<Record<string, unknown>>;
    has_evidence: boolean;
    past_due: boolean;
    submission_count: number;
    submission_method: "manual" | "not_submitted";
  };
  intended_submission_method: null;
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Metadata;
  network_reason_code: string;
  payment_intent: string | null;
  payment_method_details: {
    card: {
      brand: string;
      case_type: "chargeback" | "inquiry";
      network: string;
      network_reason_code: string;
    };
    type: "card";
  };
  reason: string;
  status:
    | "needs_response"
    | "under_review"
    | "won"
    | "lost"
    | "warning_needs_response"
    | "warning_under_review"
    | "warning_closed";
};
