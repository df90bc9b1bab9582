import fc from "fast-check";
import type Stripe from "stripe";

/** A card that pays, one that fails every charge, and one whose bank asks each time. */
export type CardKind = "pays" | "fails" | "asks";

/** What an app, a customer or the passing of time may do. */
export type Operation =
  | {
      type: "subscribe";
      price: number;
      quantity: number;
      trialDays: number;
      coupon: number | null;
      isMetered: boolean;
    }
  | {
      type: "change";
      price: number;
      quantity: number;
      behavior: Stripe.SubscriptionUpdateParams.ProrationBehavior;
      payment: Stripe.SubscriptionUpdateParams.PaymentBehavior;
    }
  | { type: "cancel_at_period_end"; value: boolean }
  | { type: "cancel_at"; days: number }
  | { type: "cancel"; prorate: boolean; invoice_now: boolean }
  | { type: "hold"; behavior: "void" | "keep_as_draft" | "mark_uncollectible" | null }
  | { type: "plan_change"; price: number; phases: number }
  | { type: "release" }
  | { type: "use"; amount: number }
  | { type: "card"; kind: CardKind }
  | { type: "buy_with_challenge"; price: number; passes: boolean }
  | { type: "credit"; amount: number }
  | { type: "invoice_item"; amount: number }
  | { type: "invoice" }
  | { type: "pay" }
  | { type: "advance"; hours: number };

const behaviors = fc.constantFrom("create_prorations", "always_invoice", "none");
/** Three monthly prices and a yearly one. */
const index = fc.nat(3);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("subscribe" as const),
      price: index,
      quantity: fc.integer({ min: 1, max: 3 }),
      trialDays: fc.constantFrom(0, 0, 7),
      coupon: fc.option(fc.nat(1)),
      isMetered: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("change" as const),
      price: index,
      quantity: fc.integer({ min: 1, max: 5 }),
      behavior: behaviors,
      payment: fc.constantFrom("allow_incomplete", "error_if_incomplete", "pending_if_incomplete"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("cancel_at" as const), days: fc.integer({ min: 1, max: 70 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("cancel_at_period_end" as const), value: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("cancel" as const),
      prorate: fc.boolean(),
      invoice_now: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("hold" as const),
      behavior: fc.constantFrom("void", "keep_as_draft", "mark_uncollectible", null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("card" as const),
      kind: fc.constantFrom<CardKind>("pays", "fails", "asks"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("buy_with_challenge" as const),
      price: index,
      passes: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("plan_change" as const),
      price: index,
      phases: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("release" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("use" as const), amount: fc.integer({ min: 1, max: 250 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("credit" as const),
      amount: fc.integer({ min: -5_000, max: 3_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("invoice_item" as const),
      amount: fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -3_000, max: 3_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("invoice" as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("pay" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("advance" as const),
      hours: fc.integer({ min: 1, max: 45 * 24 }),
    }),
  },
);

/** A life of a customer: always begun with a subscription, always ended with time enough for what is still due. */
export const lives: fc.Arbitrary<Operation[]> = fc
  .array(operation, { minLength: 3, maxLength: 14 })
  .map((middle) => [
    { type: "subscribe", price: 1, quantity: 1, trialDays: 0, coupon: null, isMetered: true },
    ...middle,
    { type: "advance", hours: 24 },
  ]);
