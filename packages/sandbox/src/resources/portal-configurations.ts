import { missing } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import { having, type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId } from "../world/new-id.js";
import type { PortalConfiguration } from "../world/objects/portal.js";
import type { World } from "../world/world.js";
import { type ConfigurationParams, EVERYTHING, mergeFeatures, NO_FEATURES } from "./portal-features.js";

export const portalConfigurations: readonly Route[] = [
  route<ConfigurationParams>(
    ["POST", "/v1/billing_portal/configurations"],
    "BillingPortal.ConfigurationCreateParams",
    ({ world, params }) => createConfiguration(world, params, false),
  ),
  route<PageParams & { active?: boolean; is_default?: boolean }>(
    ["GET", "/v1/billing_portal/configurations"],
    "BillingPortal.ConfigurationListParams",
    ({ world, params }) => {
      const found = world
        .list("billing_portal.configuration")
        .filter(having({ active: params.active, is_default: params.is_default }));
      return paginate(found, params, "/v1/billing_portal/configurations");
    },
  ),
  route(
    ["GET", "/v1/billing_portal/configurations/:id"],
    "BillingPortal.ConfigurationRetrieveParams",
    ({ world, id }) => findConfiguration(world, id),
  ),
  route<ConfigurationParams>(
    ["POST", "/v1/billing_portal/configurations/:id"],
    "BillingPortal.ConfigurationUpdateParams",
    ({ world, id, params }) => {
      const before = findConfiguration(world, id);
      world.track("billing_portal.configuration", id, "billing_portal.configuration.updated", () => {
        world.change("billing_portal.configuration", id, {
          active: params.active ?? before.active,
          business_profile: { ...before.business_profile, ...params.business_profile },
          default_return_url:
            params.default_return_url === undefined ? before.default_return_url : params.default_return_url,
          features: mergeFeatures(before.features, params.features),
          metadata: mergeMetadata(before.metadata, params.metadata),
          name: params.name === undefined ? before.name : params.name,
          updated: world.nowOn(null),
        });
      });
      return world.get("billing_portal.configuration", id);
    },
  ),
];

/** The account's own configuration; made when it is first needed, as the dashboard's would be. */
export function defaultConfiguration(world: World): PortalConfiguration {
  const known = world.list("billing_portal.configuration").find(({ is_default }) => is_default);
  return known ?? createConfiguration(world, EVERYTHING, true);
}

export function findConfiguration(world: World, id: string): PortalConfiguration {
  const configuration = world.find("billing_portal.configuration", id);
  if (!configuration) throw missing("configuration", id);
  return configuration;
}

function createConfiguration(
  world: World,
  params: ConfigurationParams,
  isDefault: boolean,
): PortalConfiguration {
  const now = world.nowOn(null);
  const configuration = world.put<PortalConfiguration>({
    id: newId("billing_portal.configuration"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: {
      headline: null,
      privacy_policy_url: null,
      terms_of_service_url: null,
      ...params.business_profile,
    },
    created: now,
    default_return_url: params.default_return_url ?? null,
    features: mergeFeatures(NO_FEATURES, params.features),
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: params.login_page?.enabled ?? false, url: null },
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    updated: now,
  });
  world.emit("billing_portal.configuration.created", configuration);
  return configuration;
}
