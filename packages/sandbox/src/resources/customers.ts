import { cancelNow } from "../billing/cancel-subscription.js";
import { changeBalance } from "../billing/change-balance.js";
import { attachPaymentMethod } from "../payments/payment-method.js";
import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId, randomText } from "../world/new-id.js";
import type { Customer, Shipping } from "../world/objects/customer.js";
import type { Address } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { search } from "./search.js";

type CustomerParams = {
  address?: Partial<Address> | null;
  balance?: number;
  business_name?: string | null;
  description?: string;
  email?: string;
  individual_name?: string | null;
  invoice_prefix?: string;
  invoice_settings?: {
    custom_fields?: Customer["invoice_settings"]["custom_fields"];
    default_payment_method?: string;
    footer?: string;
    rendering_options?: { amount_tax_display?: string | null; template?: string } | null;
  };
  metadata?: MetadataChange;
  name?: string;
  payment_method?: string;
  phone?: string;
  preferred_locales?: string[];
  shipping?: { address: Partial<Address>; name: string; phone?: string } | null;
  source?: string;
  tax_exempt?: Customer["tax_exempt"] | null;
  test_clock?: string;
};

export const customers: readonly Route[] = [
  route<CustomerParams>(["POST", "/v1/customers"], "CustomerCreateParams", ({ world, params }) =>
    createCustomer(world, params),
  ),
  route<PageParams & { created?: Range; email?: string; test_clock?: string }>(
    ["GET", "/v1/customers"],
    "CustomerListParams",
    ({ world, params }) => {
      const found = world
        .list("customer")
        .filter((one) => isWithin(one.created, params.created))
        .filter((one) => params.email === undefined || one.email === params.email)
        .filter((one) =>
          params.test_clock === undefined ? one.test_clock === null : one.test_clock === params.test_clock,
        );
      return paginate(found, params, "/v1/customers");
    },
  ),
  search("customer", "/v1/customers/search", "CustomerSearchParams", [
    "created",
    "email",
    "metadata",
    "name",
    "phone",
  ]),
  route(
    ["GET", "/v1/customers/:id"],
    "CustomerRetrieveParams",
    ({ world, id }) => world.tombstone("customer", id) ?? findCustomer(world, id),
  ),
  route<CustomerParams>(["POST", "/v1/customers/:id"], "CustomerUpdateParams", ({ world, id, params }) => {
    findCustomer(world, id);
    world.track("customer", id, "customer.updated", () => updateCustomer(world, id, params));
    return world.get("customer", id);
  }),
  route(["DELETE", "/v1/customers/:id"], "CustomerDeleteParams", ({ world, id }) =>
    deleteCustomer(world, id),
  ),
  route(["DELETE", "/v1/customers/:id/discount"], "CustomerDeleteDiscountParams", ({ world, id }) => {
    const { discount } = findCustomer(world, id);
    if (discount === null) throw missing("discount", "active discount", "id");
    const { hidden: _, ...shown } = world.get("discount", discount);
    world.track("customer", id, "customer.updated", () => world.change("customer", id, { discount: null }));
    world.emit(
      "customer.discount.deleted",
      world.change("discount", discount, { hidden: { hasEnded: true } }),
    );
    return { ...shown, deleted: true };
  }),
  route<PageParams>(
    ["GET", "/v1/customers/:id/payment_methods"],
    "CustomerListPaymentMethodsParams",
    ({ world, id, params }) =>
      paginate(
        world.ofCustomer("payment_method", findCustomer(world, id).id),
        params,
        `/v1/customers/${id}/payment_methods`,
      ),
  ),
  route(
    ["GET", "/v1/customers/:id/payment_methods/:method"],
    "CustomerRetrievePaymentMethodParams",
    ({ world, id, path }) => {
      const method = world.find("payment_method", path.method ?? "");
      if (method?.customer !== findCustomer(world, id).id)
        throw missing("PaymentMethod", path.method ?? "", "payment_method");
      return method;
    },
  ),
  route<PageParams>(
    ["GET", "/v1/customers/:id/balance_transactions"],
    "CustomerListBalanceTransactionsParams",
    ({ world, id, params }) =>
      paginate(
        world.ofCustomer("customer_balance_transaction", findCustomer(world, id).id),
        params,
        `/v1/customers/${id}/balance_transactions`,
      ),
  ),
  route<{ amount: number; currency: string; description?: string; metadata?: MetadataChange }>(
    ["POST", "/v1/customers/:id/balance_transactions"],
    "CustomerCreateBalanceTransactionParams",
    ({ world, id, params }) =>
      changeBalance(world, {
        customer: findCustomer(world, id).id,
        amount: params.amount,
        currency: params.currency,
        type: "adjustment",
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata),
      }),
  ),
  route(
    ["GET", "/v1/customers/:id/balance_transactions/:transaction"],
    "CustomerRetrieveBalanceTransactionParams",
    ({ world, path }) => {
      const found = world.find("customer_balance_transaction", path.transaction ?? "");
      if (!found) throw missing("customer_balance_transaction", path.transaction ?? "");
      return found;
    },
  ),
];

/** @throws ApiError 404 `resource_missing`, for a deleted customer too */
export function findCustomer(world: World, id: string, param = "id"): Customer {
  const customer = world.find("customer", id);
  if (!customer) throw missing("customer", id, param);
  return customer;
}

