/** The ids of a catalog, as literal types. `typeof paykit.$infer` carries them to the React package. */
export interface CatalogIds {
  productId: string;
  planId: string;
  featureId: string;
  /** The metered ones among the features: those that have a balance. */
  itemId: string;
}

/** What `Register` takes: anything that carries catalog ids. */
export interface WithCatalogIds<Ids extends CatalogIds = CatalogIds> {
  readonly $infer: Ids;
}
