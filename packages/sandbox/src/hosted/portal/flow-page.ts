import type { PortalOperations, PortalView } from "../../world/hosted/portal.js";
import type { Html } from "../page/html.js";
import { addCardPage } from "./add-card-page.js";
import { cancelPage } from "./cancel-page.js";
import { changePage } from "./change-page.js";
import { confirmPageFor } from "./confirm-change-page.js";
import { pausePage } from "./pause-page.js";
import { portalHomePage } from "./portal-home-page.js";
import { changeOfFlow } from "./read-change.js";

/** The page that a portal session opens with: the step of its deep link, or else the first page. */
export function flowPage(operations: PortalOperations, portal: PortalView): Html {
  const { flow } = portal;
  if (flow === null || flow.type === "customer_update") return portalHomePage(portal);
  if (flow.type === "payment_method_update") return addCardPage(portal);
  const subscription = portal.subscriptions.find(({ id }) => id === flow.subscriptionId);
  if (subscription === undefined) return portalHomePage(portal, "This plan has ended.");
  switch (flow.type) {
    case "subscription_cancel":
      return subscription.canCancel ? cancelPage(portal, subscription) : portalHomePage(portal);
    case "subscription_pause":
      return pausePage(portal, subscription);
    case "subscription_update":
      return changePage(portal, subscription);
    case "subscription_update_confirm":
      return confirmPageFor({ operations, portal, subscription, change: changeOfFlow(flow) });
  }
}
