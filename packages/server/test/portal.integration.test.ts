import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { request } from "./paykit.js";
import { openShop, type Shop, webhookSecret } from "./shop.js";

const returnUrl = "https://app.example.com/billing";
let shop: Shop<typeof ladderProducts>;
/** One that no event reaches by itself. */
let silent: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts });
  silent = await openShop({ products: ladderProducts, webhooks: false });
});
afterAll(async () => {
  await shop.close();
  await silent.close();
});

async function onPremium(customerId: string): Promise<void> {
  await shop.paykit.upsertCustomer({ id: customerId });
  const checkout = { customerId, productId: "premium", successUrl: returnUrl } as const;
  await shop.pay(await shop.paykit.createCheckoutUrl(checkout));
  await shop.sandbox.settled();
}

async function current(customerId: string) {
  await shop.sandbox.settled();
  return (await shop.paykit.getCustomer({ id: customerId }))?.subscriptions[0];
}

/** The way back from a portal page leads over our handler: where the person ends up. */
async function comeBack(from: Pick<Shop, "send">, location: string | null | undefined) {
  const { origin, pathname, search } = new URL(location ?? "");
  expect(origin + pathname).toBe("https://app.example.com/api/paykit/portal/return");
  const { status, location: end } = await from.send(`/portal/return${search}`, { user: null });
  return [status, end];
}

/** The page behind a link, and its form sent as the person does. */
async function openPage(url: string) {
  const page = await (await shop.sandbox.handler(new Request(url))).text();
  return { page, submit: (fields: Record<string, string> = {}) => submit(url, page, fields) };
}

async function submit(
  url: string,
  page: string,
  fields: Record<string, string>,
  at: Pick<Shop, "sandbox"> = shop,
) {
  const action = page.match(/<form[^>]*action="([^"]+)"/)?.[1] ?? url;
  const answer = await at.sandbox.handler(
    new Request(new URL(action.replaceAll("&amp;", "&"), url), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    }),
  );
  return answer.headers.get("location");
}

const link = (customerId: string, flow: "cancel" | "switch_plan" | "update_card") =>
  shop.paykit.customerPortal({ customerId, returnUrl, flow });

describe("customerPortal", () => {
  it('begins with the cancellation for `flow: "cancel"`, comes back, and the plan ends with its period', async () => {
    await onPremium("ann");
    const { url } = await link("ann", "cancel");
    const { page, submit: confirm } = await openPage(url);
    expect(page).toMatch(/cancel/i);
    expect(await comeBack(shop, await confirm())).toEqual([303, returnUrl]);
    const plan = await current("ann");
    expect(plan).toMatchObject({ planId: "premium", cancelAtPeriodEnd: true, willRenew: false });
    expect(plan?.endsAt).toEqual(plan?.currentPeriodEnd);
  });

  it('names the subscription for `flow: "switch_plan"`', async () => {
    await onPremium("bob");
    const { url } = await link("bob", "switch_plan");
    const [sent] = shop.calls(/^POST \/v1\/billing_portal\/sessions$/).slice(-1);
    const customer = await shop.stripeId("bob");
    const [subscription] = (await shop.stripe.subscriptions.list({ customer })).data;
    expect(sent?.params).toMatchObject({
      customer,
      flow_data: {
        type: "subscription_update",
        subscription_update: { subscription: subscription?.id },
        after_completion: {
          type: "redirect",
          redirect: { return_url: expect.stringContaining("/api/paykit/portal/return?visit=") },
        },
      },
    });
    expect((await shop.sandbox.handler(new Request(url))).status).toBe(200);
  });

  it("offers the plans of the group at their prices, and no add-on, pack or free plan", async () => {
    await onPremium("cleo");
    const { url } = await link("cleo", "switch_plan");
    const { page } = await openPage(url);
    const offered = [...page.matchAll(/name="price" value="([^"]+)"/g)].map(([, id]) => id);
    const prices = await shop.stripe.prices.list({ limit: 100 });
    const names = prices.data.filter(({ id }) => offered.includes(id)).map(({ lookup_key: key }) => key);
    const sold = names.map((name) => name?.replace(/^paykit_(.*)_[^_]+_(usd_1[a-z]+)$/, "$1 $2")).sort();
    expect(sold).toEqual([
      ...["premium usd_1month", "premium usd_1year", "pro usd_1month", "pro usd_1year", "ultra usd_1month"],
    ]);
    // The same catalog is the same configuration.
    await link("cleo", "switch_plan");
    expect(shop.calls(/^POST \/v1\/billing_portal\/configurations$/)).toHaveLength(1);
  });

  it("cannot change a plan with add-ons: INPUT_INVALID", async () => {
    await onPremium("emma");
    await shop.paykit.addAddOn({ customerId: "emma", planId: "single_sign_on" });
    await expect(link("emma", "switch_plan")).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });

  it.each(["cancel", "switch_plan"] as const)(
    "has nothing to begin %s with for somebody on Free: INPUT_INVALID, and no customer is made at Stripe",
    async (flow) => {
      await shop.paykit.upsertCustomer({ id: "free" });
      const before = shop.calls(/^POST \/v1\/customers$/).length;
      await expect(link("free", flow)).rejects.toMatchObject({ code: "INPUT_INVALID", status: 400 });
      expect(shop.calls(/^POST \/v1\/customers$/)).toHaveLength(before);
    },
  );
});

