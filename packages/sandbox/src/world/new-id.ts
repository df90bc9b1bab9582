import { randomBytes } from "node:crypto";
import type { Noun } from "./objects/index.js";

const PREFIXES: Partial<Record<Noun | "line_item" | "request", string>> = {
  "billing.meter": "mtr_test_61",
  "billing_portal.configuration": "bpc",
  "billing_portal.session": "bps",
  "checkout.session": "cs_test",
  "entitlements.active_entitlement": "ent_test_61",
  "entitlements.feature": "feat_test_61",
  "test_helpers.test_clock": "clock",
  balance_transaction: "txn",
  charge: "ch",
  customer: "cus",
  customer_balance_transaction: "cbtxn",
  discount: "di",
  dispute: "du",
  event: "evt",
  invoice: "in",
  invoice_payment: "inpay",
  invoiceitem: "ii",
  item: "li",
  line_item: "il",
  payment_intent: "pi",
  payment_method: "pm",
  price: "price",
  product: "prod",
  product_feature: "prodft_test_61",
  promotion_code: "promo",
  refund: "re",
  request: "req",
  setup_attempt: "setatt",
  setup_intent: "seti",
  subscription: "sub",
  subscription_item: "si",
  subscription_schedule: "sub_sched",
  webhook_endpoint: "we",
};

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A fresh id with the prefix of its kind, e.g. `cus_NffrFeUfNV2Hib`. */
export function newId(noun: Noun | "line_item" | "request"): string {
  const prefix = PREFIXES[noun] ?? noun;
  return prefix.endsWith("_61") ? `${prefix}${randomText(14)}` : `${prefix}_${randomText(24)}`;
}

/** Letters and digits, every one equally likely. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    const byte = nextByte();
    // 248 is the largest multiple of 62 within a byte.
    if (byte < 248) text += ALPHABET[byte % 62];
  }
  return text;
}

const POOL_SIZE = 4_096;
let pool = randomBytes(POOL_SIZE);
let taken = 0;

/** Random bytes are fetched by the thousand: a call for each id would cost more than the rest of a renewal. */
function nextByte(): number {
  if (taken === POOL_SIZE) {
    pool = randomBytes(POOL_SIZE);
    taken = 0;
  }
  const byte = pool[taken] ?? 0;
  taken += 1;
  return byte;
}
