import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

const minuteMs = 60_000;
const returnUrl = "https://app.example.com/billing";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts, paykit: { testing: { testClocks: true } } });
});
afterAll(() => shop.close());

/** On Premium for 50.00, in the middle of the paid period. */
async function halfThrough(customerId: string): Promise<void> {
  await shop.paykit.upsertCustomer({ id: customerId });
  await shop.paykit.customerPortal({ customerId, returnUrl });
  const customer = await shop.stripeId(customerId);
  const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await shop.paykit.subscribe({ customerId, planId: "premium" });
  const [line] = (await shop.paykit.getCustomer({ id: customerId }))?.subscriptions ?? [];
  const [start, end] = [line?.currentPeriodStart?.getTime() ?? 0, line?.currentPeriodEnd?.getTime() ?? 0];
  await shop.paykit.advanceTestClock({ customerId, to: new Date((start + end) / 2) });
}

async function wait(customerId: string, minutes: number): Promise<void> {
  const { now } = await shop.paykit.getTestClock({ customerId });
  await shop.paykit.advanceTestClock({ customerId, to: new Date(now.getTime() + minutes * minuteMs) });
}

describe("a change as it was previewed", () => {
  it("costs 75.00 to Ultra, half of 200.00 less half of 50.00, though the person reads for 59 minutes", async () => {
    await halfThrough("ann");
    const ultra = { customerId: "ann", planId: "ultra" } as const;
    const { total, quotedAt } = await shop.paykit.previewSubscribe(ultra);
    expect(total).toBe(7500);
    await wait("ann", 59);
    // By now it would be some 20 cents less: 150.00 for an hour of a month.
    expect((await shop.paykit.previewSubscribe(ultra)).total).toBeLessThan(7490);
    const again = { ...ultra, quotedAt: quotedAt ?? undefined };
    expect(await shop.paykit.previewSubscribe(again)).toMatchObject({ total: 7500, quotedAt });
    const { invoice } = await shop.paykit.subscribe(again);
    expect(invoice).toMatchObject({ total: 7500, status: "paid" });
  });

  it("costs 2.50 for half a month of single sign-on, by the wire", async () => {
    await halfThrough("bob");
    const body = { planId: "premium", addOnPlanIds: ["single_sign_on"] };
    const preview = await shop.send("/subscribe/preview", { user: "bob", json: body });
    expect(preview.body).toMatchObject({ kind: "none", total: 250, quotedAt: expect.any(String) });
    await wait("bob", 59);
    const { quotedAt } = preview.body;
    const { body: done } = await shop.send("/subscribe", { user: "bob", json: { ...body, quotedAt } });
    expect(done.invoice).toMatchObject({ total: 250, status: "paid" });
  });

  it("is refused with QUOTE_EXPIRED after an hour, or from the future, and nothing is done", async () => {
    await halfThrough("carl");
    const ultra = { customerId: "carl", planId: "ultra" } as const;
    const { quotedAt } = await shop.paykit.previewSubscribe(ultra);
    await wait("carl", 61);
    const before = shop.ownCommands().filter(({ path }) => !path.endsWith("create_preview")).length;
    const expired = { code: "QUOTE_EXPIRED", status: 409 };
    const { now } = await shop.paykit.getTestClock({ customerId: "carl" });
    for (const at of [quotedAt ?? undefined, new Date(now.getTime() + minuteMs)]) {
      await expect(shop.paykit.subscribe({ ...ultra, quotedAt: at })).rejects.toMatchObject(expired);
    }
    expect(shop.ownCommands().filter(({ path }) => !path.endsWith("create_preview"))).toHaveLength(before);
    const bad = await shop.send("/subscribe", { user: "carl", json: { planId: "ultra", quotedAt: "soon" } });
    expect(bad).toMatchObject({ status: 400, body: { error: { code: "INPUT_INVALID" } } });
  });

  it("has no quote where nothing is counted, or a new period begins: 475.00 for the year at mid-month", async () => {
    await halfThrough("dora");
    const preview = (target: { planId: "pro" | "premium"; interval?: "year" }) =>
      shop.paykit.previewSubscribe({ customerId: "dora", ...target });
    expect(await preview({ planId: "pro" })).toMatchObject({ kind: "downgrade", quotedAt: null });
    expect(await preview({ planId: "premium", interval: "year" })).toMatchObject({
      ...{ kind: "upgrade", total: 47_500, quotedAt: null },
    });
  });
});
