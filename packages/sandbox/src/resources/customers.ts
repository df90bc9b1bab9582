import { changeBalance } from "../billing/change-balance.js";
import { missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { createCustomer } from "./create-customer.js";
import { deleteCustomer } from "./delete-customer.js";
import { findCustomer } from "./find-customer.js";
import { search } from "./search.js";
import { type CustomerParams, updateCustomer } from "./update-customer.js";

export const customers: readonly Route[] = [
  route<CustomerParams>(["POST", "/v1/customers"], "CustomerCreateParams", ({ world, params }) =>
    createCustomer(world, params),
  ),
  route<PageParams & { created?: Range; email?: string; test_clock?: string }>(
    ["GET", "/v1/customers"],
    "CustomerListParams",
    ({ world, params }) => {
      const { test_clock } = params;
      const found = world
        .list("customer")
        .filter(createdWithin(params))
        .filter(having({ email: params.email }))
        .filter((one) =>
          test_clock === undefined ? one.test_clock === null : one.test_clock === test_clock,
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
