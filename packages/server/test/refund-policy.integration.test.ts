import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PayKitEvent } from "../src/index.js";
import { feature, product } from "../src/index.js";
import { openShop, type Shop } from "./shop.js";

const credits = feature({ id: "credits", type: "metered" });
const lifetime = feature({ id: "lifetime", type: "boolean" });
const products = [
  product({
    id: "kept_pack",
    stackable: true,
    onRefund: "keep",
    price: { amount: "9.99" },
    includes: [credits({ quantity: 500 })],
  }),
  product({
    id: "pack",
    stackable: true,
    price: { amount: "9.99" },
    includes: [credits({ quantity: 500 })],
  }),
  product({ id: "lifetime_deal", price: { amount: 99 }, includes: [lifetime(), credits({ quantity: 50 })] }),
] as const;
const successUrl = "https://app.example.com/";
const told: PayKitEvent[] = [];
let shop: Shop<typeof products>;
/** How far Stripe's clock has been moved on, in milliseconds. */
let ahead = 0;

beforeAll(async () => {
  const sandbox = { now: () => new Date(Date.now() + ahead) };
  shop = await openShop({
    products,
    sandbox,
    paykit: { on: { "*": async (event) => void told.push(event) } },
  });
});
afterAll(() => shop.close());

async function look(id: string) {
  await shop.sandbox.settled();
  const customer = await shop.paykit.getCustomer({ id });
  return {
    credits: customer?.entitlements.credits.balance,
    lifetime: customer?.entitlements.lifetime.allowed,
    products: customer?.products,
  };
}

async function buy(customerId: string, productId: "pack" | "kept_pack" | "lifetime_deal") {
  await shop.paykit.upsertCustomer({ id: customerId });
  await shop.pay(await shop.paykit.createCheckoutUrl({ customerId, productId, successUrl }));
  const customer = await shop.stripeId(customerId);
  const [session] = (await shop.stripe.checkout.sessions.list({ customer })).data;
  return { payment_intent: String(session?.payment_intent) };
}

describe("a refund of the whole", () => {
  it("takes back what is left of 500, and the 120 that were used are no debt", async () => {
    const payment = await buy("ann", "pack");
    expect(await look("ann")).toMatchObject({ credits: 500 });
    await shop.paykit.report({ customerId: "ann", featureId: "credits", amount: 120 });
    await shop.stripe.refunds.create(payment);
    expect(await look("ann")).toMatchObject({ credits: 0, products: [] });
  });

  it('leaves all of it with `onRefund: "keep"`: 380 of 500, and the app is told of the refund', async () => {
    const payment = await buy("bob", "kept_pack");
    await look("bob");
    await shop.paykit.report({ customerId: "bob", featureId: "credits", amount: 120 });
    await shop.stripe.refunds.create(payment);
    expect(await look("bob")).toMatchObject({ credits: 380 });
    const refunds = told.filter(
      ({ customerId, type }) => customerId === "bob" && type === "purchase.refunded",
    );
    expect(refunds).toMatchObject([{ productId: "kept_pack", entitlements: { credits: { balance: 380 } } }]);
  });

  it("of a part, 5.00 of 9.99, takes nothing back", async () => {
    const payment = await buy("carl", "pack");
    await shop.stripe.refunds.create({ ...payment, amount: 500 });
    expect(await look("carl")).toMatchObject({
      credits: 500,
      products: [{ productId: "pack", quantity: 1 }],
    });
  });
});

describe("a one-time product that is not stackable, paid on two pages", () => {
  it("is granted once; the second 99.00 go back by themselves, the log and the app are told", async () => {
    await shop.paykit.upsertCustomer({ id: "dora" });
    const checkout = { customerId: "dora", productId: "lifetime_deal", successUrl } as const;
    const first = await shop.paykit.createCheckoutUrl(checkout);
    const second = await openAgain();
    await shop.pay(first);
    // Of two within one second, either may count.
    ahead += 1000;
    await shop.pay(second);
    const customer = await shop.stripeId("dora");
    expect(await look("dora")).toEqual({
      credits: 50,
      lifetime: true,
      products: [{ productId: "lifetime_deal", quantity: 1 }],
    });
    const { data } = await shop.stripe.charges.list({ customer });
    // Newest first: the second was given back, the first was not.
    expect(data.map(({ amount_refunded }) => amount_refunded)).toEqual([9900, 0]);
    expect(shop.log.lines.join("\n")).toMatch(/"lifetime_deal" was paid for twice.*9900 minor units/);
    const own = told.filter((event) => event.customerId === "dora" && event.type.startsWith("purchase"));
    expect(own).toMatchObject([
      { type: "purchase.completed", productId: "lifetime_deal" },
      { type: "purchase.refunded", productId: "lifetime_deal", reason: "duplicate", refundedAmount: 9900 },
    ]);
    await shop.paykit.reconcile();
    expect(await look("dora")).toMatchObject({ credits: 50, lifetime: true });
    expect(shop.calls(/^POST \/v1\/refunds$/).filter(isAutomatic)).toHaveLength(1);
  });

  it("may be bought again after the team refunded it", async () => {
    const payment = await buy("emil", "lifetime_deal");
    await look("emil");
    await shop.stripe.refunds.create(payment);
    expect(await look("emil")).toEqual({ credits: 0, lifetime: false, products: [] });
    await buy("emil", "lifetime_deal");
    expect(await look("emil")).toMatchObject({ credits: 50, lifetime: true });
  });
});

function isAutomatic({ idempotencyKey }: { idempotencyKey?: string | null }): boolean {
  return idempotencyKey?.startsWith("paykit-") ?? false;
}

/** A second page for the same thing where PayKit cannot close it: at Stripe, by hand. */
async function openAgain(): Promise<string> {
  const made = shop.sandbox.requests.filter(
    ({ method, path }) => method === "POST" && path === "/v1/checkout/sessions",
  );
  const { url } = await shop.stripe.checkout.sessions.create(made.at(-1)?.params as object);
  return url ?? "";
}
