import type { SavedCard } from "./hosted.js";
import type { World } from "./world.js";

/** A customer's cards, the default one first. */
export function savedCards(world: World, customer: string | null): SavedCard[] {
  if (customer === null) return [];
  const chosen = world.find("customer", customer)?.invoice_settings.default_payment_method ?? null;
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
