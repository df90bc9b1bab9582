import type { Context } from "hono";
import type { PortalFlow, PortalView } from "../../world/hosted/portal.js";
import { portalPath } from "./portal-layout.js";

/** Where to go when a step is done: back to the first page, or where the deep link that opened the step says. */
export function afterStep(
  context: Context,
  portal: PortalView,
  step: readonly PortalFlow["type"][],
): Response {
  const flow = portal.flow;
  if (flow === null || !step.includes(flow.type)) return context.redirect(portalPath(portal, "home"), 303);
  if (flow.after.type === "redirect" && flow.after.returnUrl !== null) {
    return context.redirect(flow.after.returnUrl, 303);
  }
  return context.redirect(portalPath(portal, flow.after.type === "portal_homepage" ? "home" : "done"), 303);
}
