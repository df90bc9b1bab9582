import type { Price } from "./objects/catalog.js";
import type { Noun, Stored, StoredObject } from "./objects/index.js";
import { listOf } from "./objects/values.js";
import type { World } from "./world.js";

/**
 * How the stored form of a noun becomes the API's. Paths are dotted and pass through lists (`items.data`, `discounts`).
 */
export type Spec = {
  /** Ids that a request may expand. */
  references?: Readonly<Record<string, Noun>>;
  /** Ids that the API always shows as objects. */
  embeds?: Readonly<Record<string, Noun>>;
  /** Fields that are computed for every answer. */
  derives?: Readonly<Record<string, (object: StoredObject, world: World) => unknown>>;
  /** Fields that appear only when they are expanded. */
  includes?: Readonly<Record<string, (object: StoredObject, world: World) => unknown>>;
};

const customer = "customer" as const;
const ofCustomer = { customer } as const;
const clock = { test_clock: "test_helpers.test_clock" } as const;

/** One entry for each kind of object; kinds without any reference are left out. */
export const specs: Readonly<Partial<Record<Noun | "line_item", Spec>>> = {
  "billing_portal.session": { references: { configuration: "billing_portal.configuration" } },
  "checkout.session": {
    references: {
      ...ofCustomer,
      subscription: "subscription",
      invoice: "invoice",
      payment_intent: "payment_intent",
      setup_intent: "setup_intent",
      "discounts.coupon": "coupon",
      "discounts.promotion_code": "promotion_code",
    },
    includes: {
      line_items: of("checkout.session", (session, world) =>
        listOf(
          `/v1/checkout/sessions/${session.id}/line_items`,
          session.hidden.lineItems.map((id) => world.get("item", id)),
        ),
      ),
    },
  },
  "entitlements.active_entitlement": { references: { feature: "entitlements.feature" } },
  balance_transaction: { references: { source: "charge" } },
  charge: {
    references: {
      ...ofCustomer,
      balance_transaction: "balance_transaction",
      payment_intent: "payment_intent",
    },
    includes: {
      refunds: of("charge", (charge, world) =>
        listOf(
          `/v1/charges/${charge.id}/refunds`,
          world.list("refund").filter((refund) => refund.charge === charge.id),
        ),
      ),
    },
  },
  coupon: {
    includes: {
      applies_to: of("coupon", ({ hidden }) => (hidden.products ? { products: hidden.products } : undefined)),
    },
  },
  customer: {
    references: { ...clock, "invoice_settings.default_payment_method": "payment_method" },
    embeds: { discount: "discount" },
    includes: {
      subscriptions: of("customer", ({ id }, world) =>
        listOf(
          `/v1/customers/${id}/subscriptions`,
          world
            .ofCustomer("subscription", id)
            .filter(({ status }) => !hasEnded(status))
            .reverse(),
        ),
      ),
      sources: of("customer", ({ id }) => listOf(`/v1/customers/${id}/sources`, [])),
      tax_ids: of("customer", ({ id }) => listOf(`/v1/customers/${id}/tax_ids`, [])),
    },
  },
  customer_balance_transaction: { references: { ...ofCustomer, invoice: "invoice" } },
  discount: {
    references: { ...ofCustomer, promotion_code: "promotion_code", "source.coupon": "coupon" },
  },
  dispute: { references: { charge: "charge", payment_intent: "payment_intent" } },
  invoice: {
    references: {
      ...ofCustomer,
      ...clock,
      default_payment_method: "payment_method",
      discounts: "discount",
      "parent.subscription_details.subscription": "subscription",
      "total_discount_amounts.discount": "discount",
    },
    includes: {
      payments: of("invoice", (invoice, world) =>
        listOf(
          `/v1/invoice_payments?invoice=${invoice.id}`,
          world.ofInvoice("invoice_payment", invoice.id).reverse(),
        ),
      ),
      confirmation_secret: of("invoice", confirmationSecret),
    },
  },
  invoice_payment: { references: { invoice: "invoice", "payment.payment_intent": "payment_intent" } },
  invoiceitem: {
    references: {
      ...ofCustomer,
      ...clock,
      discounts: "discount",
      invoice: "invoice",
      "pricing.price_details.price": "price",
    },
  },
  item: { embeds: { price: "price" } },
  line_item: {
    references: {
      discounts: "discount",
      "discount_amounts.discount": "discount",
      "pricing.price_details.price": "price",
      subscription: "subscription",
    },
  },
  payment_intent: {
    references: { ...ofCustomer, latest_charge: "charge", payment_method: "payment_method" },
  },
  payment_method: { references: ofCustomer },
  price: {
    references: { product: "product" },
    includes: {
      tiers: of("price", ({ hidden }) => hidden.tiers ?? undefined),
      currency_options: of("price", (price) => ({ [price.currency]: currencyOption(price) })),
    },
  },
  product: { references: { default_price: "price" } },
  product_feature: { embeds: { entitlement_feature: "entitlements.feature" } },
  promotion_code: { references: { ...ofCustomer, "promotion.coupon": "coupon" } },
  refund: {
    references: {
      ...ofCustomer,
      balance_transaction: "balance_transaction",
      charge: "charge",
      payment_intent: "payment_intent",
      payment_method: "payment_method",
    },
  },
  setup_attempt: {
    references: { ...ofCustomer, payment_method: "payment_method", setup_intent: "setup_intent" },
  },
  setup_intent: {
    references: { ...ofCustomer, latest_attempt: "setup_attempt", payment_method: "payment_method" },
  },
  subscription: {
    references: {
      ...ofCustomer,
      ...clock,
      default_payment_method: "payment_method",
      discounts: "discount",
      latest_invoice: "invoice",
      pending_setup_intent: "setup_intent",
      schedule: "subscription_schedule",
    },
    embeds: { "items.data": "subscription_item" },
  },
  subscription_item: {
    references: { discounts: "discount" },
    embeds: { price: "price" },
    derives: { plan: of("subscription_item", (item, world) => toPlan(world.get("price", item.price))) },
  },
  subscription_schedule: {
    references: {
      ...ofCustomer,
      ...clock,
      subscription: "subscription",
      "default_settings.default_payment_method": "payment_method",
      "phases.default_payment_method": "payment_method",
      "phases.discounts.coupon": "coupon",
      "phases.discounts.promotion_code": "promotion_code",
      "phases.items.price": "price",
      "phases.items.plan": "price",
      "phases.add_invoice_items.price": "price",
    },
  },
};

