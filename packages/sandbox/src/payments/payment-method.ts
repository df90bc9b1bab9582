import { createHash } from "node:crypto";
import { invalid, missing, missingReference } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type { PaymentMethod } from "../world/objects/payment-method.js";
import { type BillingDetails, type Metadata, NO_BILLING_DETAILS } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { decideSetup } from "./decide-charge.js";
import { cardError } from "./decline.js";
import { findNamedCard, findTestCard, type TestCard } from "./test-cards.js";

export type NewPaymentMethod = {
  card: TestCard;
  expMonth?: number;
  expYear?: number;
  billingDetails?: Partial<BillingDetails>;
  metadata?: Metadata;
};

/** A payment method of a card, not attached to anybody. */
export function createPaymentMethod(
  world: World,
  { card, expMonth, expYear, billingDetails, metadata = {} }: NewPaymentMethod,
): PaymentMethod {
  const now = world.nowOn(null);
  return world.put<PaymentMethod>({
    id: newId("payment_method"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { ...NO_BILLING_DETAILS, ...billingDetails },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
      country: "US",
      display_brand: card.brand,
      exp_month: expMonth ?? 12,
      exp_year: expYear ?? new Date(now * 1_000).getUTCFullYear() + 8,
      fingerprint: fingerprint(card.number),
      funding: card.funding ?? "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: card.brand !== "jcb" },
      wallet: null,
    },
    created: now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata,
    type: "card",
    hidden: { number: card.number, isSetUp: false, wasDetached: false },
  });
}

/** A payment method by its id; a test id such as `pm_card_visa` makes a fresh one. */
export function findPaymentMethod(world: World, id: string, param = "payment_method"): PaymentMethod {
  const found = world.find("payment_method", id);
  if (found) return found;
  const card = findNamedCard(id);
  if (!card)
    throw param === "id" ? missing("PaymentMethod", id) : missingReference("PaymentMethod", id, param);
  return createPaymentMethod(world, { card });
}

/** @throws ApiError 402 for a card that refuses to be saved, 400 for one that is another's or was detached */
export function attachPaymentMethod(world: World, id: string, customer: string): PaymentMethod {
  const method = findPaymentMethod(world, id, "id");
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalid("This payment method is already attached to another customer.", {
      code: "resource_already_exists",
    });
  }
  if (method.hidden.wasDetached) {
    throw invalid("This payment method was detached from its customer and cannot be used again.");
  }
  const verdict = decideSetup(cardOf(method), true);
  if (verdict.type === "declined") throw cardError(verdict.decline, {}, false);
  return bindPaymentMethod(world, method.id, customer);
}

/** Attaches without asking the bank: its answer is known already. */
export function bindPaymentMethod(world: World, id: string, customer: string): PaymentMethod {
  const method = world.get("payment_method", id);
  if (method.customer === customer) return method;
  const checks = { ...method.card.checks, cvc_check: "pass" };
  const attached = world.change("payment_method", id, { customer, card: { ...method.card, checks } });
  world.emit("payment_method.attached", attached);
  return attached;
}

/** How the card of a payment method behaves. */
export function cardOf({ hidden }: PaymentMethod): TestCard {
  const card = findTestCard(hidden.number);
  if (!card) throw new Error(`no test card has the number ${hidden.number}`);
  return card;
}

function fingerprint(number: string): string {
  return createHash("sha256").update(number).digest("base64url").replace(/[-_]/g, "x").slice(0, 16);
}
