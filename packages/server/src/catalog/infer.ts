import type { FeatureType } from "../contract/index.js";
import type { Declaration, IncludeDeclaration, PlanDeclaration, ProductDeclaration } from "./declare.js";

type IncludesOf<Product> =
  Product extends PlanDeclaration<string, infer Includes>
    ? Includes[number]
    : Product extends ProductDeclaration<string, infer Includes>
      ? Includes[number]
      : never;

type FeatureIdOf<Products extends readonly Declaration[], Type extends FeatureType> = Extract<
  IncludesOf<Products[number]>,
  IncludeDeclaration<string, Type>
>["featureId"];

/** The ids that `products` declare, as literal types, so that a typo does not compile. */
export interface InferCatalogIds<Products extends readonly Declaration[]> {
  productId: Products[number]["id"];
  planId: Extract<Products[number], PlanDeclaration>["id"];
  featureId: FeatureIdOf<Products, FeatureType>;
  itemId: FeatureIdOf<Products, "metered">;
}
