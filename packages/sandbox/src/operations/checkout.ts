import { lineItemsOf, subscriptionDataOf, totalSession, trialEndOf } from "../billing/checkout-order.js";
import { answerChallenge } from "../billing/collect-invoice.js";
import {
  answerCheckoutChallenge,
  type CheckoutResult,
  completeCheckout,
  type Payer,
} from "../billing/complete-checkout.js";
import { codeFault } from "../billing/discounts.js";
import { isMetered, toTerms } from "../billing/price-terms.js";
import { periodAt } from "../engine/cadence.js";
import { priceAmount } from "../engine/price-lines.js";
import { enterCard } from "../payments/enter-card.js";
import { createPaymentMethod } from "../payments/payment-method.js";
import { answerSetupChallenge } from "../payments/setup-intent.js";
import type {
  Challenge,
  CheckoutLine,
  CheckoutOperations,
  CheckoutPayment,
  CheckoutView,
  PaymentOutcome,
  Problem,
} from "../world/hosted.js";
import type { CheckoutLineItem, CheckoutSession } from "../world/objects/checkout.js";
import { savedCards } from "../world/saved-cards.js";
import type { World } from "../world/world.js";
import { couponOf, describeCoupon, laterDiscount } from "./session-coupon.js";

/** The hosted checkout's side of `HostedOperations`. */
export function checkoutOperations(world: World): CheckoutOperations {
  return {
    get: (id) => {
      const session = world.find("checkout.session", id);
      return session === undefined ? null : view(world, session);
    },
    changeQuantity: (id, change) => world.transact(() => changeQuantity(world, id, change)),
    applyPromotionCode: (id, code) => world.transact(() => applyPromotionCode(world, id, code)),
    removePromotionCode: (id) => {
      world.transact(() => {
        if (world.find("checkout.session", id)?.allow_promotion_codes !== true) return;
        world.change("checkout.session", id, { discounts: [] });
        totalSession(world, id);
      });
    },
    pay: (id, payment) => world.transact(() => pay(world, id, payment)),
    challenge: (id) => challenge(world, id),
    answerChallenge: (id, passed) => world.transact(() => answer(world, id, passed)),
  };
}

function view(world: World, session: CheckoutSession): CheckoutView {
  const customer = session.customer === null ? undefined : world.find("customer", session.customer);
  const [discount] = session.discounts;
  const code = discount?.promotion_code ? world.get("promotion_code", discount.promotion_code) : null;
  const coupon = couponOf(world, session);
  const off = session.total_details?.amount_discount ?? 0;
  return {
    id: session.id,
    mode: session.mode,
    status: session.status,
    currency: session.currency ?? "usd",
    lines: lineItemsOf(world, session).map((item) => line(world, item)),
    subtotal: session.amount_subtotal ?? 0,
    discounts: coupon === null ? [] : [{ label: describeCoupon(coupon, code?.code ?? null), amount: off }],
    total: session.amount_total ?? 0,
    later: later(world, session),
    trialEnd: trialEndOf(world, session),
    allowsPromotionCodes: session.allow_promotion_codes === true,
    promotionCode: code?.code ?? null,
    needsCard: needsCard(session),
    needsTermsOfService: session.consent_collection?.terms_of_service === "required",
    email: customer?.email ?? session.customer_email ?? session.customer_details?.email ?? null,
    emailIsFixed:
      (customer?.email ?? session.customer_email) !== null &&
      (customer?.email ?? session.customer_email) !== undefined,
    savedCards: session.mode === "setup" ? [] : savedCards(world, session.customer),
    customFields: session.custom_fields.map(({ key, label, type, optional, dropdown }) => ({
      key,
      label: label.custom ?? key,
      type,
      optional,
      options: [...(dropdown?.options ?? [])],
    })),
    submitType: session.submit_type,
    submitMessage: session.custom_text.submit?.message ?? null,
    cancelUrl: session.cancel_url,
    successUrl: redirectUrl(session),
    expiresAt: session.expires_at,
  };
}

function line(world: World, item: CheckoutLineItem): CheckoutLine {
  const price = world.get("price", item.price);
  const product = world.get("product", price.product);
  const adjustable = item.adjustable_quantity;
  return {
    id: item.id,
    name: product.name,
    description: product.description,
    quantity: item.quantity ?? 1,
    amount: item.amount_subtotal,
    unitAmount: price.unit_amount,
    recurring: price.recurring
      ? {
          interval: price.recurring.interval,
          intervalCount: price.recurring.interval_count,
          isMetered: isMetered(price),
        }
      : null,
    adjustable: adjustable?.enabled
      ? { minimum: adjustable.minimum ?? 0, maximum: adjustable.maximum ?? 99 }
      : null,
  };
}

