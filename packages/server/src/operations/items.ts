import type { Entitlement } from "../contract/index.js";
import { evaluateEntitlement } from "../contract/index.js";
import { readStack } from "../database/check.js";
import type { Balance } from "./balance.js";
import { decreaseItem, increaseItem } from "./change-item.js";
import type { Context } from "./context.js";
import { getCustomer } from "./get-customer.js";
import { customerIdSchema, findItem, parseInput, unknownCustomer } from "./input.js";
import { report } from "./report.js";

export interface ChangeOptions {
  /** With it, the same call again gets the first answer and counts once. */
  idempotencyKey?: string | undefined;
  /** For the history: why. */
  reason?: string | undefined;
  /** For the history: who. */
  actor?: string | undefined;
}

/** A metered feature of one customer, as a quantity. */
export interface Item<Id extends string = string> {
  readonly id: Id;
  readonly displayName: string;
  /** What is left, below 0 when in debt, `Infinity` when unlimited. Follows the changes made through this handle. */
  readonly quantity: number;
  /** What may be shown to a person: never below 0. */
  readonly nonNegativeQuantity: number;
  /** Grants by hand; a debt is paid first. Resolves to the new quantity. */
  increaseQuantity(
    amount: number,
    options?: ChangeOptions & { expiresAt?: Date | undefined },
  ): Promise<number>;
  /** Uses, into debt when there is not enough. Resolves to the new quantity. */
  decreaseQuantity(amount: number, options?: ChangeOptions): Promise<number>;
  /** Uses if there is enough; false, and no change, when there is not. Free of races. */
  tryDecreaseQuantity(amount: number, options?: ChangeOptions): Promise<boolean>;
}

interface ItemId {
  customerId: string;
  itemId: string;
}

/** One query. Errors: FEATURE_UNKNOWN, INPUT_INVALID. */
export async function getItem(context: Context, { customerId: id, itemId }: ItemId): Promise<Item> {
  const customerId = parseInput(customerIdSchema, id);
  const { type } = findItem(context.catalog, itemId);
  const { database, usesTestClocks } = context;
  const stack = await readStack(database, { customerId, featureId: itemId, usesTestClocks });
  const { grants, now } = stack ?? { grants: [], now: new Date(0) };
  const entitlement = evaluateEntitlement({ featureId: itemId, type, grants, now });
  return toItem(context, { customerId, itemId }, quantityOf(entitlement));
}

/** Every item of the catalog, in one query. Errors: CUSTOMER_UNKNOWN, INPUT_INVALID. */
export async function listItems(context: Context, customerId: string): Promise<Item[]> {
  const customer = await getCustomer(context, { id: customerId });
  if (customer === null) throw unknownCustomer(customerId);
  return Object.values(customer.entitlements)
    .filter(({ type }) => type === "metered")
    .map((entitlement) =>
      toItem(context, { customerId, itemId: entitlement.featureId }, quantityOf(entitlement)),
    );
}

function quantityOf({ balance }: Pick<Entitlement, "balance">): number {
  return balance ?? Number.POSITIVE_INFINITY;
}

function toItem(context: Context, id: ItemId, initial: number): Item {
  let quantity = initial;
  const keep = ({ remaining }: Balance) => {
    quantity = quantityOf({ balance: remaining });
    return quantity;
  };
  return {
    id: id.itemId,
    displayName: context.catalog.features.get(id.itemId)?.name ?? id.itemId,
    get quantity() {
      return quantity;
    },
    get nonNegativeQuantity() {
      return Math.max(0, quantity);
    },
    increaseQuantity: async (amount, options) =>
      keep(await increaseItem(context, { ...id, ...options, amount })),
    decreaseQuantity: async (amount, options) =>
      keep(await decreaseItem(context, { ...id, ...options, amount })),
    tryDecreaseQuantity: async (amount, options) => {
      const { customerId, itemId: featureId } = id;
      const { success, balance } = await report(context, { customerId, featureId, ...options, amount });
      keep(balance);
      return success;
    },
  };
}
