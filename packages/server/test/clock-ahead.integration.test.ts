import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { feature, plan, product } from "../src/index.js";
import { databases } from "./databases.js";
import { openShop, type Shop } from "./shop.js";

const messages = feature({ id: "messages", type: "metered" });
const credits = feature({ id: "credits", type: "metered" });
const products = [
  plan({
    id: "free",
    group: "base",
    default: true,
    includes: [messages({ limit: 100, reset: "month" })],
  }),
  plan({
    id: "pro",
    group: "base",
    price: { amount: 20, interval: "month" },
    includes: [
      messages({ limit: 2000, reset: "month" }),
      credits({ quantity: 30, repeat: [1, "month"], expires: "when-purchase-expires" }),
    ],
  }),
  product({ id: "pack", stackable: true, price: { amount: 9 }, includes: [credits({ quantity: 500 })] }),
] as const;
const successUrl = "https://app.example.com/";
const aheadMs = 5 * 60_000;
const dayMs = 86_400_000;

describe.each(databases)("a Stripe whose clock is 5 minutes ahead of $name's", ({ open }) => {
  let shop: Shop<typeof products>;

  beforeAll(async () => {
    const sandbox = { now: () => new Date(Date.now() + aheadMs) };
    shop = await openShop({ database: open, products, sandbox });
    await shop.paykit.upsertCustomer({ id: "ann" });
  });
  afterAll(() => shop.close());

  const look = async () => {
    await shop.sandbox.settled();
    return (await shop.paykit.getCustomer({ id: "ann" }))?.entitlements;
  };

  it("sells a plan that counts at once, and not beside Free: 2,000 messages, 30 credits", async () => {
    await shop.pay(await shop.paykit.createCheckoutUrl({ customerId: "ann", productId: "pro", successUrl }));
    expect(await look()).toMatchObject({
      messages: { balance: 2000, limit: 2000 },
      credits: { balance: 30 },
    });
  });

  it("does not have the quota renewed when the database's clock gets there", async () => {
    expect((await look())?.messages.nextResetAt?.getTime()).toBeGreaterThan(Date.now() + 27 * dayMs);
    await shop.paykit.report({ customerId: "ann", featureId: "messages", amount: 10 });
    await shop.paykit.reconcile();
    expect((await look())?.messages).toMatchObject({ balance: 1990, limit: 2000 });
    // As if the 5 minutes had passed: what began in the future began that much sooner.
    for (const column of ["settled_at", "starts_at", "anchor_at", "renews_at"]) {
      await shop.database.sql(`update paykit_grant set ${column} = ${column} - interval '6 minutes'`);
    }
    expect(await look()).toMatchObject({ messages: { balance: 1990 }, credits: { balance: 30 } });
    await shop.paykit.report({ customerId: "ann", featureId: "credits", amount: 1 });
    expect(await look()).toMatchObject({ messages: { balance: 1990 }, credits: { balance: 29 } });
  });

  it("sells 500 credits that are there at once, and takes them back at once", async () => {
    await shop.pay(await shop.paykit.createCheckoutUrl({ customerId: "ann", productId: "pack", successUrl }));
    expect((await look())?.credits.balance).toBe(529);
    const [charge] = (await shop.stripe.charges.list({ limit: 1 })).data;
    await shop.stripe.refunds.create({ charge: charge?.id ?? "" });
    expect((await look())?.credits.balance).toBe(29);
  });
});
