import { describe, expect, it } from "vitest";
import { CHALLENGED_CARD, DECLINED_CARD, GOOD_CARD, openShopWithSubscriber } from "./shop.js";

describe("the billing portal", () => {
  it("shows the plan, the card and the invoices, and the way back", async () => {
    const { portal } = await openShopWithSubscriber();
    const page = await portal();
    expect(page.text).toContain("Pro active");
    expect(page.text).toContain("Visa ending in 4242, expires 12 / 2034 in use");
    expect(page.text).toContain("for $20.00.");
    expect(page.html).toContain('href="https://app.example.com/billing"');
    expect(page.text).toMatch(/^Skip to content PayKit sandbox\./);
  });

  it("cancels at the period's end and says until when, and resumes", async () => {
    const { stripe, subscription, portal } = await openShopWithSubscriber();
    const page = await (await portal()).press("Cancel plan");
    expect(page.text).toContain("Nothing is charged after that.");
    const end = subscription.items.data[0]?.current_period_end;
    expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at).toBe(end);
    const resumed = await page.press("Resume plan");
    expect(resumed.text).toContain("Renews on");
    expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at).toBeNull();
  });

  it("adds a card, which is used from then on, and removes the old one", async () => {
    const { stripe, customer, portal } = await openShopWithSubscriber();
    const form = await (await portal()).follow("Add a card");
    const home = await form.press("Save card", { ...GOOD_CARD, cardNumber: "5555 5555 5555 4444" });
    expect(home.text).toContain("Mastercard ending in 4444, expires 12 / 2034 in use");
    const left = await home.press("Remove");
    expect(left.text).not.toContain("Visa");
    const { data } = await stripe.customers.listPaymentMethods(customer);
    expect(data.map(({ card }) => card?.last4)).toEqual(["4444"]);
  });

  it("shows a decline when the new card is refused", async () => {
    const { portal } = await openShopWithSubscriber();
    const form = await (await portal()).follow("Add a card");
    const declined = await form.press("Save card", DECLINED_CARD);
    expect(declined.status).toBe(402);
    expect(declined.alert).toBe("Your card was declined. Try a different card.");
  });

  it("asks the bank before it keeps a card that wants to be asked", async () => {
    const { portal } = await openShopWithSubscriber();
    const bank = await (await (await portal()).follow("Add a card")).press("Save card", CHALLENGED_CARD);
    expect(bank.text).toContain("Confirm with your bank");
    expect((await bank.press("Confirm")).text).toContain("ending in 3184");
  });

  it("changes the plan after showing what it costs", async () => {
    const { stripe, subscription, plan, team, portal } = await openShopWithSubscriber();
    const configuration = await stripe.billingPortal.configurations.create({
      features: {
        subscription_update: {
          enabled: true,
          default_allowed_updates: ["price"],
          proration_behavior: "always_invoice",
          products: [
            { product: String(plan.product), prices: [plan.id] },
            { product: String(team.product), prices: [team.id] },
          ],
        },
      },
    });
    const choice = await (await portal({ configuration: configuration.id })).follow("Change plan");
    const confirm = await choice.press("Continue", { price: team.id });
    expect(confirm.text).toContain("From Pro to Team");
    // The whole period is left: 50.00 - 20.00.
    expect(confirm.text).toContain("Due now $30.00");
    const home = await confirm.press("Confirm change");
    expect(home.text).toContain("Team active");
    const after = await stripe.subscriptions.retrieve(subscription.id);
    expect(after.items.data[0]?.price.id).toBe(team.id);
  });

  it("says what the next invoice takes after a discount of 25 %: 15.00", async () => {
    const { stripe, subscription, portal } = await openShopWithSubscriber();
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: "forever" });
    await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] });
    expect((await portal()).text).toContain("for $15.00.");
    expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
  });

  it("opens at the step of a deep link and goes back to the app when it is done", async () => {
    const { stripe, subscription, portal } = await openShopWithSubscriber();
    const step = await portal({
      flow_data: {
        type: "subscription_cancel",
        subscription_cancel: { subscription: subscription.id },
        after_completion: { type: "redirect", redirect: { return_url: "https://app.example.com/bye" } },
      },
    });
    expect(step.text).toContain("Cancel your plan");
    expect((await step.press("Cancel plan")).url).toBe("https://app.example.com/bye");
    expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at).not.toBeNull();
  });

  it("changes the customer's name", async () => {
    const { stripe, customer, portal } = await openShopWithSubscriber();
    await (await portal()).press("Save details", { name: "Ada Lovelace" });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ name: "Ada Lovelace" });
  });

  it("is a 404 for a session that does not exist", async () => {
    const { sandbox, open } = await openShopWithSubscriber();
    expect((await open(`${sandbox.url}/p/session/bps_nothing`)).status).toBe(404);
  });
});
