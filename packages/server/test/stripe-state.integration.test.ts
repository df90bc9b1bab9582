import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

const successUrl = "https://app.example.com/billing";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts });
});
afterAll(() => shop.close());

/** A customer whom Stripe knows, with a card on file. */
async function withCard(id: string, card = "pm_card_visa"): Promise<string> {
  await shop.paykit.upsertCustomer({ id });
  await shop.paykit.customerPortal({ customerId: id, returnUrl: successUrl });
  const stripeId = await shop.stripeId(id);
  const method = await shop.stripe.paymentMethods.attach(card, { customer: stripeId });
  await shop.stripe.customers.update(stripeId, { invoice_settings: { default_payment_method: method.id } });
  return stripeId;
}

/** The price that PayKit made for Premium. */
async function premiumPrice(): Promise<string> {
  const { data } = await shop.stripe.prices.list({ limit: 100 });
  const price = data.find(({ metadata }) => metadata.paykit_product_id === "premium");
  if (price !== undefined) return price.id;
  await withCard("price-maker");
  await shop.paykit.subscribe({ customerId: "price-maker", planId: "premium" });
  return premiumPrice();
}

async function plans(id: string) {
  await shop.sandbox.settled();
  const customer = await shop.paykit.getCustomer({ id });
  return {
    subscriptions: customer?.subscriptions,
    messages: customer?.entitlements.messages,
  };
}

describe("a subscription that somebody made or changed at Stripe", () => {
  it("is adopted when it was made in the dashboard for a customer of ours", async () => {
    const customer = await withCard("ann");
    await shop.stripe.subscriptions.create({ customer, items: [{ price: await premiumPrice() }] });
    const { subscriptions, messages } = await plans("ann");
    expect(subscriptions).toMatchObject([{ planId: "premium", status: "active", willRenew: true }]);
    expect(messages).toMatchObject({ balance: 5000 });
  });

  it.each([
    ["cancel_at_period_end", { cancel_at_period_end: true }],
    ["cancel_at of the period's end", { cancel_at: "min_period_end" as const }],
  ])("tells when it ends and that it will not renew, when it was canceled by %s", async (name, change) => {
    const id = `cancel-${name.length}`;
    const customer = await withCard(id);
    const made = await shop.stripe.subscriptions.create({
      customer,
      items: [{ price: await premiumPrice() }],
    });
    await shop.stripe.subscriptions.update(made.id, change);
    const { subscriptions } = await plans(id);
    const end = new Date((made.items.data[0]?.current_period_end ?? 0) * 1000);
    expect(subscriptions).toMatchObject([
      {
        planId: "premium",
        status: "active",
        isEntitled: true,
        cancelAtPeriodEnd: true,
        willRenew: false,
        endsAt: end,
      },
    ]);
    // What it gives ends exactly then, and Free begins, whether or not another event arrives.
    const grants = await shop.database.sql<{ grant_id: string; starts_at: Date; expires_at: Date | null }>(
      `select grant_id, starts_at, expires_at from paykit_grant where customer_id = '${id}' order by starts_at`,
    );
    expect(grants.map(({ expires_at }) => (expires_at === null ? null : new Date(expires_at)))).toEqual([
      end,
      null,
    ]);
    expect(new Date(grants[1]?.starts_at ?? 0)).toEqual(end);
  });

  it("ends at once when it is canceled at once", async () => {
    const customer = await withCard("cut");
    const made = await shop.stripe.subscriptions.create({
      customer,
      items: [{ price: await premiumPrice() }],
    });
    expect((await plans("cut")).messages).toMatchObject({ balance: 5000 });
    await shop.stripe.subscriptions.cancel(made.id);
    expect((await plans("cut")).subscriptions).toMatchObject([{ planId: "free", isDefault: true }]);
    expect((await plans("cut")).messages).toMatchObject({ balance: 100 });
  });

  it("gives nothing while its first payment is incomplete", async () => {
    const customer = await withCard("unpaid", "pm_card_chargeCustomerFail");
    await shop.stripe.subscriptions.create({ customer, items: [{ price: await premiumPrice() }] });
    const { subscriptions, messages } = await plans("unpaid");
    expect(subscriptions).toMatchObject([
      { planId: "premium", status: "incomplete", isEntitled: false },
      { planId: "free", isEntitled: true },
    ]);
    expect(messages).toMatchObject({ balance: 100 });
  });

  it("counts the dearer of two in one group, leaves both alone, and warns", async () => {
    const customer = await withCard("two");
    await shop.paykit.subscribe({ customerId: "two", planId: "premium" });
    const pro = await shop.stripe.prices.create({
      currency: "usd",
      unit_amount: 2000,
      recurring: { interval: "month" },
      product_data: { name: "By hand" },
      metadata: { paykit_product_id: "pro" },
    });
    await shop.stripe.subscriptions.create({ customer, items: [{ price: pro.id }] });
    expect((await plans("two")).messages).toMatchObject({ balance: 5000 });
    expect((await shop.stripe.subscriptions.list({ customer })).data).toHaveLength(2);
    expect(shop.log.lines.join("\n")).toMatch(
      /customer two: .* are all of group:base; the dearest one counts/,
    );
  });

  it("gives nothing for a price that is not ours, and says so in the log", async () => {
    const customer = await withCard("stranger");
    const price = await shop.stripe.prices.create({
      currency: "usd",
      unit_amount: 9900,
      recurring: { interval: "month" },
      product_data: { name: "Consulting" },
    });
    await shop.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    expect((await plans("stranger")).messages).toMatchObject({ balance: 100 });
    expect(shop.log.lines.join("\n")).toContain(`the price ${price.id} is not one of PayKit's`);
  });

  it("is found behind 104 ended ones: every page is read", async () => {
    const customer = await withCard("many");
    const price = await premiumPrice();
    shop.sandbox.faults.webhooks({ drop: true });
    // The one that counts is the oldest, and so on the last page.
    await shop.stripe.subscriptions.create({ customer, items: [{ price }] });
    for (let made = 0; made < 104; made += 1) {
      const { id } = await shop.stripe.subscriptions.create({
        customer,
        items: [{ price }],
        trial_period_days: 1,
      });
      await shop.stripe.subscriptions.cancel(id);
    }
    shop.sandbox.faults.webhooks(null);
    const before = shop.calls(/^GET \/v1\/subscriptions$/).length;
    await shop.paykit.reconcile();
    expect((await plans("many")).messages).toMatchObject({ balance: 5000 });
    expect(shop.calls(/^GET \/v1\/subscriptions$/).length - before).toBeGreaterThan(1);
    const [{ count } = { count: 0 }] = await shop.database.sql<{ count: number }>(
      "select count(*)::int as count from paykit_subscription where customer_id = 'many'",
    );
    expect(count).toBe(105);
  }, 60_000);
});

