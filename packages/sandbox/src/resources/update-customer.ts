import { invalid } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import type { Customer } from "../world/objects/customer.js";
import type { Address } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { fullAddress, toShipping } from "./address-params.js";

export type CustomerParams = {
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

export function updateCustomer(world: World, id: string, params: CustomerParams): void {
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
