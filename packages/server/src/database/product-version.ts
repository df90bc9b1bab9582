import { inArray } from "drizzle-orm";
import type { Product } from "../catalog/model.js";
import type { Orm } from "./database.js";
import { productVersion } from "./schema/index.js";

/** Keeps what a product is now, before anybody buys it, so that the buyer keeps it when the catalog changes. */
export async function keepVersions(orm: Orm, products: readonly Product[]): Promise<void> {
  if (products.length === 0) return;
  // In one order, so that two writers of the same rows do not wait for each other in a circle.
  const sorted = [...products].sort((a, b) => (a.id < b.id ? -1 : 1));
  await orm
    .insert(productVersion)
    .values(
      sorted.map((product) => ({ productId: product.id, version: product.version, definition: product })),
    )
    .onConflictDoNothing();
}

export async function listVersions(orm: Orm, productIds: readonly string[]): Promise<Product[]> {
  if (productIds.length === 0) return [];
  const rows = await orm
    .select({ definition: productVersion.definition })
    .from(productVersion)
    .where(inArray(productVersion.productId, [...productIds]));
  return rows.map(({ definition }) => definition);
}
