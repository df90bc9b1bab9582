import { lineItemsOf } from "../billing/checkout-order.js";
import { expireSession } from "../billing/expire-session.js";
import { invalid, missing } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { createSession } from "./create-session.js";
import { updateLines } from "./session-lines.js";
import type { SessionParams } from "./session-params.js";

export const checkoutSessions: readonly Route[] = [
  route<SessionParams>(
    ["POST", "/v1/checkout/sessions"],
    "Checkout.SessionCreateParams",
    ({ world, params }) => createSession(world, params),
  ),
  route<
    PageParams & {
      created?: Range;
      customer?: string;
      payment_intent?: string;
      subscription?: string;
      status?: string;
      customer_details?: { email: string };
    }
  >(["GET", "/v1/checkout/sessions"], "Checkout.SessionListParams", ({ world, params }) => {
    const { customer_details } = params;
    const found = world
      .list("checkout.session")
      .filter(createdWithin(params))
      .filter(
        having({
          customer: params.customer,
          payment_intent: params.payment_intent,
          subscription: params.subscription,
          status: params.status,
        }),
      )
      .filter(
        (one) => customer_details === undefined || one.customer_details?.email === customer_details.email,
      );
    return paginate(found, params, "/v1/checkout/sessions");
  }),
  route(["GET", "/v1/checkout/sessions/:id"], "Checkout.SessionRetrieveParams", ({ world, id }) =>
    findSession(world, id),
  ),
  route<PageParams>(
    ["GET", "/v1/checkout/sessions/:id/line_items"],
    "Checkout.SessionListLineItemsParams",
    ({ world, id, params }) => {
      // Line items keep the order of the session; they have no time of their own.
      const items = [...lineItemsOf(world, findSession(world, id))].reverse();
      return paginate(items, params, `/v1/checkout/sessions/${id}/line_items`);
    },
  ),
  route(["POST", "/v1/checkout/sessions/:id/expire"], "Checkout.SessionExpireParams", ({ world, id }) => {
    const { status } = findSession(world, id);
    if (status !== "open") {
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${status}.`,
      );
    }
    expireSession(world, id);
    return world.get("checkout.session", id);
  }),
  route<Pick<SessionParams, "metadata" | "line_items">>(
    ["POST", "/v1/checkout/sessions/:id"],
    "Checkout.SessionUpdateParams",
    ({ world, id, params }) => {
      const before = findSession(world, id);
      if (params.line_items !== undefined) updateLines(world, before, params.line_items);
      return world.change("checkout.session", id, {
        metadata: mergeMetadata(before.metadata, params.metadata),
      });
    },
  ),
];

function findSession(world: World, id: string): CheckoutSession {
  const session = world.find("checkout.session", id);
  if (!session) throw missing("checkout.session", id);
  return session;
}
