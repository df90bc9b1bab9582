import { describe, expect, it } from "vitest";
import { GOOD_CARD, openShop, openShopWithSubscriber } from "./shop.js";

describe("the dashboard", () => {
  it("lists customers, subscriptions, invoices, payments and events", async () => {
    const { sandbox, customer, subscription, open } = await openShopWithSubscriber();
    const home = await open(sandbox.url);
    expect(home.text).toContain(subscription.id);
    expect(home.text).toContain("checkout.session.completed");
    expect((await home.follow("Customers")).text).toContain("ada@example.com");
    expect((await home.follow("Invoices")).text).toContain("$20.00");
    expect((await home.follow("Payments")).text).toContain("succeeded");
    expect((await home.follow("Events")).text).toContain("invoice.paid");
    expect((await home.follow("Subscriptions")).text).toContain("ada@example.com active Pro");
    expect((await (await home.follow("Subscriptions")).follow(subscription.id)).text).toContain(customer);
  });

  it("advances to the next renewal, which is charged", async () => {
    const { sandbox, stripe, subscription, open } = await openShopWithSubscriber();
    const before = sandbox.clock.now().getTime();
    await (await open(sandbox.url)).press("To the next renewal");
    expect(sandbox.clock.now().getTime()).toBeGreaterThan(before + 27 * 86_400_000);
    await (await open(sandbox.url)).press("Advance a day");
    const invoices = await stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map(({ status, total }) => [status, total])).toEqual([
      ["paid", 2_000],
      ["paid", 2_000],
    ]);
  });

  it("advances by a day, a week, a month", async () => {
    const { sandbox, open } = await openShopWithSubscriber();
    for (const [button, days] of [
      ["Advance a day", 1],
      ["A week", 7],
      ["A month", 28],
    ] as const) {
      const before = sandbox.clock.now().getTime();
      await (await open(sandbox.url)).press(button);
      // The clock counts in whole seconds.
      expect(sandbox.clock.now().getTime() - before).toBeGreaterThan(days * 86_400_000 - 1_000);
    }
  });

  it("shows what an endpoint answered, and sends an event to it again", async () => {
    const received: string[] = [];
    const deliver = async (request: Request) => {
      const { id } = (await request.json()) as { id: string };
      received.push(id);
      return new Response("no", { status: received.length === 1 ? 500 : 200 });
    };
    const webhooks = [{ url: "http://app.example.com/hook", secret: "whsec_1", deliver }];
    const { sandbox, open } = await openShop({ webhooks, webhookRetryDelaysMs: [] });
    await sandbox.settled();
    const before = received.length;
    const events = await open(`${sandbox.url}/dashboard/events`);
    expect(events.text).toContain("delivered http://app.example.com/hook: answered 200");
    expect(events.text).toContain("failed http://app.example.com/hook: answered 500");
    // The newest stands first: the customer.
    await events.press("Replay");
    expect(received).toHaveLength(before + 1);
    expect(received.at(-1)).toBe(received[before - 1]);
  });

  it("shows what the app sent as text, never as markup", async () => {
    const { sandbox, stripe, open } = await openShopWithSubscriber();
    await stripe.customers.create({ name: "<script>alert(1)</script>", email: '"><img src=x>@example.com' });
    const page = await open(`${sandbox.url}/dashboard/customers`);
    expect(page.html).not.toContain("<script>");
    expect(page.html).not.toContain("<img");
    expect(page.html).toContain("&lt;script&gt;");
  });

  it("is a 404 for an object that does not exist", async () => {
    const { sandbox, open } = await openShopWithSubscriber();
    expect((await open(`${sandbox.url}/dashboard/customer/cus_nobody`)).status).toBe(404);
  });
});

describe("the invoice page", () => {
  it("shows a paid invoice and asks for nothing", async () => {
    const { stripe, subscription, open } = await openShopWithSubscriber();
    const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    const page = await open(invoice?.hosted_invoice_url);
    expect(page.text).toContain(`Invoice ${invoice?.number}`);
    expect(page.text).toContain("1 × Pro (at $20.00 / month)");
    expect(page.text).toContain("Total $20.00");
    expect(page.html).not.toContain("cardNumber");
  });

  it("takes the payment of an open one, after a decline", async () => {
    const { stripe, customer, plan, open } = await openShopWithSubscriber();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: plan.id }],
      collection_method: "send_invoice",
      days_until_due: 7,
      expand: ["latest_invoice"],
    });
    const latest = subscription.latest_invoice;
    if (latest === null || typeof latest === "string") throw new Error("no invoice");
    const sent = latest.status === "draft" ? await stripe.invoices.finalizeInvoice(latest.id) : latest;
    const page = await open(sent.hosted_invoice_url);
    expect(page.text).toContain("Pay $20.00");
    const declined = await page.press("Pay", { ...GOOD_CARD, cardNumber: "4000000000009995" });
    expect(declined.alert).toBe("Your card has insufficient funds. Try a different card.");
    const paid = await declined.press("Pay", GOOD_CARD);
    expect(paid.text).toContain("paid");
    expect((await stripe.invoices.retrieve(sent.id)).status).toBe("paid");
  });
});
