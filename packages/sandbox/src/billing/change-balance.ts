import { newId } from "../world/new-id.js";
import type { CustomerBalanceTransaction } from "../world/objects/customer.js";
import type { Metadata } from "../world/objects/values.js";
import type { World } from "../world/world.js";

/** Moves a customer's balance (negative is credit) and writes down why. */
export function changeBalance(
  world: World,
  {
    customer,
    amount,
    currency,
    type,
    invoice = null,
    description = null,
    metadata = {},
  }: {
    customer: string;
    amount: number;
    currency: string;
    type: CustomerBalanceTransaction["type"];
    invoice?: string | null;
    description?: string | null;
    metadata?: Metadata;
  },
): CustomerBalanceTransaction {
  const balance = world.get("customer", customer).balance + amount;
  world.track("customer", customer, "customer.updated", () =>
    world.change("customer", customer, {
      balance,
      currency: world.get("customer", customer).currency ?? currency,
    }),
  );
  return world.put<CustomerBalanceTransaction>({
    id: newId("customer_balance_transaction"),
    object: "customer_balance_transaction",
    amount,
    checkout_session: null,
    created: world.nowFor(customer),
    credit_note: null,
    currency,
    customer,
    customer_account: null,
    description,
    ending_balance: balance,
    invoice,
    livemode: false,
    metadata,
    type,
  });
}
