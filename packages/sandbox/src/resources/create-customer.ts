import { blankCustomer } from "../billing/blank-customer.js";
import { attachPaymentMethod } from "../payments/payment-method.js";
import { invalid } from "../wire/errors.js";
import type { Customer } from "../world/objects/customer.js";
import type { World } from "../world/world.js";
import { type CustomerParams, updateCustomer } from "./update-customer.js";

export function createCustomer(world: World, params: CustomerParams): Customer {
  if (params.test_clock !== undefined && !world.find("test_helpers.test_clock", params.test_clock)) {
    throw invalid(`No such test clock: '${params.test_clock}'`, {
      code: "resource_missing",
      param: "test_clock",
    });
  }
  const { id } = world.put<Customer>({
    ...blankCustomer(world, params.test_clock ?? null),
    ...(params.invoice_prefix === undefined ? {} : { invoice_prefix: params.invoice_prefix }),
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

function setDefaultMethod(world: World, id: string, method: string): void {
  const { invoice_settings } = world.get("customer", id);
  world.change("customer", id, { invoice_settings: { ...invoice_settings, default_payment_method: method } });
}
