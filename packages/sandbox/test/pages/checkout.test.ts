import { describe, expect, it } from "vitest";
import { CHALLENGED_CARD, DECLINED_CARD, GOOD_CARD, openShop, openShopWithSubscriber } from "./shop.js";

describe("the checkout page for a plan", () => {
  it("says what is bought and what it costs, and where to go back to", async () => {
    const { open, checkout } = await openShop();
    const page = await open((await checkout()).url);
    expect(page.status).toBe(200);
    expect(page.text).toContain("Subscribe to Pro");
    expect(page.text).toContain("$20.00 per month");
    expect(page.text).toContain("Total due today $20.00");
    expect(page.text).toContain("ada@example.com");
    expect(page.text).toContain("PayKit sandbox.");
    expect((await page.follow("Cancel and go back")).url).toBe("https://app.example.com/pricing");
  });

  it("pays with 4242, goes back to the app, and the plan is active", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const session = await checkout();
    const page = await open(session.url);
    const back = await page.press("Pay and subscribe", GOOD_CARD);
    expect(back.url).toBe(`https://app.example.com/done?session=${session.id}`);
    const { data } = await stripe.subscriptions.list({ customer });
    expect(data.map(({ status }) => status)).toEqual(["active"]);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "paid",
      subscription: data[0]?.id,
    });
  });

  it("shows a decline, sells nothing, and lets the customer try again", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const session = await checkout();
    const declined = await (await open(session.url)).press("Pay and subscribe", DECLINED_CARD);
    expect(declined.status).toBe(402);
    expect(declined.alert).toBe("Your card was declined. Try a different card.");
    expect(declined.html).not.toContain('4000 0000 0000 0002"');
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
    const back = await declined.press("Pay and subscribe", GOOD_CARD);
    expect(back.url).toContain("https://app.example.com/done");
    expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
  });

  it("points at each field that is not filled in", async () => {
    const { open, checkout } = await openShop();
    const page = await (await open((await checkout()).url)).press("Pay and subscribe");
    expect(page.status).toBe(400);
    expect(page.text).toContain("Enter your card number.");
    expect(page.text).toContain("Enter month and year, such as 12 / 34.");
    expect(page.html.match(/id="\w+-error"/g)).toHaveLength(3);
  });

  it("refuses a card whose month is over", async () => {
    const { open, checkout } = await openShop();
    const page = await open((await checkout()).url);
    const expired = await page.press("Pay and subscribe", { ...GOOD_CARD, cardExpiry: "01 / 20" });
    expect(expired.status).toBe(400);
    expect(expired.html).toContain('aria-describedby="cardExpiry-error"');
  });

  it("asks the bank, and pays when the customer confirms", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const bank = await (await open((await checkout()).url)).press("Pay and subscribe", CHALLENGED_CARD);
    expect(bank.text).toContain("Confirm with your bank");
    expect(bank.text).toContain("$20.00");
    expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
    const back = await bank.press("Confirm");
    expect(back.url).toContain("https://app.example.com/done");
    expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
  });

  it("comes back with a message when the customer refuses, and pays another way", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const bank = await (await open((await checkout()).url)).press("Pay and subscribe", CHALLENGED_CARD);
    const refused = await bank.press("Refuse");
    expect(refused.alert).toBe(
      "Your bank did not confirm the payment, so nothing was charged. Try again, or use a different card.",
    );
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
    expect((await refused.press("Pay and subscribe", GOOD_CARD)).url).toContain(
      "https://app.example.com/done",
    );
  });

  it("sells once when the customer leaves the bank and pays another way", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const bank = await (await open((await checkout()).url)).press("Pay and subscribe", CHALLENGED_CARD);
    const page = await bank.follow("Go back without confirming");
    await page.press("Pay and subscribe", GOOD_CARD);
    await bank.press("Confirm").catch(() => undefined);
    const { data } = await stripe.subscriptions.list({ customer, status: "all" });
    expect(data.map(({ status }) => status)).toEqual(["active"]);
    expect((await stripe.charges.list({ customer })).data.filter(({ paid }) => paid)).toHaveLength(1);
  });

  it("starts a trial of 14 days for nothing today", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const page = await open((await checkout({ subscription_data: { trial_period_days: 14 } })).url);
    expect(page.text).toContain("Try Pro");
    expect(page.text).toContain("then $20.00 per month");
    expect(page.text).toContain("Total due today $0.00");
    await page.press("Start trial", GOOD_CARD);
    const [subscription] = (await stripe.subscriptions.list({ customer })).data;
    expect(subscription?.status).toBe("trialing");
    expect((subscription?.trial_end ?? 0) - (subscription?.trial_start ?? 0)).toBe(14 * 86_400);
  });

  it("offers the card from before, which pays without typing", async () => {
    const { stripe, customer, open, checkout } = await openShopWithSubscriber();
    const page = await open((await checkout()).url);
    expect(page.text).toContain("Visa ending in 4242");
    await page.press("Pay and subscribe");
    expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(2);
  });

  it("opens a copy of an expired session by its recovery link, which sells the same", async () => {
    const { stripe, open, checkout } = await openShop();
    const session = await checkout({ after_expiration: { recovery: { enabled: true } } });
    const expired = await stripe.checkout.sessions.expire(session.id);
    const page = await open(expired.after_expiration?.recovery?.url);
    expect(page.text).toContain("$20.00");
    const paid = await page.press("Pay and subscribe", GOOD_CARD);
    expect(paid.url).toMatch(/^https:\/\/app\.example\.com\/done\?session=cs_test_/);
    const [copy] = (await stripe.checkout.sessions.list({ limit: 1 })).data;
    expect(copy).toMatchObject({ recovered_from: session.id, status: "complete", amount_total: 2_000 });
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
  });

  it("offers nothing by the link of a session that does not recover, and none after 30 days", async () => {
    const { sandbox, stripe, open, checkout } = await openShop();
    const plain = await checkout();
    await stripe.checkout.sessions.expire(plain.id);
    const nothing = await open(plain.url?.replace("/c/pay/", "/c/recover/"));
    expect([nothing.status, nothing.text]).toEqual([410, expect.stringContaining("has expired")]);
    const recoverable = await checkout({ after_expiration: { recovery: { enabled: true } } });
    const { after_expiration } = await stripe.checkout.sessions.expire(recoverable.id);
    const { url, expires_at } = after_expiration?.recovery ?? {};
    await sandbox.clock.advance(new Date((expires_at ?? 0) * 1_000));
    expect((await open(url)).status).toBe(410);
  });

  it("says so when the session has expired, and sells nothing any more", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const session = await checkout();
    const page = await open(session.url);
    await stripe.checkout.sessions.expire(session.id);
    const late = await page.press("Pay and subscribe", GOOD_CARD);
    expect(late.status).toBe(410);
    expect(late.text).toContain("This checkout has expired");
    expect((await late.follow("Go back")).url).toBe("https://app.example.com/pricing");
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
  });

  it("does not sell twice when the form is sent twice", async () => {
    const { stripe, customer, open, checkout } = await openShop();
    const page = await open((await checkout()).url);
    await page.press("Pay and subscribe", GOOD_CARD);
    const again = await page.press("Pay and subscribe", GOOD_CARD);
    expect(again.text).toContain("You are all set");
    expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
  });

  it("is a 404 for a session that does not exist", async () => {
    const { sandbox, open } = await openShop();
    expect((await open(`${sandbox.url}/c/pay/cs_test_nothing`)).status).toBe(404);
  });
});