describe("a customer whom Stripe lost", () => {
  it("is noticed when deleted in the dashboard: back to Free, and the next purchase makes a new one", async () => {
    const first = await withCard("deleted");
    await shop.paykit.subscribe({ customerId: "deleted", planId: "premium" });
    expect((await plans("deleted")).messages).toMatchObject({ balance: 5000 });
    await shop.stripe.customers.del(first);
    expect((await plans("deleted")).subscriptions).toMatchObject([{ planId: "free" }]);
    const url = await shop.paykit.createCheckoutUrl({
      customerId: "deleted",
      productId: "premium",
      successUrl,
    });
    expect(await shop.stripeId("deleted")).not.toBe(first);
    await shop.pay(url);
    expect((await plans("deleted")).subscriptions).toMatchObject([{ planId: "premium", status: "active" }]);
  });

  it("is reported as STRIPE_CUSTOMER_MISSING when the key is of another account, and keeps what is known", async () => {
    await withCard("moved");
    await shop.paykit.subscribe({ customerId: "moved", planId: "premium" });
    await plans("moved");
    await shop.database.sql(
      "update paykit_customer set stripe_customer_id = 'cus_other' where customer_id = 'moved'",
    );
    const lost = shop.paykit.createCheckoutUrl({ customerId: "moved", productId: "ultra", successUrl });
    await expect(lost).rejects.toMatchObject({ code: "STRIPE_CUSTOMER_MISSING", status: 409 });
    expect((await plans("moved")).messages).toMatchObject({ balance: 5000 });
  });
});
