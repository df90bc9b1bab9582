import type { PublicInclude, PublicProduct } from "../contract/index.js";
import type { Catalog, Include, Product } from "./model.js";

/** What anybody may know of the catalog, in the order of declaration, without what is hidden. */
export function toPublicProducts(catalog: Catalog): PublicProduct[] {
  return [...catalog.products.values()]
    .filter((product) => !product.hidden)
    .map((product) => ({
      ...termsOf(product),
      id: product.id,
      name: product.name,
      description: product.description,
      prices: product.prices.map(({ amount, currency, interval }) => ({ amount, currency, interval })),
      includes: product.includes.map((include) => toPublicInclude(include, catalog)),
    }));
}

function termsOf(
  product: Product,
): Pick<PublicProduct, "type" | "group" | "isDefault" | "stackable" | "trialDays"> {
  return product.kind === "plan"
    ? {
        type: "plan",
        group: product.group,
        isDefault: product.isDefault,
        stackable: false,
        trialDays: product.trialDays,
      }
    : { type: "product", group: null, isDefault: false, stackable: product.stackable, trialDays: 0 };
}

function toPublicInclude(include: Include, { features }: Catalog): PublicInclude {
  const { featureId, type, quantity, unlimited, repeat } = include;
  return {
    featureId,
    name: features.get(featureId)?.name ?? featureId,
    type,
    quantity: type === "boolean" || unlimited ? null : quantity,
    unlimited,
    repeat,
  };
}