describe("the checkout page for a one-time payment", () => {
  it("asks for an email, changes the quantity, and charges 29.97 for three", async () => {
    const { stripe, pack, open } = await openShop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [
        { price: pack.id, quantity: 1, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } },
      ],
      success_url: "https://app.example.com/done",
    });
    const page = await open(session.url);
    expect(page.text).toContain("$9.99");
    const three = await page.press("Update", { quantity: "3" });
    expect(three.text).toContain("Total due today $29.97");
    const faulty = await three.press("Pay", { ...GOOD_CARD, email: "nobody" });
    expect(faulty.status).toBe(400);
    expect(faulty.text).toContain("Enter your email");
    await faulty.press("Pay", { ...GOOD_CARD, email: "bo@example.com" });
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(paid).toMatchObject({ status: "complete", payment_status: "paid", amount_total: 2_997 });
    expect(paid.customer_details?.email).toBe("bo@example.com");
    expect(paid.payment_intent).toMatchObject({ status: "succeeded", amount_received: 2_997 });
  });

  it("keeps the quantity within its bounds", async () => {
    const { pack, checkout, open } = await openShop();
    const session = await checkout({
      mode: "payment",
      line_items: [
        { price: pack.id, quantity: 1, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } },
      ],
    });
    const page = await (await open(session.url)).press("Update", { quantity: "6" });
    expect(page.status).toBe(400);
    expect(page.alert).not.toBeNull();
  });

  it("takes a promotion code off, and puts it back", async () => {
    const { stripe, pack, checkout, open } = await openShop();
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: "once" });
    await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "HALF" });
    const session = await checkout({
      mode: "payment",
      line_items: [{ price: pack.id, quantity: 2 }],
      allow_promotion_codes: true,
    });
    const page = await open(session.url);
    const unknown = await page.press("Apply", { promotionCode: "NOPE" });
    expect(unknown.status).toBe(400);
    expect(unknown.alert).not.toBeNull();
    // 2 x 9.99 = 19.98, half of it is 9.99.
    const half = await page.press("Apply", { promotionCode: "half" });
    expect(half.text).toContain("Total due today $9.99");
    const back = await half.press("Remove");
    expect(back.text).toContain("Total due today $19.98");
    await (await back.press("Apply", { promotionCode: "HALF" })).press("Pay", GOOD_CARD);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      amount_total: 999,
      status: "complete",
    });
  });
});

