import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { PayKitEvent } from "../src/index.js";
import { ladderProducts } from "./billed.js";
import { databases } from "./databases.js";
import { createTestPayKit } from "./paykit.js";
import { openShop, type Shop, stripeOf } from "./shop.js";

const customerId = "ann";
const successUrl = "https://app.example.com/billing";

describe.each(databases)("two tabs in two processes, on $name", ({ open }) => {
  let shop: Shop<typeof ladderProducts>;
  let other: Shop<typeof ladderProducts>["paykit"];

  beforeAll(async () => {
    shop = await openShop({ database: open, products: ladderProducts });
    // Another process: nothing is shared but the database and Stripe.
    const options = { products: ladderProducts, ...stripeOf(shop.sandbox) };
    other = createTestPayKit<typeof ladderProducts>(shop.database.option, options).paykit;
    await shop.paykit.upsertCustomer({ id: customerId, email: "ann@example.com" });
  });
  afterAll(async () => {
    await other.close();
    await shop.close();
  });

  it("are sent to one checkout page, of one Stripe customer", async () => {
    const checkout = { customerId, productId: "premium", successUrl } as const;
    const urls = await Promise.all([
      shop.paykit.createCheckoutUrl(checkout),
      other.createCheckoutUrl(checkout),
      shop.paykit.createCheckoutUrl(checkout),
    ]);
    expect(new Set(urls).size).toBe(1);
    expect(shop.calls(/^POST \/v1\/customers$/)).toHaveLength(1);
    expect(shop.calls(/^POST \/v1\/checkout\/sessions$/)).toHaveLength(1);
    await shop.pay(urls[0] ?? "");
    await shop.sandbox.settled();
  });

  it("upgrade at once and pay for it once: one subscription, two paid invoices in all", async () => {
    const upgrade = { customerId, planId: "ultra", successUrl } as const;
    const [a, b, c] = await Promise.all([
      shop.paykit.subscribe(upgrade),
      other.subscribe(upgrade),
      shop.paykit.subscribe(upgrade),
    ]);
    expect([a, b, c].filter(({ invoice }) => invoice !== null)).toHaveLength(1);
    const { invoices } = await shop.paykit.listInvoices({ customerId });
    expect(invoices.map(({ total, status }) => [total, status])).toEqual([
      [15_000, "paid"],
      [5_000, "paid"],
    ]);
    const customer = await other.getCustomer({ id: customerId });
    expect(customer?.subscriptions).toMatchObject([{ planId: "ultra", status: "active" }]);
  });

  it("start with the card on file, while a page is open: one subscription, one invoice of 50.00", async () => {
    await shop.paykit.upsertCustomer({ id: "bob" });
    const checkout = { customerId: "bob", productId: "premium", successUrl } as const;
    const url = await shop.paykit.createCheckoutUrl(checkout);
    const stripeId = await shop.stripeId("bob");
    const { id } = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: stripeId });
    await shop.stripe.customers.update(stripeId, { invoice_settings: { default_payment_method: id } });
    const start = { customerId: "bob", planId: "premium", successUrl } as const;
    const results = await Promise.all([shop.paykit.subscribe(start), other.subscribe(start)]);
    expect(results.filter(({ invoice }) => invoice?.total === 5_000)).toHaveLength(1);
    expect((await shop.stripe.subscriptions.list({ customer: stripeId, status: "all" })).data).toHaveLength(
      1,
    );
    // The page that was open is closed: paying on it leads nowhere.
    expect((await shop.pay(url)).location).toBeNull();
    expect((await shop.stripe.invoices.list({ customer: stripeId })).data).toHaveLength(1);
  });
});

describe("a checkout that was left open and paid while the card on file paid for the same plan", () => {
  it("leaves one subscription; the other is canceled and refunded, and the app is told", async () => {
    const told: PayKitEvent[] = [];
    const shop = await openShop({
      products: ladderProducts,
      webhooks: false,
      paykit: { on: { "subscription.canceled": async (event) => void told.push(event) } },
    });
    const { paykit, sandbox } = shop;
    await paykit.upsertCustomer({ id: customerId });
    const checkout = { customerId, productId: "premium", successUrl } as const;
    const url = await paykit.createCheckoutUrl(checkout);
    // The second page is opened where PayKit cannot close it: at Stripe, by hand.
    const [first] = sandbox.requests.filter(({ path }) => path === "/v1/checkout/sessions");
    const copy = await sandbox.handler(
      new Request("https://api.stripe.com/v1/checkout/sessions", {
        method: "POST",
        headers: {
          authorization: "Bearer sk_test_sandbox",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: toForm(first?.params ?? {}),
      }),
    );
    const second = (await copy.json()) as { url: string };
    await shop.pay(url);
    const paid = await shop.pay(second.url);
    await shop.send(`/checkout/return${new URL(paid.location ?? "").search}`);
    const { invoices } = await paykit.listInvoices({ customerId });
    expect(invoices.map(({ total }) => total)).toEqual([5_000, 5_000]);
    expect(shop.calls(/^POST \/v1\/refunds$/)).toMatchObject([{ status: 200 }]);
    const rows = await shop.database.sql<{ status: string }>(
      "select status from paykit_subscription order by 1",
    );
    expect(rows).toEqual([{ status: "active" }, { status: "canceled" }]);
    await vi.waitFor(
      () => expect(told).toMatchObject([{ planId: "premium", reason: "duplicate", refundedAmount: 5_000 }]),
      20_000,
    );
    expect((await paykit.getCustomer({ id: customerId }))?.subscriptions).toMatchObject([
      { planId: "premium", status: "active" },
    ]);
    await shop.close();
  });
});

/** Nested parameters the way Stripe reads them: `a[b][0]=c`. */
function toForm(params: unknown, prefix = ""): string {
  if (typeof params !== "object" || params === null) {
    return `${encodeURIComponent(prefix)}=${encodeURIComponent(String(params))}`;
  }
  return Object.entries(params)
    .map(([name, value]) => toForm(value, prefix === "" ? name : `${prefix}[${name}]`))
    .join("&");
}
