import type { SavedCard } from "./hosted/payment.js";
import type { World } from "./world.js";

/** A customer's cards, the default one first: that of the customer, or else that of a running subscription. */
export function savedCards(world: World, customer: string | null): SavedCard[] {
  if (customer === null) return [];
  const chosen =
    world.find("customer", customer)?.invoice_settings.default_payment_method ??
    cardOfSubscriptions(world, customer);
  const cards = world.ofCustomer("payment_method", customer).map(({ id, card }) => ({
    id,
    brand: card.brand,
    last4: card.last4,
    expMonth: card.exp_month,
    expYear: card.exp_year,
    isDefault: id === chosen,
  }));
  return cards.sort((one, other) => Number(other.isDefault) - Number(one.isDefault));
}

function cardOfSubscriptions(world: World, customer: string): string | null {
  const running = world.ofCustomer("subscription", customer).filter(({ ended_at }) => ended_at === null);
  return (
    running.findLast(({ default_payment_method }) => default_payment_method !== null)
      ?.default_payment_method ?? null
  );
}