describe("the checkout page with a coupon", () => {
  it("says what the plan renews at while 25 % is off for 3 months: 15.00", async () => {
    const { stripe, checkout, open } = await openShop();
    const coupon = await stripe.coupons.create({
      percent_off: 25,
      duration: "repeating",
      duration_in_months: 3,
      name: "Launch",
    });
    const page = await open((await checkout({ discounts: [{ coupon: coupon.id }] })).url);
    expect(page.text).toContain("Launch (25% off for 3 months) -$5.00");
    expect(page.text).toContain("at $15.00 per month");
    expect(page.text).toContain("Total due today $15.00");
  });

  it("says the full price again after a coupon that is used once", async () => {
    const { stripe, checkout, open } = await openShop();
    const coupon = await stripe.coupons.create({
      amount_off: 500,
      currency: "usd",
      duration: "once",
      name: "Hello",
    });
    const page = await open((await checkout({ discounts: [{ coupon: coupon.id }] })).url);
    expect(page.text).toContain("Hello -$5.00");
    expect(page.text).toContain("at $20.00 per month");
  });
});

describe("the checkout page for a card", () => {
  it("saves the card without charging anything", async () => {
    const { stripe, customer, open } = await openShop();
    const session = await stripe.checkout.sessions.create({
      mode: "setup",
      customer,
      currency: "usd",
      success_url: "https://app.example.com/done",
    });
    const page = await open(session.url);
    expect(page.text).toContain("Save a card");
    await page.press("Save card", GOOD_CARD);
    expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ card }) => card?.last4)).toEqual(
      ["4242"],
    );
    expect((await stripe.charges.list({ customer })).data).toEqual([]);
  });
});
