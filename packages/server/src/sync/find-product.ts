import type { Catalog, Product } from "../catalog/model.js";
import type { Database } from "../database/index.js";
import { listVersions } from "../database/product-version.js";
import type { BilledState } from "../subscription/billed.js";
import type { FindProduct } from "../subscription/plan-lines.js";

interface Sources {
  catalog: Catalog;
  database: Database;
}

/**
 * Products as they were when they were bought: today's catalog where the version is today's, else what was kept of it. A
 * version that nobody kept (a new database, say) is read as today's product rather than as nothing.
 */
export async function findProducts({ catalog, database }: Sources, state: BilledState): Promise<FindProduct> {
  const named = [...state.prices.values(), ...state.payments].flatMap(({ productId, version }) =>
    productId === null || catalog.products.get(productId)?.version === version ? [] : [productId],
  );
  const kept = await loadKept(database, [...new Set(named)]);
  return (productId, version) =>
    matching(catalog.products.get(productId), version) ??
    kept.get(`${productId}@${version}`) ??
    catalog.products.get(productId) ??
    null;
}

function matching(product: Product | undefined, version: string | null): Product | null {
  return product?.version === version ? (product ?? null) : null;
}

async function loadKept(database: Database, productIds: string[]): Promise<ReadonlyMap<string, Product>> {
  if (productIds.length === 0) return new Map();
  const products = await database.query((orm) => listVersions(orm, productIds));
  return new Map(products.map((product) => [`${product.id}@${product.version}`, product]));
}
