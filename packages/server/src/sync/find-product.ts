import type { Catalog } from "../catalog/model.js";
import type { Orm } from "../database/index.js";
import { listVersions } from "../database/product-version.js";
import type { BilledState } from "../subscription/billed.js";
import type { FindProduct } from "../subscription/plan-lines.js";

/**
 * Products as they were when they were bought: today's catalog where the version is today's, else what was kept of it. A
 * version that nobody kept (a new database, say) is read as today's product rather than as nothing.
 */
export async function findProducts(orm: Orm, catalog: Catalog, state: BilledState): Promise<FindProduct> {
  return findVersions(orm, catalog, [...state.prices.values(), ...state.payments]);
}

interface Named {
  productId: string | null;
  version: string | null;
}

/** The same for the versions that are named; asks for nothing while all are today's. */
export async function findVersions(
  orm: Orm,
  catalog: Catalog,
  named: readonly Named[],
): Promise<FindProduct> {
  const old = named.flatMap(({ productId, version }) =>
    productId === null || catalog.products.get(productId)?.version === version ? [] : [productId],
  );
  const kept = new Map(
    (await listVersions(orm, [...new Set(old)])).map((product) => [
      keyOf(product.id, product.version),
      product,
    ]),
  );
  return (productId, version) => {
    const today = catalog.products.get(productId) ?? null;
    return today?.version === version ? today : (kept.get(keyOf(productId, version)) ?? today);
  };
}

function keyOf(productId: string, version: string | null): string {
  return `${productId}@${version}`;
}
