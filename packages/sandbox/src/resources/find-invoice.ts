import { missing } from "../wire/errors.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";

export function findInvoice(world: World, id: string): Invoice {
  const invoice = world.find("invoice", id);
  if (!invoice) throw missing("invoice", id);
  return invoice;
}
