import { invalid, missing } from "../wire/errors.js";
import type { Customer } from "../world/objects/customer.js";
import type { World } from "../world/world.js";

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