/** What the subscription takes every period from the first full one on. */
function later(world: World, session: CheckoutSession): CheckoutView["later"] {
  if (session.mode !== "subscription") return null;
  const recurring = lineItemsOf(world, session).filter(
    ({ price }) => world.get("price", price).recurring !== null,
  );
  const first = recurring[0] && world.get("price", recurring[0].price).recurring;
  if (!first) return null;
  const amount = recurring.reduce((sum, item) => {
    const price = world.get("price", item.price);
    return isMetered(price) ? sum : sum + priceAmount(toTerms(price), String(item.quantity ?? 1));
  }, 0);
  const now = world.nowFor(session.customer);
  const anchor = trialEndOf(world, session) ?? subscriptionDataOf(session).billing_cycle_anchor ?? null;
  const from =
    anchor ??
    periodAt({ interval: first.interval, intervalCount: first.interval_count, anchor: now }, now).end;
  const off = laterDiscount(world, session, { amount, now, from });
  return { amount: amount - off, interval: first.interval, intervalCount: first.interval_count, from };
}

/** Only a subscription that costs nothing today may do without a card, and only when the session says so. */
function needsCard({ mode, payment_method_collection, amount_total }: CheckoutSession): boolean {
  if (mode === "setup") return true;
  return (amount_total ?? 0) > 0 || (mode === "subscription" && payment_method_collection !== "if_required");
}

function changeQuantity(
  world: World,
  id: string,
  { lineId, quantity }: { lineId: string; quantity: number },
): Problem | null {
  const session = world.find("checkout.session", id);
  const item = session?.hidden.lineItems.includes(lineId) ? world.get("item", lineId) : undefined;
  const range = item?.adjustable_quantity;
  if (session?.status !== "open" || item === undefined || !range?.enabled) {
    return problem("quantity", "The quantity of this item cannot be changed.");
  }
  const [minimum, maximum] = [range.minimum ?? 0, range.maximum ?? 99];
  if (!Number.isInteger(quantity) || quantity < minimum || quantity > maximum) {
    return problem("quantity", `Choose a quantity from ${minimum} to ${maximum}.`);
  }
  world.change("item", lineId, { quantity });
  totalSession(world, id);
  return null;
}

function applyPromotionCode(world: World, id: string, text: string): Problem | null {
  const session = world.find("checkout.session", id);
  if (session?.status !== "open" || session.allow_promotion_codes !== true) {
    return problem("promotionCode", "This order takes no promotion codes.");
  }
  const wanted = text.trim().toLowerCase();
  const codes = world.list("promotion_code").filter(({ code }) => code.toLowerCase() === wanted);
  const code = codes.find(({ active }) => active) ?? codes[0];
  if (code === undefined) return problem("promotionCode", "This code is invalid.");
  const fault = codeFault(world, code, session.customer) ?? amountFault(session, code.restrictions);
  if (fault !== null) return problem("promotionCode", fault);
  world.change("checkout.session", id, { discounts: [{ coupon: null, promotion_code: code.id }] });
  totalSession(world, id);
  return null;
}

function amountFault(
  { amount_subtotal, currency }: CheckoutSession,
  {
    minimum_amount,
    minimum_amount_currency,
  }: { minimum_amount: number | null; minimum_amount_currency: string | null },
): string | null {
  if (minimum_amount === null || minimum_amount_currency !== currency) return null;
  return (amount_subtotal ?? 0) >= minimum_amount ? null : "This order is too small for this promotion code.";
}

function pay(world: World, id: string, payment: CheckoutPayment): PaymentOutcome {
  const session = world.find("checkout.session", id);
  if (session === undefined) return { type: "gone", message: "There is no such checkout." };
  if (session.status === "complete") return { type: "done", redirectUrl: redirectUrl(session) };
  if (session.status === "expired")
    return { type: "gone", message: "This checkout has expired. Go back and begin again." };
  const fault = readEntry(world, session, payment);
  if (fault !== null) return fault;
  const payer = toPayer(world, world.get("checkout.session", id), payment);
  if ("type" in payer) return payer;
  return outcome(world, id, completeCheckout(world, id, payer));
}

/** Takes what the person filled in besides the card. */
function readEntry(world: World, session: CheckoutSession, payment: CheckoutPayment): Problem | null {
  const { email } = view(world, session);
  if (email === null && !/^\S+@\S+\.\S+$/.test(payment.email ?? ""))
    return problem("email", "Enter your email address.");
  if (session.consent_collection?.terms_of_service === "required") {
    if (!payment.termsAccepted) return problem("termsOfService", "Accept the terms of service to go on.");
    world.change("checkout.session", session.id, {
      consent: { promotions: null, terms_of_service: "accepted" },
    });
  }
  return readCustomFields(world, session, payment.customFields ?? {});
}

