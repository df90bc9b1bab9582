import { newId, randomText } from "../world/new-id.js";
import type { Customer } from "../world/objects/customer.js";
import type { World } from "../world/world.js";

/** A customer of whom nothing is known yet, who lives by a test clock or by the sandbox's own. */
export function blankCustomer(world: World, testClock: string | null): Customer {
  return {
    id: newId("customer"),
    object: "customer",
    address: null,
    balance: 0,
    created: world.nowOn(testClock),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
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
    test_clock: testClock,
  };
}
