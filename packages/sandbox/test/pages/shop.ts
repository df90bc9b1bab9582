import Stripe from "stripe";
import { createSandbox, type SandboxOptions } from "../../src/index.js";
import { type Page, visit } from "./visit.js";

/** What a person types to pay. */
export const GOOD_CARD = { cardNumber: "4242 4242 4242 4242", cardExpiry: "12 / 34", cardCvc: "123" };
export const DECLINED_CARD = { ...GOOD_CARD, cardNumber: "4000 0000 0000 0002" };
export const CHALLENGED_CARD = { ...GOOD_CARD, cardNumber: "4000 0027 6000 3184" };

/** An app with a plan of 20.00 a month and a pack of 9.99, its sandbox, and a visitor without JavaScript. */
export async function openShop(options: SandboxOptions = {}) {
  const sandbox = createSandbox(options);
  const stripe = new Stripe(sandbox.secretKey, {
    httpClient: Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) =>
      sandbox.handler(new Request(input, init)),
    ),
  });
  const price = (name: string, unit_amount: number, isPlan: boolean) =>
    stripe.prices.create({
      currency: "usd",
      unit_amount,
      product_data: { name },
      ...(isPlan ? { recurring: { interval: "month" as const } } : {}),
    });
  const plan = await price("Pro", 2_000, true);
  const team = await price("Team", 5_000, true);
  const pack = await price("Pack", 999, false);
  const customer = await stripe.customers.create({ email: "ada@example.com", name: "Ada" });

  const open = (url: string | null | undefined): Promise<Page> => {
    if (!url) throw new Error("there is no page to open");
    return visit(sandbox.handler, url);
  };
  const checkout = (params: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create({
      mode: "subscription",
      customer: customer.id,
      line_items: [{ price: plan.id, quantity: 1 }],
      success_url: "https://app.example.com/done?session={CHECKOUT_SESSION_ID}",
      cancel_url: "https://app.example.com/pricing",
      ...params,
    });
  const portal = async (params: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) => {
    const session = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: "https://app.example.com/billing",
      ...params,
    });
    return open(session.url);
  };
  return { sandbox, stripe, plan, team, pack, customer: customer.id, open, checkout, portal };
}

/** The same, with a customer who has subscribed to the plan on the checkout page. */
export async function openShopWithSubscriber() {
  const shop = await openShop();
  const session = await shop.checkout();
  await (await shop.open(session.url)).press("Pay and subscribe", GOOD_CARD);
  const [subscription] = (await shop.stripe.subscriptions.list({ customer: shop.customer })).data;
  if (subscription === undefined) throw new Error("nobody has subscribed");
  return { ...shop, subscription };
}