function readCustomFields(
  world: World,
  session: CheckoutSession,
  values: Record<string, string>,
): Problem | null {
  const missing = session.custom_fields.find(({ key, optional }) => !optional && !values[key]?.trim());
  if (missing)
    return problem(`customField.${missing.key}`, `Fill in ${missing.label.custom ?? missing.key}.`);
  if (session.custom_fields.length === 0) return null;
  world.change("checkout.session", session.id, {
    custom_fields: session.custom_fields.map((field) => {
      const value = values[field.key]?.trim() || null;
      return {
        ...field,
        ...(field.text ? { text: { ...field.text, value } } : {}),
        ...(field.numeric ? { numeric: { ...field.numeric, value } } : {}),
        ...(field.dropdown ? { dropdown: { ...field.dropdown, value } } : {}),
      };
    }),
  });
  return null;
}

function toPayer(world: World, session: CheckoutSession, payment: CheckoutPayment): Payer | Problem {
  const { email } = view(world, session);
  const billing = {
    email: email ?? payment.email?.trim() ?? null,
    name: payment.name?.trim() || payment.card?.name?.trim() || null,
    ...(payment.card?.postalCode
      ? {
          address: {
            city: null,
            country: null,
            line1: null,
            line2: null,
            postal_code: payment.card.postalCode,
            state: null,
          },
        }
      : {}),
  };
  if (payment.savedCardId !== undefined) {
    const saved = world.find("payment_method", payment.savedCardId);
    if (saved === undefined || saved.customer !== session.customer)
      return problem("savedCard", "This card is no longer there.");
    return { paymentMethod: saved.id, billing };
  }
  if (payment.card === undefined) {
    return needsCard(session)
      ? problem("cardNumber", "Enter your card number.")
      : { paymentMethod: null, billing };
  }
  const entered = enterCard(payment.card, world.nowFor(session.customer));
  if ("type" in entered) return entered;
  return { paymentMethod: createPaymentMethod(world, { ...entered, billingDetails: billing }).id, billing };
}

function outcome(world: World, id: string, result: CheckoutResult): PaymentOutcome {
  switch (result.type) {
    case "complete":
      return { type: "done", redirectUrl: redirectUrl(world.get("checkout.session", id)) };
    case "challenge":
      return { type: "challenge", challengeId: result.intent };
    case "declined": {
      const { message, code, declineCode } = result.decline;
      return { type: "declined", message, code, declineCode };
    }
  }
}

function redirectUrl({ id, success_url, return_url }: CheckoutSession): string | null {
  const url = success_url ?? return_url ?? null;
  return url?.replaceAll("{CHECKOUT_SESSION_ID}", id) ?? null;
}

function challenge(world: World, id: string): Challenge | null {
  const intent = world.find("payment_intent", id) ?? world.find("setup_intent", id);
  if (intent?.status !== "requires_action" || intent.payment_method === null) return null;
  const session = intent.hidden.checkoutSession;
  const invoice = intent.object === "payment_intent" ? intent.hidden.invoice : null;
  const back =
    session !== null
      ? `/c/pay/${session}`
      : invoice !== null
        ? `/i/${invoice}`
        : (intent.hidden.returnUrl ?? "/");
  return {
    id,
    amount: intent.object === "payment_intent" ? intent.amount : 0,
    currency: intent.object === "payment_intent" ? intent.currency : "usd",
    last4: world.get("payment_method", intent.payment_method).card.last4,
    returnPath: back,
  };
}

function answer(world: World, id: string, passed: boolean): PaymentOutcome {
  const waiting = challenge(world, id);
  const intent = world.find("payment_intent", id) ?? world.find("setup_intent", id);
  if (waiting === null || intent === undefined) return { type: "gone", message: "This step is over." };
  const session = intent.hidden.checkoutSession;
  if (session !== null && world.get("checkout.session", session).hidden.awaiting !== null) {
    return outcome(world, session, answerCheckoutChallenge(world, session, { intent: id, passed }));
  }
  const attempt =
    intent.object === "payment_intent"
      ? answerChallenge(world, id, passed)
      : answerSetupChallenge(world, id, passed);
  if (attempt.type === "declined") {
    const { message, code, declineCode } = attempt.decline;
    return { type: "declined", message, code, declineCode };
  }
  return { type: "done", redirectUrl: intent.hidden.returnUrl ?? waiting.returnPath };
}

function problem(field: string, message: string): Problem {
  return { type: "problem", field, message };
}
