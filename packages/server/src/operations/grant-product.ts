import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { OneTimeProduct } from "../catalog/index.js";
import { PayKitError } from "../contract/index.js";
import { lockGrants } from "../database/grant.js";
import { keepVersions } from "../database/product-version.js";
import { grantProjected } from "../database/project-grants.js";
import { listPurchaseRows, upsertPurchaseRows } from "../database/purchase.js";
import { compileGrants } from "../ledger/index.js";
import type { Context } from "./context.js";
import { customerIdSchema, idempotencyKeySchema, parseInput, unknownCustomer } from "./input.js";

const schema = z.object({
  customerId: customerIdSchema,
  productId: z.string(),
  quantity: z.int().min(1).max(999_999).default(1),
  idempotencyKey: idempotencyKeySchema.optional(),
});

export interface GrantProductInput<ProductId extends string = string> {
  customerId: string;
  productId: ProductId;
  /** Default 1. */
  quantity?: number | undefined;
  /** With it, the same call again grants nothing more. */
  idempotencyKey?: string | undefined;
}

/**
 * Gives a one-time product without payment, as if it had been bought. Errors: PRODUCT_UNKNOWN, PRODUCT_OWNED,
 * CUSTOMER_UNKNOWN, INPUT_INVALID.
 */
export async function grantProduct(context: Context, input: GrantProductInput): Promise<void> {
  const { customerId, productId, quantity, idempotencyKey } = parseInput(schema, input);
  const product = findOneTime(context, productId);
  if (!product.stackable && quantity > 1) {
    throw new PayKitError(
      "INPUT_INVALID",
      `quantity: "${productId}" is not stackable, so nobody can have ${quantity}.`,
    );
  }
  const purchaseId = toPurchaseId(idempotencyKey);
  const { database, usesTestClocks } = context;
  await database.transaction(async (tx) => {
    const { exists, now } = await lockGrants(tx, { customerId, usesTestClocks });
    if (!exists) throw unknownCustomer(customerId);
    const owned = await listPurchaseRows(tx, customerId);
    if (owned.some((row) => row.purchaseId === purchaseId)) return;
    assertNotOwned(product, owned);
    await keepVersions(tx, [product]);
    await upsertPurchaseRows(tx, [
      {
        ...{ customerId, purchaseId, productId, version: product.version, quantity },
        ...{ amount: 0, currency: product.prices[0]?.currency ?? "usd", status: "paid" },
        ...{ paymentIntentId: null, purchasedAt: now },
      },
    ]);
    const held = {
      grantId: `purchase:${purchaseId}`,
      product,
      quantity,
      startsAt: now,
      endsAt: null,
      anchorAt: now,
    };
    await grantProjected(tx, { customerId, usesTestClocks, added: compileGrants(held) });
  });
}

function findOneTime({ catalog }: Context, productId: string): OneTimeProduct {
  const product = catalog.products.get(productId);
  if (product?.kind === "product") return product;
  if (product === undefined) throw new PayKitError("PRODUCT_UNKNOWN", `There is no product "${productId}".`);
  throw new PayKitError(
    "INPUT_INVALID",
    `productId: "${productId}" is a plan. Only a product that is paid for once can be given; subscribe() starts a plan.`,
  );
}

function assertNotOwned(
  { id, stackable }: OneTimeProduct,
  owned: { productId: string; status: string }[],
): void {
  if (stackable || !owned.some(({ productId, status }) => productId === id && status === "paid")) return;
  throw new PayKitError("PRODUCT_OWNED", `The customer owns "${id}" already, and it is not stackable.`);
}

function toPurchaseId(idempotencyKey: string | undefined): string {
  if (idempotencyKey === undefined) return `gift_${randomUUID()}`;
  return `gift_${createHash("sha256").update(idempotencyKey).digest("hex").slice(0, 32)}`;
}
