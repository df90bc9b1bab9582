import { type Context, Hono } from "hono";
import type { CheckoutOperations, CheckoutView } from "../../world/hosted/checkout.js";
import type { Problem } from "../../world/hosted/payment.js";
import { explainDecline, explainDeclineCode } from "../card/explain-decline.js";
import { readCardForm } from "../card/read-card-form.js";
import { notFoundPage } from "../page/message-page.js";
import { type Form, readForm } from "../page/read-form.js";
import { type CheckoutFaults, checkoutPage } from "./checkout-page.js";
import { closedCheckoutPage } from "./closed-checkout-page.js";
import { customName } from "./custom-fields.js";
import { readCheckoutFaults } from "./read-checkout-faults.js";

/** The checkout page and what its forms do. */
export function checkoutRoutes(checkout: CheckoutOperations): Hono {
  const routes = new Hono();

  routes.get("/c/pay/:sessionId", (context) => {
    const order = checkout.get(context.req.param("sessionId"));
    const declined = explainDeclineCode(context.req.query("declined"));
    return show(context, order, declined === null ? {} : { payment: declined });
  });

  routes.get("/c/recover/:sessionId", (context) => {
    const id = context.req.param("sessionId");
    const copy = checkout.recover(id);
    return copy === null ? show(context, checkout.get(id)) : context.redirect(`/c/pay/${copy}`, 303);
  });

  routes.post("/c/pay/:sessionId", async (context) => {
    const order = checkout.get(context.req.param("sessionId"));
    return order?.status === "open" ? submit(context, checkout, order) : show(context, order);
  });

  routes.post("/c/pay/:sessionId/quantity", async (context) => {
    const form = await readForm(context);
    const id = context.req.param("sessionId");
    const change = { lineId: form.get("lineId"), quantity: Number(form.get("quantity")) };
    return afterChange(context, checkout, { id, change: () => checkout.changeQuantity(id, change) });
  });

  routes.post("/c/pay/:sessionId/promotion", async (context) => {
    const code = (await readForm(context)).get("promotionCode");
    const id = context.req.param("sessionId");
    return afterChange(context, checkout, { id, change: () => checkout.applyPromotionCode(id, code) });
  });

  routes.post("/c/pay/:sessionId/promotion/remove", (context) => {
    const id = context.req.param("sessionId");
    return afterChange(context, checkout, { id, change: () => checkout.removePromotionCode(id) ?? null });
  });

  return routes;
}

async function submit(
  context: Context,
  checkout: CheckoutOperations,
  order: CheckoutView,
): Promise<Response> {
  const form = await readForm(context);
  const choice = order.needsCard ? readCardForm(form) : null;
  const typed = { email: form.get("email"), custom: customAnswers(order, form) };
  const faults = readCheckoutFaults({ order, form, choice });
  if (Object.keys(faults).length > 0) return context.html(checkoutPage(order, faults, typed), 400);

  const outcome = await checkout.pay(order.id, {
    ...(choice?.type === "card" ? { card: choice.card } : {}),
    ...(choice?.type === "saved" ? { savedCardId: choice.savedCardId } : {}),
    ...(typed.email === "" ? {} : { email: typed.email }),
    termsAccepted: form.get("terms") !== "",
    customFields: typed.custom,
  });
  switch (outcome.type) {
    case "done":
      return context.redirect(outcome.redirectUrl ?? `/c/pay/${order.id}`, 303);
    case "challenge":
      return context.redirect(`/c/challenge/${outcome.challengeId}`, 303);
    case "declined":
      return context.html(checkoutPage(order, { payment: explainDecline(outcome) }, typed), 402);
    case "problem":
      return context.html(checkoutPage(order, faultOf(outcome), typed), 400);
    case "gone":
      return show(context, checkout.get(order.id));
  }
}

async function afterChange(
  context: Context,
  checkout: CheckoutOperations,
  { id, change }: { id: string; change: () => Problem | null },
): Promise<Response> {
  const order = checkout.get(id);
  if (order?.status !== "open") return show(context, order);
  const problem = await change();
  if (problem !== null) return context.html(checkoutPage(order, faultOf(problem)), 400);
  return context.redirect(`/c/pay/${id}`, 303);
}

function show(context: Context, order: CheckoutView | null, faults: CheckoutFaults = {}) {
  if (order === null) return context.html(notFoundPage("checkout session"), 404);
  if (order.status === "open") return context.html(checkoutPage(order, faults));
  return context.html(closedCheckoutPage(order), order.status === "expired" ? 410 : 200);
}

const FAULT_FIELDS = [
  "cardNumber",
  "cardExpiry",
  "cardCvc",
  "email",
  "terms",
  "promotionCode",
  "quantity",
] as const;

function faultOf({ field, message }: Problem): CheckoutFaults {
  const name = FAULT_FIELDS.find((one) => one === field);
  return name === undefined ? { payment: message } : { [name]: message };
}

function customAnswers(order: CheckoutView, form: Form): Record<string, string> {
  return Object.fromEntries(order.customFields.map(({ key }) => [key, form.get(customName(key))]));
}