/** A customer that a parameter names: a 400 when there is none. */
export function requireCustomer(world: World, id: string | undefined): Customer {
  if (id === undefined)
    throw invalid("You must supply a customer.", { code: "parameter_missing", param: "customer" });
  const customer = world.find("customer", id);
  if (!customer) throw invalid(`No such customer: '${id}'`, { code: "resource_missing", param: "customer" });
  return customer;
}

export function createCustomer(world: World, params: CustomerParams): Customer {
  if (params.test_clock !== undefined && !world.find("test_helpers.test_clock", params.test_clock)) {
    throw invalid(`No such test clock: '${params.test_clock}'`, {
      code: "resource_missing",
      param: "test_clock",
    });
  }
  const id = newId("customer");
  world.put<Customer>({
    id,
    object: "customer",
    address: null,
    balance: 0,
    created: world.nowOn(params.test_clock ?? null),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: params.invoice_prefix ?? randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: params.test_clock ?? null,
  });
  const announce = world.reserve("customer.created", world.get("customer", id));
  const token = params.payment_method ?? params.source;
  const method = token === undefined ? null : attachPaymentMethod(world, token, id).id;
  updateCustomer(world, id, params);
  // A card given as `source` becomes the default, as it always did.
  if (params.source !== undefined && method !== null) setDefaultMethod(world, id, method);
  if (
    params.invoice_settings?.default_payment_method === params.payment_method &&
    method !== null &&
    params.payment_method
  ) {
    setDefaultMethod(world, id, method);
  }
  announce();
  return world.get("customer", id);
}

export function setDefaultMethod(world: World, id: string, method: string): void {
  const { invoice_settings } = world.get("customer", id);
  world.change("customer", id, { invoice_settings: { ...invoice_settings, default_payment_method: method } });
}

export function fullAddress(given: Partial<Address>): Address {
  return { city: null, country: null, line1: null, line2: null, postal_code: null, state: null, ...given };
}

function updateCustomer(world: World, id: string, params: CustomerParams): void {
  const before = world.get("customer", id);
  const patch: Partial<Customer> = {
    address: params.address === undefined ? before.address : params.address && fullAddress(params.address),
    balance: params.balance ?? before.balance,
    description: text(params.description, before.description),
    email: text(params.email, before.email),
    invoice_prefix: params.invoice_prefix ?? before.invoice_prefix,
    metadata: mergeMetadata(before.metadata, params.metadata),
    name: text(params.name, before.name),
    phone: text(params.phone, before.phone),
    preferred_locales: params.preferred_locales ?? before.preferred_locales,
    shipping:
      params.shipping === undefined ? before.shipping : params.shipping && toShipping(params.shipping),
    tax_exempt: params.tax_exempt === undefined ? before.tax_exempt : (params.tax_exempt ?? "none"),
    invoice_settings: mergeSettings(world, before, params),
    ...(params.business_name ? { business_name: params.business_name } : {}),
    ...(params.individual_name ? { individual_name: params.individual_name } : {}),
  };
  world.change("customer", id, patch);
}

/** An empty string unsets. */
function text(given: string | undefined, before: string | null): string | null {
  return given === undefined ? before : given === "" ? null : given;
}

export function toShipping({
  address,
  name,
  phone,
}: {
  address: Partial<Address>;
  name: string;
  phone?: string;
}): Shipping {
  return { address: fullAddress(address), name, phone: phone ?? null };
}

function mergeSettings(
  world: World,
  { id, invoice_settings }: Customer,
  { invoice_settings: given, payment_method }: CustomerParams,
) {
  if (given === undefined) return invoice_settings;
  const { default_payment_method: method, rendering_options: rendering, ...rest } = given;
  if (
    method !== undefined &&
    method !== "" &&
    method !== payment_method &&
    world.find("payment_method", method)?.customer !== id
  ) {
    throw invalid(`The payment method ${method} is not attached to this customer.`, {
      code: "resource_missing",
      param: "invoice_settings[default_payment_method]",
    });
  }
  return {
    ...invoice_settings,
    ...rest,
    ...(method === undefined || method === payment_method
      ? {}
      : { default_payment_method: method === "" ? null : method }),
    ...(rendering === undefined
      ? {}
      : {
          rendering_options: rendering && {
            amount_tax_display: rendering.amount_tax_display ?? null,
            template: rendering.template ?? null,
          },
        }),
  };
}

function deleteCustomer(world: World, id: string) {
  const customer = findCustomer(world, id);
  for (const { id: subscription, status } of world.ofCustomer("subscription", id)) {
    if (status === "canceled" || status === "incomplete_expired") continue;
    cancelNow(world, subscription, { reason: "cancellation_requested" });
  }
  for (const method of world.ofCustomer("payment_method", id)) {
    world.change("payment_method", method.id, {
      customer: null,
      hidden: { ...method.hidden, wasDetached: true },
    });
  }
  for (const item of world.ofCustomer("invoiceitem", id))
    if (item.invoice === null) world.remove("invoiceitem", item.id);
  world.emit("customer.deleted", world.get("customer", customer.id));
  return world.bury("customer", id);
}
