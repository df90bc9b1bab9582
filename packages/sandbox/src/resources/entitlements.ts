import { activeEntitlements } from "../billing/entitlements.js";
import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { having, type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId } from "../world/new-id.js";
import type { Feature } from "../world/objects/catalog.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";

export const entitlements: readonly Route[] = [
  route<{ lookup_key: string; metadata?: MetadataChange; name: string }>(
    ["POST", "/v1/entitlements/features"],
    "Entitlements.FeatureCreateParams",
    ({ world, params }) => {
      if (world.list("entitlements.feature").some(({ lookup_key }) => lookup_key === params.lookup_key)) {
        throw invalid("Another feature already uses this lookup key.", {
          code: "resource_already_exists",
          param: "lookup_key",
        });
      }
      return world.put<Feature>({
        id: newId("entitlements.feature"),
        object: "entitlements.feature",
        active: true,
        livemode: false,
        lookup_key: params.lookup_key,
        metadata: mergeMetadata({}, params.metadata),
        name: params.name,
      });
    },
  ),
  route<PageParams & { archived?: boolean; lookup_key?: string }>(
    ["GET", "/v1/entitlements/features"],
    "Entitlements.FeatureListParams",
    ({ world, params }) => {
      const { archived } = params;
      const found = world
        .list("entitlements.feature")
        .filter((one) => one.active === !(archived ?? false))
        .filter(having({ lookup_key: params.lookup_key }));
      return paginate(found, params, "/v1/entitlements/features");
    },
  ),
  route(["GET", "/v1/entitlements/features/:id"], "Entitlements.FeatureRetrieveParams", ({ world, id }) =>
    findFeature(world, id),
  ),
  route<{ active?: boolean; metadata?: MetadataChange; name?: string }>(
    ["POST", "/v1/entitlements/features/:id"],
    "Entitlements.FeatureUpdateParams",
    ({ world, id, params }) => {
      const before = findFeature(world, id);
      return world.change("entitlements.feature", id, {
        active: params.active ?? before.active,
        metadata: mergeMetadata(before.metadata, params.metadata),
        name: params.name ?? before.name,
      });
    },
  ),
  route<PageParams & { customer: string }>(
    ["GET", "/v1/entitlements/active_entitlements"],
    "Entitlements.ActiveEntitlementListParams",
    ({ world, params }) =>
      paginate(
        activeEntitlements(world, requireCustomer(world, params.customer).id),
        params,
        "/v1/entitlements/active_entitlements",
      ),
  ),
  route(
    ["GET", "/v1/entitlements/active_entitlements/:id"],
    "Entitlements.ActiveEntitlementRetrieveParams",
    ({ world, id }) => {
      const entitlement = world.find("entitlements.active_entitlement", id);
      if (entitlement === undefined) throw missing("active entitlement", id);
      return entitlement;
    },
  ),
];

function findFeature(world: World, id: string): Feature {
  const feature = world.find("entitlements.feature", id);
  if (feature === undefined) throw missing("feature", id);
  return feature;
}
