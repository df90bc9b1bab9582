import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

const returnUrl = "https://app.example.com/billing";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts });
});
afterAll(() => shop.close());

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

/** The page behind a link, and its form sent as the person does. */
async function openPage(url: string) {
  const page = await (await shop.sandbox.handler(new Request(url))).text();
  return { page, submit: (fields: Record<string, string> = {}) => submit(url, page, fields) };
}

async function submit(url: string, page: string, fields: Record<string, string>) {
  const action = page.match(/<form[^>]*action="([^"]+)"/)?.[1] ?? url;
  const answer = await shop.sandbox.handler(
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
    expect(await confirm()).toBe(returnUrl);
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
        after_completion: { type: "redirect", redirect: { return_url: returnUrl } },
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
    expect(await choose(at, "ann", "ultra")).toBe(returnUrl);
    await at.sandbox.settled();
    if (!webhooks) {
      expect(await current("ann")).toMatchObject({ planId: "premium" });
      await at.paykit.reconcile();
    }
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
    expect(await choose(at, "ann", "pro")).toBe(returnUrl);
    await at.sandbox.settled();
    if (!webhooks) await at.paykit.reconcile();
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