describe('the page behind `flow: "switch_plan"`', () => {
  /** Chooses a plan on the page and confirms what it costs; where that leads to. */
  async function choose(at: typeof shop, customerId: string, planId: "pro" | "ultra") {
    const { url } = await at.paykit.customerPortal({ customerId, returnUrl, flow: "switch_plan" });
    const get = async (target: string) => {
      const answer = await at.sandbox.handler(new Request(new URL(target, url)));
      return { page: await answer.text(), at: target };
    };
    const { page } = await get(url);
    const { data } = await at.stripe.prices.list({ product: `paykit_${planId}`, limit: 100 });
    const price = data.find(({ recurring }) => recurring?.interval === "month")?.id ?? "";
    expect(page).toContain(`value="${price}"`);
    const action = page.match(/<form[^>]*action="([^"]+\/confirm)"/)?.[1] ?? "";
    const { page: confirmation } = await get(`${action}?price=${price}`);
    return submit(url, confirmation, { price });
  }

  async function openClocked(webhooks: boolean) {
    const at = await openShop({
      products: ladderProducts,
      webhooks,
      paykit: { testing: { testClocks: true } },
    });
    await at.paykit.upsertCustomer({ id: "ann" });
    const checkout = { customerId: "ann", productId: "premium", successUrl: returnUrl } as const;
    await at.pay(await at.paykit.createCheckoutUrl(checkout));
    await at.paykit.reconcile();
    shop = at;
    return at;
  }

  it.each([true, false])("changes Premium to Ultra for 150.00, with webhooks: %s", async (webhooks) => {
    const before = shop;
    const at = await openClocked(webhooks);
    const back = await choose(at, "ann", "ultra");
    await at.sandbox.settled();
    // Without a webhook the way back tells.
    if (!webhooks) expect(await current("ann")).toMatchObject({ planId: "premium" });
    expect(await comeBack(at, back)).toEqual([303, returnUrl]);
    expect(await current("ann")).toMatchObject({ planId: "ultra", status: "active", willRenew: true });
    const { body } = await at.send("/customer");
    expect(body.subscriptions).toMatchObject([{ planId: "ultra" }]);
    expect(body.entitlements.messages).toMatchObject({ limit: 20_000 });
    const { invoices } = await at.paykit.listInvoices({ customerId: "ann" });
    expect(invoices.map(({ total, status }) => [total, status])).toEqual([
      [15_000, "paid"],
      [5000, "paid"],
    ]);
    await at.close();
    shop = before;
  });

  it.each([true, false])("schedules Pro for the end of the period, with webhooks: %s", async (webhooks) => {
    const before = shop;
    const at = await openClocked(webhooks);
    expect(await comeBack(at, await choose(at, "ann", "pro"))).toEqual([303, returnUrl]);
    await at.sandbox.settled();
    const plan = await current("ann");
    expect(plan).toMatchObject({ planId: "premium", scheduledPlanId: "pro", status: "active" });
    const end = plan?.currentPeriodEnd?.getTime() ?? 0;
    await at.paykit.advanceTestClock({ customerId: "ann", to: new Date(end + 86_400_000) });
    expect(await current("ann")).toMatchObject({ planId: "pro", status: "active" });
    const { invoices } = await at.paykit.listInvoices({ customerId: "ann" });
    expect(invoices.map(({ total }) => total)).toEqual([2000, 5000]);
    await at.close();
    shop = before;
  });
});

