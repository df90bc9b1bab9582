import { hasValidCheckDigit, isExpired } from "../engine/read-card.js";
import { cardError, DECLINES } from "../payments/decline.js";
import { attachPaymentMethod, createPaymentMethod, findPaymentMethod } from "../payments/payment-method.js";
import { findNamedCard, findTestCard, type TestCard } from "../payments/test-cards.js";
import { invalid, missing, parameterMissing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { having, type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { PaymentMethod } from "../world/objects/payment-method.js";
import type { Address, BillingDetails } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { fullAddress } from "./address-params.js";
import { requireCustomer } from "./find-customer.js";

type BillingDetailsParams = {
  address?: Partial<Address> | null;
  email?: string | null;
  name?: string;
  phone?: string;
  tax_id?: string;
};

export type MethodData = {
  type?: string;
  card?: { number?: string; exp_month?: number; exp_year?: number; cvc?: string; token?: string };
  billing_details?: BillingDetailsParams;
  metadata?: MetadataChange;
};

export const paymentMethods: readonly Route[] = [
  route<MethodData>(["POST", "/v1/payment_methods"], "PaymentMethodCreateParams", ({ world, params }) =>
    methodFromData(world, params),
  ),
  route<PageParams & { customer?: string; type?: string }>(
    ["GET", "/v1/payment_methods"],
    "PaymentMethodListParams",
    ({ world, params }) => {
      const found =
        params.customer === undefined
          ? world.list("payment_method").filter(({ customer }) => customer !== null)
          : world.ofCustomer("payment_method", requireCustomer(world, params.customer).id);
      return paginate(found.filter(having({ type: params.type })), params, "/v1/payment_methods");
    },
  ),
  route(["GET", "/v1/payment_methods/:id"], "PaymentMethodRetrieveParams", ({ world, id }) =>
    findPaymentMethod(world, id, "id"),
  ),
  route<{
    billing_details?: BillingDetailsParams;
    card?: { exp_month?: number; exp_year?: number };
    metadata?: MetadataChange;
    allow_redisplay?: PaymentMethod["allow_redisplay"];
  }>(["POST", "/v1/payment_methods/:id"], "PaymentMethodUpdateParams", ({ world, id, params }) => {
    const before = requireMethod(world, id);
    world.track("payment_method", id, "payment_method.updated", () =>
      world.change("payment_method", id, {
        allow_redisplay: params.allow_redisplay ?? before.allow_redisplay,
        billing_details: toBillingDetails(params.billing_details, before.billing_details),
        card: {
          ...before.card,
          exp_month: params.card?.exp_month ?? before.card.exp_month,
          exp_year: params.card?.exp_year ?? before.card.exp_year,
        },
        metadata: mergeMetadata(before.metadata, params.metadata),
      }),
    );
    return world.get("payment_method", id);
  }),
  route<{ customer?: string }>(
    ["POST", "/v1/payment_methods/:id/attach"],
    "PaymentMethodAttachParams",
    ({ world, id, params }) => attachPaymentMethod(world, id, requireCustomer(world, params.customer).id),
  ),
  route(["POST", "/v1/payment_methods/:id/detach"], "PaymentMethodDetachParams", ({ world, id }) =>
    detachMethod(world, id),
  ),
];

/** Takes a card off its customer for good, wherever it was the default. */
export function detachMethod(world: World, id: string): PaymentMethod {
  const method = requireMethod(world, id);
  const { customer } = method;
  if (customer === null) {
    throw invalid("This payment method is not attached to any customer.");
  }
  world.track("customer", customer, "customer.updated", () => {
    const { invoice_settings } = world.get("customer", customer);
    if (invoice_settings.default_payment_method !== id) return;
    world.change("customer", customer, {
      invoice_settings: { ...invoice_settings, default_payment_method: null },
    });
  });
  for (const subscription of world.ofCustomer("subscription", customer)) {
    if (subscription.default_payment_method !== id) continue;
    world.track("subscription", subscription.id, "customer.subscription.updated", () =>
      world.change("subscription", subscription.id, { default_payment_method: null }),
    );
  }
  const detached = world.change("payment_method", id, {
    customer: null,
    hidden: { ...method.hidden, wasDetached: true },
  });
  world.emit("payment_method.detached", detached, { customer });
  return detached;
}

export function methodFromData(
  world: World,
  { type = "card", card, billing_details, metadata }: MethodData,
): PaymentMethod {
  if (type !== "card") throw invalid(`The sandbox covers cards only, not \`${type}\`.`, { param: "type" });
  if (card === undefined) throw parameterMissing("card");
  const testCard = card.token === undefined ? numbered(world, card) : named(card.token);
  return createPaymentMethod(world, {
    card: testCard,
    ...(card.exp_month === undefined ? {} : { expMonth: card.exp_month }),
    ...(card.exp_year === undefined ? {} : { expYear: card.exp_year }),
    billingDetails: toBillingDetails(billing_details),
    metadata: mergeMetadata({}, metadata),
  });
}

function toBillingDetails(
  given: BillingDetailsParams | undefined,
  before?: BillingDetails,
): Partial<BillingDetails> & BillingDetails {
  const base = before ?? { address: null, email: null, name: null, phone: null, tax_id: null };
  if (given === undefined) return base;
  return {
    address: given.address === undefined ? base.address : given.address && fullAddress(given.address),
    email: given.email === undefined ? base.email : given.email,
    name: given.name ?? base.name,
    phone: given.phone ?? base.phone,
    tax_id: given.tax_id ?? base.tax_id,
  };
}

function requireMethod(world: World, id: string): PaymentMethod {
  const method = world.find("payment_method", id);
  if (!method) throw missing("PaymentMethod", id);
  return method;
}

function numbered(world: World, card: NonNullable<MethodData["card"]>): TestCard {
  const digits = (card.number ?? "").replace(/[\s-]/g, "");
  if (!hasValidCheckDigit(digits) || digits.length < 12) {
    throw cardError(
      { code: "incorrect_number", declineCode: null, message: "Your card number is incorrect." },
      {},
      false,
    );
  }
  const { exp_month: expMonth = 12, exp_year: expYear = 2040 } = card;
  if (expMonth < 1 || expMonth > 12) {
    throw cardError(
      {
        code: "invalid_expiry_month",
        declineCode: null,
        message: "Your card's expiration month is invalid.",
      },
      {},
      false,
    );
  }
  if (isExpired({ expMonth, expYear }, world.nowOn(null))) throw cardError(DECLINES.expired, {}, false);
  const known = findTestCard(digits);
  if (!known) throw cardError(DECLINES.generic, {}, false);
  return known;
}

function named(token: string): TestCard {
  const card = findNamedCard(token);
  if (!card) throw invalid(`No such token: '${token}'`, { code: "resource_missing", param: "card[token]" });
  return card;
}
