import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId, randomText } from "../world/new-id.js";
import type { WebhookEndpoint } from "../world/objects/platform.js";
import type { World } from "../world/world.js";
import { API_VERSION } from "../world/world.js";

type EndpointParams = {
  api_version?: string;
  description?: string | null;
  disabled?: boolean;
  enabled_events?: string[];
  metadata?: MetadataChange;
  url?: string;
};

export const webhookEndpoints: readonly Route[] = [
  route<EndpointParams>(
    ["POST", "/v1/webhook_endpoints"],
    "WebhookEndpointCreateParams",
    ({ world, params }) => {
      const secret = `whsec_${randomText(32)}`;
      const endpoint = world.put<WebhookEndpoint>({
        id: newId("webhook_endpoint"),
        object: "webhook_endpoint",
        api_version: params.api_version ?? API_VERSION,
        application: null,
        created: world.nowOn(null),
        description: params.description ?? null,
        enabled_events: params.enabled_events ?? ["*"],
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        status: "enabled",
        url: requireUrl(params.url ?? ""),
        hidden: { secret },
      });
      // The secret is shown once, here.
      return { ...endpoint, secret };
    },
  ),
  route<PageParams>(["GET", "/v1/webhook_endpoints"], "WebhookEndpointListParams", ({ world, params }) =>
    paginate(world.list("webhook_endpoint"), params, "/v1/webhook_endpoints"),
  ),
  route(["GET", "/v1/webhook_endpoints/:id"], "WebhookEndpointRetrieveParams", ({ world, id }) =>
    findEndpoint(world, id),
  ),
  route<EndpointParams>(
    ["POST", "/v1/webhook_endpoints/:id"],
    "WebhookEndpointUpdateParams",
    ({ world, id, params }) => {
      const before = findEndpoint(world, id);
      return world.change("webhook_endpoint", id, {
        description: params.description === undefined ? before.description : params.description,
        enabled_events: params.enabled_events ?? before.enabled_events,
        metadata: mergeMetadata(before.metadata, params.metadata),
        status: params.disabled === undefined ? before.status : params.disabled ? "disabled" : "enabled",
        url: params.url === undefined ? before.url : requireUrl(params.url),
      });
    },
  ),
  route(["DELETE", "/v1/webhook_endpoints/:id"], "WebhookEndpointDeleteParams", ({ world, id }) => {
    findEndpoint(world, id);
    world.remove("webhook_endpoint", id);
    return { id, object: "webhook_endpoint", deleted: true };
  }),
];

function requireUrl(url: string): string {
  if (!/^https?:\/\/.+/.test(url))
    throw invalid("Invalid URL: an explicit scheme (such as https) must be provided.", {
      code: "url_invalid",
      param: "url",
    });
  return url;
}

function findEndpoint(world: World, id: string): WebhookEndpoint {
  const endpoint = world.find("webhook_endpoint", id);
  if (endpoint === undefined) throw missing("webhook endpoint", id);
  return endpoint;
}
