import { missing } from "../wire/errors.js";
import { createdWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";

export const events: readonly Route[] = [
  route<PageParams & { created?: Range; type?: string; types?: string[] }>(
    ["GET", "/v1/events"],
    "EventListParams",
    ({ world, params }) => {
      const { type, types } = params;
      const found = world
        .list("event")
        .filter(createdWithin(params))
        .filter((event) => type === undefined || fits(event.type, type))
        .filter((event) => types === undefined || types.includes(event.type));
      return paginate(found, params, "/v1/events");
    },
  ),
  route(["GET", "/v1/events/:id"], "EventRetrieveParams", ({ world, id }) => {
    const event = world.find("event", id);
    if (!event) throw missing("event", id);
    return { ...event, pending_webhooks: world.pendingWebhooks(id) };
  }),
];

/** `invoice.*` stands for all that begin with it. */
function fits(type: string, wanted: string): boolean {
  return wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
