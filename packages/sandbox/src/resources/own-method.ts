import { invalid, missingReference } from "../wire/errors.js";
import type { World } from "../world/world.js";

/** @throws ApiError 400 for a method that is not the customer's */
export function ownMethod(world: World, customer: string, id: string | undefined): string | null {
  if (id === undefined) return null;
  const method = world.find("payment_method", id);
  if (!method) throw missingReference("PaymentMethod", id, "default_payment_method");
  if (method.customer !== customer) {
    throw invalid(`The payment method ${id} is not attached to this customer.`, {
      code: "resource_missing",
      param: "default_payment_method",
    });
  }
  return id;
}