/** A statement about one kind of object, usable where any may come. */
function of<N extends Noun>(
  noun: N,
  compute: (object: Stored<N>, world: World) => unknown,
): (object: StoredObject, world: World) => unknown {
  return (object, world) => {
    if (object.object !== noun) throw new Error(`a ${object.object} is no ${noun}`);
    return compute(object as Stored<N>, world);
  };
}

function hasEnded(status: Stored<"subscription">["status"]): boolean {
  return status === "canceled" || status === "incomplete_expired";
}

function confirmationSecret(invoice: Stored<"invoice">, world: World) {
  const payment = world.ofInvoice("invoice_payment", invoice.id).find(({ status }) => status !== "canceled");
  if (!payment) return null;
  const intent = world.get("payment_intent", payment.payment.payment_intent);
  return { client_secret: intent.client_secret, type: "payment_intent" };
}

function currencyOption({ unit_amount, unit_amount_decimal, tax_behavior, custom_unit_amount }: Price) {
  return { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal };
}

/** The older face of a recurring price, which items still carry. */
export function toPlan(price: Price): Record<string, unknown> {
  const { recurring } = price;
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: recurring?.interval ?? "month",
    interval_count: recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days: recurring?.trial_period_days ?? null,
    usage_type: recurring?.usage_type ?? "licensed",
  };
}
