import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { invoicesOf, latestInvoice, lineAmounts, newClockedCustomer, newPrice, useCard } from "./fixtures.js";
import { at, idOf, itemOf, refusal, type Target } from "./target.js";

const HOUR = 3_600;

/** Changes in the middle of a period, and what they cost to the cent. */
export function changes(target: Target): void {
  const { stripe } = target;

  describe("an upgrade from 20.00 to 50.00 at the middle of April", () => {
    let small: Stripe.Price;
    let large: Stripe.Price;
    beforeAll(async () => {
      small = await newPrice(target, { amount: 2_000, name: "Basic" });
      large = await newPrice(target, { amount: 5_000, name: "Team" });
    });

    async function upgrade(proration_behavior: "create_prorations" | "always_invoice" | "none") {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
      await target.advance(clock, at("2027-04-16"));
      const changed = await stripe.subscriptions.update(created.id, {
        items: [{ id: itemOf(created).id, price: large.id }],
        proration_behavior,
      });
      return { customer, clock, changed };
    }

    it("is previewed as 15.00 now, and nothing changes", async () => {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
      await target.advance(clock, at("2027-04-16"));
      const preview = await stripe.invoices.createPreview({
        customer,
        subscription: created.id,
        subscription_details: {
          items: [{ id: itemOf(created).id, price: large.id }],
          proration_behavior: "always_invoice",
          proration_date: at("2027-04-16"),
        },
      });
      expect(preview).toMatchObject({ total: 1_500, amount_due: 1_500 });
      expect(lineAmounts(preview).sort((a, b) => a - b)).toEqual([-1_000, 2_500]);
      expect(itemOf(await stripe.subscriptions.retrieve(created.id)).price.id).toBe(small.id);
      expect(await invoicesOf(target, created.id)).toHaveLength(1);
    });

    it("charges 15.00 at once with always_invoice: -10.00 and 25.00, and 50.00 in May", async () => {
      const { clock, changed } = await upgrade("always_invoice");
      expect(itemOf(changed).price.id).toBe(large.id);
      const invoice = await latestInvoice(target, changed.id);
      expect(invoice).toMatchObject({ status: "paid", total: 1_500, billing_reason: "subscription_update" });
      const byAmount = invoice.lines.data.toSorted((a, b) => a.amount - b.amount);
      expect(byAmount.map(({ amount, description }) => [amount, description])).toEqual([
        [-1_000, "Unused time on Basic after 16 Apr 2027"],
        [2_500, "Remaining time on Team after 16 Apr 2027"],
      ]);
      expect(byAmount[0]?.period).toEqual({ start: at("2027-04-16"), end: at("2027-05-01") });
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await latestInvoice(target, changed.id)).toMatchObject({ status: "paid", total: 5_000 });
    });

    it("keeps both lines for May with create_prorations: 65.00", async () => {
      const { customer, clock, changed } = await upgrade("create_prorations");
      const pending = await stripe.invoiceItems.list({ customer, pending: true });
      expect(pending.data.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-1_000, 2_500]);
      expect(pending.data.every(({ proration }) => proration)).toBe(true);
      expect(await invoicesOf(target, changed.id)).toHaveLength(1);
      await target.advance(clock, at("2027-05-01") + HOUR);
      const invoice = await latestInvoice(target, changed.id);
      expect(invoice).toMatchObject({ status: "paid", total: 6_500 });
      expect(lineAmounts(invoice).sort((a, b) => a - b)).toEqual([-1_000, 2_500, 5_000]);
    });

    it("costs nothing until May with none: 50.00 then", async () => {
      const { clock, changed } = await upgrade("none");
      expect(await invoicesOf(target, changed.id)).toHaveLength(1);
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await latestInvoice(target, changed.id)).toMatchObject({ total: 5_000 });
    });

    it("gives credit for a downgrade and never money: -15.00 to the balance", async () => {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: large.id }] });
      await target.advance(clock, at("2027-04-16"));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: itemOf(created).id, price: small.id }],
        proration_behavior: "always_invoice",
      });
      expect(await latestInvoice(target, created.id)).toMatchObject({
        status: "paid",
        total: -1_500,
        amount_due: 0,
      });
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_500 });
      // 20.00 in May less the credit of 15.00.
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await latestInvoice(target, created.id)).toMatchObject({
        total: 2_000,
        amount_due: 500,
        amount_paid: 500,
      });
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
    });

    async function withFailingCard() {
      const owner = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({
        customer: owner.customer,
        items: [{ price: small.id }],
      });
      await useCard(stripe, owner.customer, "pm_card_chargeCustomerFail");
      await target.advance(owner.clock, at("2027-04-16"));
      const upgradeWith = (payment_behavior: "error_if_incomplete" | "pending_if_incomplete") =>
        stripe.subscriptions.update(created.id, {
          items: [{ id: itemOf(created).id, price: large.id }],
          proration_behavior: "always_invoice",
          payment_behavior,
        });
      return { ...owner, id: created.id, upgradeWith };
    }

    it("is refused whole when it cannot be paid, with error_if_incomplete", async () => {
      const { id, upgradeWith } = await withFailingCard();
      expect((await refusal(upgradeWith("error_if_incomplete"))).statusCode).toBe(402);
      const after = await stripe.subscriptions.retrieve(id);
      expect(after.status).toBe("active");
      expect(itemOf(after).price.id).toBe(small.id);
      expect(await invoicesOf(target, id)).toHaveLength(1);
    });

    it("waits for its payment with pending_if_incomplete, and is applied when it is paid", async () => {
      const { id, customer, upgradeWith } = await withFailingCard();
      const waiting = await upgradeWith("pending_if_incomplete");
      expect(waiting.status).toBe("active");
      expect(itemOf(waiting).price.id).toBe(small.id);
      expect(waiting.pending_update?.expires_at).toBe(at("2027-04-16") + 23 * HOUR);
      const good = await useCard(stripe, customer, "pm_card_visa");
      await stripe.invoices.pay(idOf(waiting.latest_invoice), { payment_method: good });
      const after = await stripe.subscriptions.retrieve(id);
      expect(after.pending_update).toBeNull();
      expect(itemOf(after).price.id).toBe(large.id);
    });

    it("waits for what the change costs after a discount: 2.50", async () => {
      const { id, upgradeWith } = await withFailingCard();
      const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
      await stripe.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] });
      const waiting = await upgradeWith("pending_if_incomplete");
      // 50.00 less 50 % for half of April is 12.50; what was billed for it, 10.00, was without the discount.
      expect(await latestInvoice(target, id)).toMatchObject({ status: "open", total: 250 });
      expect(waiting.pending_update).not.toBeNull();
    });

    it("is dropped after 23 hours without payment, and its invoice is void", async () => {
      const { id, clock, upgradeWith } = await withFailingCard();
      const waiting = await upgradeWith("pending_if_incomplete");
      await target.advance(clock, at("2027-04-17") + HOUR);
      const after = await stripe.subscriptions.retrieve(id);
      expect(after).toMatchObject({ status: "active", pending_update: null });
      expect(itemOf(after).price.id).toBe(small.id);
      expect((await stripe.invoices.retrieve(idOf(waiting.latest_invoice))).status).toBe("void");
    });
  });

  describe("a change back and forth under flexible billing", () => {
    it("credits what was debited: 10.00, then 20.00 unbilled, then back: 0.00", async () => {
      // Stripe, "Prorations": classic billing would give -3.34.
      const ten = await newPrice(target, { amount: 1_000 });
      const twenty = await newPrice(target, { amount: 2_000 });
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: ten.id }] });
      const item = itemOf(created).id;
      await target.advance(clock, at("2027-04-11"));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: item, price: twenty.id }],
        proration_behavior: "none",
      });
      await target.advance(clock, at("2027-04-21"));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: item, price: ten.id }],
        proration_behavior: "create_prorations",
      });
      const pending = await stripe.invoiceItems.list({ customer, pending: true });
      expect(pending.data.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    });
  });
}
