import { describe, expect, it } from "vitest";
import { customRetries } from "../../src/index.js";
import { at, HOUR, openStage } from "./open-stage.js";

describe("dunning", () => {
  it("leaves a subscription unpaid, makes drafts meanwhile, and revives it when the last invoice is paid", async () => {
    const stage = await openStage({ settings: { dunning: customRetries([3, 5], "unpaid") } });
    const { stripe, customer, advance, setCard } = stage;
    const price = await stage.newPrice(2_000);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await setCard("pm_card_chargeCustomerFail");
    await advance(at("2027-05-01") + 2 * HOUR);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "past_due" });
    const [failed] = (await stripe.invoices.list({ subscription: id })).data;
    expect(failed).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: at("2027-05-04") + HOUR,
      status: "open",
    });

    // Tried on 4 and 9 May; after that nothing more is tried.
    await advance(at("2027-05-20"));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "unpaid" });
    expect(await stripe.invoices.retrieve(failed?.id ?? "")).toMatchObject({
      attempt_count: 3,
      next_payment_attempt: null,
    });

    await advance(at("2027-06-02"));
    const [june] = (await stripe.invoices.list({ subscription: id })).data;
    expect(june).toMatchObject({ status: "draft", auto_advance: false });

    await setCard("pm_card_visa");
    await stripe.invoices.pay(june?.id ?? "");
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active" });
  });

  it("pauses a subscription after the last retry where that is set", async () => {
    const { stripe, customer, advance, setCard, newPrice } = await openStage({
      settings: { dunning: customRetries([1], "pause") },
    });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(2_000) }] });
    await setCard("pm_card_chargeCustomerFail");
    await advance(at("2027-05-05"));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: "paused",
      status_details: { paused: { subscription: { type: "final_payment_failure" } } },
    });
    await advance(at("2027-06-25"));
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
  });

  it("tries again every 42 hours", async () => {
    const { stripe, customer, advance, sandbox, newPrice } = await openStage();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(2_000) }] });
    sandbox.faults.cards(customer, "decline");
    await advance(at("2027-05-10"));
    const charges = await stripe.charges.list({ customer });
    const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
    // On 1 May and every 42 hours after it: 1, 2, 4, 6, 8 and 9 May.
    expect(charges.data.filter(({ paid }) => !paid)).toHaveLength(6);
    expect(invoice?.attempt_count).toBe(6);
  });

  it("does not charge a card again that needs its holder, and counts the tries all the same", async () => {
    const { stripe, customer, advance, setCard, newPrice } = await openStage();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(2_000) }] });
    await setCard("pm_card_authenticationRequired");
    await advance(at("2027-05-10"));
    const charges = await stripe.charges.list({ customer });
    expect(charges.data.filter(({ paid }) => !paid)).toHaveLength(1);
    const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
    expect(invoice?.attempt_count).toBe(6);
  });
});
