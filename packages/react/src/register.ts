import type { CatalogIds, WithCatalogIds } from "@paykit/server/contract";

/**
 * Binds the ids of your catalog to every hook and component:
 * `declare module "@paykit/react" { interface Register { paykit: typeof paykit } }`. Left empty, ids are plain strings.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the host adds the field
export interface Register {}

/** The ids that a registration carries; plain strings without one. */
export type IdsOf<R> = R extends { paykit: WithCatalogIds<infer Ids> } ? Ids : CatalogIds;

export type ProductId = IdsOf<Register>["productId"];
export type PlanId = IdsOf<Register>["planId"];
export type FeatureId = IdsOf<Register>["featureId"];
export type ItemId = IdsOf<Register>["itemId"];