describe("GET /portal/return", () => {
  beforeAll(async () => {
    await silent.paykit.upsertCustomer({ id: "ann" });
    const checkout = { customerId: "ann", productId: "premium", successUrl: returnUrl } as const;
    await silent.pay(await silent.paykit.createCheckoutUrl(checkout));
    await silent.paykit.reconcile();
  });

  async function cancelThere() {
    const { url } = await silent.paykit.customerPortal({ customerId: "ann", returnUrl, flow: "cancel" });
    const page = await (await silent.sandbox.handler(new Request(url))).text();
    return submit(url, page, {}, silent);
  }
  const plan = async () => (await silent.paykit.getCustomer({ id: "ann" }))?.subscriptions[0];

  it("lets the person go on when Stripe fails, and says so in the log", async () => {
    const location = await cancelThere();
    silent.sandbox.faults.api({ status: 500 });
    expect(await comeBack(silent, location)).toEqual([303, returnUrl]);
    silent.sandbox.faults.api(null);
    expect(silent.log.lines.join()).toContain("customer ann is back from Stripe");
    expect(await plan()).toMatchObject({ cancelAtPeriodEnd: false });
    expect(await comeBack(silent, location)).toEqual([303, returnUrl]);
    expect(await plan()).toMatchObject({ cancelAtPeriodEnd: true, willRenew: false });
  });

  it("leads to the first page, and reads nobody, for a visit that we did not seal", async () => {
    const visit = `${Buffer.from(JSON.stringify(["ann", "https://evil.example/"])).toString("base64url")}.AAAA`;
    const before = silent.sandbox.requests.length;
    const { status, location } = await silent.send(`/portal/return?visit=${visit}`, { user: null });
    expect([status, location]).toEqual([303, "/"]);
    expect(silent.sandbox.requests).toHaveLength(before);
    expect((await silent.send("/portal/return")).status).toBe(400);
  });
});

describe("payment_method.detached", () => {
  it("has the customer read again, whom the event names only among what was before: the trial ends without a card", async () => {
    const { paykit, stripe } = silent;
    await paykit.upsertCustomer({ id: "tim" });
    await paykit.customerPortal({ customerId: "tim", returnUrl });
    const customer = await silent.stripeId("tim");
    const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    await paykit.subscribe({ customerId: "tim", planId: "pro" });
    const plan = async () => (await paykit.getCustomer({ id: "tim" }))?.subscriptions[0];
    expect(await plan()).toMatchObject({ status: "trialing", endsAt: null });
    await stripe.paymentMethods.detach(id);
    const [detached] = (await stripe.events.list({ type: "payment_method.detached" })).data;
    expect(detached?.data.object).toMatchObject({ id, customer: null });
    const payload = JSON.stringify(detached);
    const secret = webhookSecret;
    const signature = await stripe.webhooks.generateTestHeaderStringAsync({ payload, secret });
    const sent = { user: null, body: payload, headers: { "stripe-signature": signature } };
    expect((await paykit.handler(request("/webhook", sent))).status).toBe(200);
    expect((await plan())?.endsAt).toEqual((await plan())?.trialEnd);
  });
});
