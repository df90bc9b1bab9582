import type { CheckoutSession } from "../world/objects/checkout.js";
import type { Customer } from "../world/objects/customer.js";
import type { World } from "../world/world.js";
import { blankCustomer } from "./blank-customer.js";
import type { Payer } from "./complete-checkout.js";

/** The customer of a session: the one it names, or a new one where the session makes one; null for a guest. */
export function createCustomerFor(world: World, id: string, { billing }: Payer): string | null {
  const session = world.get("checkout.session", id);
  const customer = session.customer ?? (makesCustomer(session) ? newCustomer(world, session, billing) : null);
  const known = customer === null ? null : world.get("customer", customer);
  world.change("checkout.session", id, {
    customer,
    customer_details: {
      address: billing.address ?? known?.address ?? null,
      business_name: null,
      email: billing.email ?? known?.email ?? session.customer_email,
      individual_name: null,
      name: billing.name ?? known?.name ?? null,
      phone: billing.phone ?? known?.phone ?? null,
      tax_exempt: known?.tax_exempt ?? "none",
      tax_ids: [],
    },
  });
  return customer;
}

/** In subscription mode always; else as `customer_creation` says. */
function makesCustomer({ mode, customer_creation, invoice_creation, hidden }: CheckoutSession): boolean {
  if (mode === "subscription" || customer_creation === "always") return true;
  if (mode === "setup") return false;
  return invoice_creation?.enabled === true || hidden.paymentIntentData.setup_future_usage !== undefined;
}

function newCustomer(
  world: World,
  session: CheckoutSession,
  { email, name, phone }: Payer["billing"],
): string {
  const customer = world.put<Customer>({
    ...blankCustomer(world, null),
    email: email ?? session.customer_email,
    name: name ?? null,
    phone: phone ?? null,
    preferred_locales: ["en"],
  });
  world.emit("customer.created", customer);
  return customer.id;
}
