export { createCatalog } from "./create-catalog.js";
export {
  type BooleanFeature,
  type Declaration,
  feature,
  type IncludeDeclaration,
  type MeteredFeature,
  type MeteredGrantOptions,
  type PlanDeclaration,
  type PlanOptions,
  type PriceOptions,
  type ProductDeclaration,
  type ProductOptions,
  plan,
  product,
  type RecurringPriceOptions,
} from "./declare.js";
export type { InferCatalogIds } from "./infer.js";
export type {
  Catalog,
  Expires,
  Feature,
  GivenDefaults,
  Include,
  OneTimeProduct,
  Plan,
  Price,
  Product,
} from "./model.js";
export { toPublicProducts } from "./public-products.js";
