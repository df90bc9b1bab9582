import type { Context } from "hono";
import type { PortalOperations, PortalSubscription, PortalView } from "../../world/hosted/portal.js";
import { notFoundPage } from "../page/message-page.js";

type Answer = Response | Promise<Response>;
export type PortalHandler = (context: Context, portal: PortalView) => Answer;
export type SubscriptionHandler = (step: {
  context: Context;
  portal: PortalView;
  subscription: PortalSubscription;
}) => Answer;

/** Runs a handler with the portal session of the address, or says that there is none. */
export function openPortal(operations: PortalOperations, handle: PortalHandler) {
  return (context: Context): Answer => {
    const portal = operations.get(context.req.param("id") ?? "");
    return portal === null ? context.html(notFoundPage("billing session"), 404) : handle(context, portal);
  };
}

/** The same for an address below one of the customer's subscriptions. */
export function openSubscription(operations: PortalOperations, handle: SubscriptionHandler) {
  return openPortal(operations, (context, portal) => {
    const wanted = context.req.param("subscription");
    const subscription = portal.subscriptions.find(({ id }) => id === wanted);
    if (subscription === undefined) return context.html(notFoundPage("plan of yours"), 404);
    return handle({ context, portal, subscription });
  });
}
