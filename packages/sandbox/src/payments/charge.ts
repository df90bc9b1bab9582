import { newId, randomText } from "../world/new-id.js";
import type { BalanceTransaction } from "../world/objects/balance-transaction.js";
import type { Charge, ChargeOutcome } from "../world/objects/charge.js";
import type { PaymentIntent } from "../world/objects/intent.js";
import type { PaymentMethod } from "../world/objects/payment-method.js";
import type { World } from "../world/world.js";
import type { Decline } from "./decline.js";
import { cardOf } from "./payment-method.js";

/** One attempt of an intent on a card: the charge is there whether it went through or not. */
export function createCharge(
  world: World,
  { intent, method, decline }: { intent: PaymentIntent; method: PaymentMethod; decline: Decline | null },
): Charge {
  const id = newId("charge");
  const captured = decline === null && intent.capture_method !== "manual";
  return world.put<Charge>({
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: captured
      ? recordBalance(world, { intent, source: id, amount: intent.amount, type: "charge" }).id
      : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor ?? "SANDBOX",
    captured,
    created: world.nowFor(intent.customer),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(method, decline),
    paid: decline === null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(intent, method), type: "card" },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline === null ? "succeeded" : "failed",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  });
}

/** What a movement of money does to the account's balance; charges cost 2.9 % and 30 minor units. */
export function recordBalance(
  world: World,
  {
    intent,
    source,
    amount,
    type,
  }: {
    intent: { currency: string; customer: string | null; description: string | null };
    source: string;
    amount: number;
    type: BalanceTransaction["type"];
  },
): BalanceTransaction {
  const now = world.nowFor(intent.customer);
  const fee = type === "charge" ? Math.round((amount * 29) / 1_000) + 30 : 0;
  return world.put<BalanceTransaction>({
    id: newId("balance_transaction"),
    object: "balance_transaction",
    amount,
    available_on: now,
    balance_type: "payments",
    created: now,
    currency: intent.currency,
    description: intent.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: intent.currency,
              description: "Stripe processing fees",
              type: "stripe_fee",
            },
          ],
    net: amount - fee,
    reporting_category: type === "adjustment" ? "dispute" : type,
    source,
    status: "available",
    type,
  });
}

function outcomeOf(method: PaymentMethod, decline: Decline | null): ChargeOutcome {
  const isBlocked = cardOf(method).isHighRisk === true;
  if (decline === null) {
    return {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: "approved_by_network",
      reason: null,
      risk_level: "normal",
      risk_score: 20,
      seller_message: "Payment complete.",
      type: "authorized",
    };
  }
  return {
    advice_code: isBlocked ? "do_not_try_again" : "try_again_later",
    network_advice_code: null,
    network_decline_code: null,
    network_status: isBlocked ? "not_sent_to_network" : "declined_by_network",
    reason: isBlocked ? "highest_risk_level" : (decline.declineCode ?? decline.code),
    risk_level: isBlocked ? "highest" : "normal",
    risk_score: isBlocked ? 90 : 20,
    seller_message: isBlocked ? "Blocked as too risky." : "The bank refused the payment.",
    type: isBlocked ? "blocked" : "issuer_declined",
  };
}

function cardDetails(intent: PaymentIntent, { card }: PaymentMethod) {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card;
  return {
    amount_authorized: intent.amount,
    authorization_code: randomText(6).toUpperCase(),
    brand,
    checks: { ...checks, cvc_check: checks.cvc_check ?? "pass" },
    country,
    electronic_commerce_indicator: null,
    exp_month,
    exp_year,
    fingerprint,
    funding,
    installments: null,
    last4,
    mandate: null,
    network: brand,
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: intent.hidden.hasPassedChallenge
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: null,
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}
