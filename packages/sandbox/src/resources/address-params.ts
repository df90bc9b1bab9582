import type { Shipping } from "../world/objects/customer.js";
import type { Address } from "../world/objects/values.js";

export function fullAddress(given: Partial<Address>): Address {
  return { city: null, country: null, line1: null, line2: null, postal_code: null, state: null, ...given };
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
