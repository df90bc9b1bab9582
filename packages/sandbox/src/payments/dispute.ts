import { DAY } from "../engine/instant.js";
import { newId } from "../world/new-id.js";
import type { Charge } from "../world/objects/charge.js";
import type { Dispute } from "../world/objects/dispute.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { recordBalance } from "./charge.js";
import { cardOf } from "./payment-method.js";

const ANSWER_DAYS = 7;
/** What a dispute can be answered with. */
const EVIDENCE = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_communication",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "customer_signature",
  "duplicate_charge_documentation",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "receipt",
  "refund_policy",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "service_documentation",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_documentation",
  "shipping_tracking_number",
  "uncategorized_file",
  "uncategorized_text",
] as const;

/** The cardholder disputes a charge, or their bank asks about it first. */
export function openDispute(world: World, charge: Charge, kind: "fraudulent" | "inquiry"): Dispute {
  const isInquiry = kind === "inquiry";
  const id = newId("dispute");
  const method = world.get("payment_method", charge.payment_method);
  const now = world.nowFor(charge.customer);
  const dispute = world.put<Dispute>({
    id,
    object: "dispute",
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...Object.fromEntries(EVIDENCE.map((key) => [key, null])), enhanced_evidence: {} },
    evidence_details: {
      due_by: now + ANSWER_DAYS * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    network_reason_code: "10.4",
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: method.card.brand,
        case_type: isInquiry ? "inquiry" : "chargeback",
        network: method.card.brand,
        network_reason_code: "10.4",
      },
      type: "card",
    },
    reason: isInquiry ? "general" : "fraudulent",
    status: isInquiry ? "warning_needs_response" : "needs_response",
  });
  world.track("charge", charge.id, "charge.updated", () =>
    world.change("charge", charge.id, { disputed: true }),
  );
  tell(world, "charge.dispute.created", id);
  if (!isInquiry) moveFunds(world, id, { amount: -charge.amount, type: "charge.dispute.funds_withdrawn" });
  return dispute;
}

/** Evidence is in: the two words of Stripe's test mode decide at once, anything else is under review. */
export function submitEvidence(world: World, id: string): Dispute {
  const dispute = world.get("dispute", id);
  const isInquiry = dispute.status.startsWith("warning_");
  const text = dispute.evidence.uncategorized_text;
  world.change("dispute", id, {
    evidence_details: {
      ...dispute.evidence_details,
      has_evidence: true,
      submission_count: dispute.evidence_details.submission_count + 1,
      submission_method: "manual",
    },
    status: isInquiry ? "warning_under_review" : "under_review",
  });
  tell(world, "charge.dispute.updated", id);
  if (text === "winning_evidence") return closeDispute(world, id, isInquiry ? "warning_closed" : "won");
  if (text === "losing_evidence") return closeDispute(world, id, isInquiry ? "warning_closed" : "lost");
  return world.get("dispute", id);
}

export function closeDispute(world: World, id: string, status: "won" | "lost" | "warning_closed"): Dispute {
  const { amount } = world.change("dispute", id, { status });
  tell(world, "charge.dispute.closed", id);
  if (status === "won") moveFunds(world, id, { amount, type: "charge.dispute.funds_reinstated" });
  return world.get("dispute", id);
}

/** The kind of dispute that the card of a charge brings about, if any. */
export function disputeKind(world: World, charge: Charge): "fraudulent" | "inquiry" | undefined {
  return cardOf(world.get("payment_method", charge.payment_method)).dispute;
}

function moveFunds(world: World, id: string, { amount, type }: { amount: number; type: string }): void {
  const dispute = world.get("dispute", id);
  const { customer } = world.get("charge", dispute.charge);
  const intent = {
    currency: dispute.currency,
    customer,
    description: `Chargeback ${amount < 0 ? "withdrawal" : "reversal"} for ${dispute.charge}`,
  };
  const moved = recordBalance(world, { intent, source: id, amount, type: "adjustment" });
  world.change("dispute", id, { balance_transactions: [...dispute.balance_transactions, moved] });
  tell(world, type, id);
}

function tell(world: World, type: string, id: string): void {
  const dispute = world.get("dispute", id);
  world.emitData(type, renderStored(world, dispute), {
    customer: world.get("charge", dispute.charge).customer,
  });
}
