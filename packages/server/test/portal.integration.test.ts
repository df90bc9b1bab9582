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
