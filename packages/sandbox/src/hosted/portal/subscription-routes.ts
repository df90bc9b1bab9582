import { Hono } from "hono";
import type { PortalOperations } from "../../world/hosted/portal.js";
import { explainDecline } from "../card/explain-decline.js";
import { readForm } from "../page/read-form.js";
import { afterStep } from "./after-step.js";
import { cancelPage } from "./cancel-page.js";
import { changePage } from "./change-page.js";
import { confirmPageFor } from "./confirm-change-page.js";
import { openSubscription, type SubscriptionHandler } from "./open-portal.js";
import { portalHomePage } from "./portal-home-page.js";
import { readChange, toChange } from "./read-change.js";

const BASE = "/p/session/:id/subscriptions/:subscription";

/** What a customer does with a plan: cancel, resume, pause, change. */
export function subscriptionRoutes(operations: PortalOperations): Hono {
  const routes = new Hono();
  const on = (handle: SubscriptionHandler) => openSubscription(operations, handle);

  // A cancellation that can be taken back needs no second question, unless the app wants to know the reason.
  routes.post(
    `${BASE}/cancel`,
    on(async ({ context, portal, subscription }) => {
      const form = await readForm(context);
      const rule = portal.features.cancel;
      const asks = rule !== null && (rule.mode === "immediately" || rule.reasons.length > 0);
      if (asks && form.get("confirmed") === "") return context.html(cancelPage(portal, subscription));
      const feedback = form.get("feedback");
      const comment = form.get("comment");
      const problem = await operations.cancel(portal.id, subscription.id, {
        ...(feedback === "" ? {} : { feedback }),
        ...(comment === "" ? {} : { comment }),
      });
      if (problem !== null) return context.html(cancelPage(portal, subscription, problem.message), 400);
      return afterStep(context, portal, ["subscription_cancel"]);
    }),
  );

  routes.post(
    `${BASE}/resume`,
    on(async ({ context, portal, subscription }) => {
      const problem = await operations.resume(portal.id, subscription.id);
      if (problem !== null) return context.html(portalHomePage(portal, problem.message), 400);
      return afterStep(context, portal, []);
    }),
  );

  routes.post(
    `${BASE}/pause`,
    on(async ({ context, portal, subscription }) => {
      const problem = await operations.pause(portal.id, subscription.id);
      if (problem !== null) return context.html(portalHomePage(portal, problem.message), 400);
      return afterStep(context, portal, ["subscription_pause"]);
    }),
  );

  routes.get(
    `${BASE}/change`,
    on(({ context, portal, subscription }) => context.html(changePage(portal, subscription))),
  );

  routes.get(
    `${BASE}/confirm`,
    on(({ context, portal, subscription }) => {
      const change = readChange((name) => context.req.query(name));
      return context.html(confirmPageFor({ operations, portal, subscription, change }));
    }),
  );

  routes.post(
    `${BASE}/change`,
    on(async ({ context, portal, subscription }) => {
      const form = await readForm(context);
      const change = readChange((name) => form.get(name));
      const outcome = await operations.change(portal.id, subscription.id, toChange(change));
      switch (outcome.type) {
        case "done":
          return afterStep(context, portal, ["subscription_update", "subscription_update_confirm"]);
        case "challenge":
          return context.redirect(`/c/challenge/${outcome.challengeId}`, 303);
        case "declined":
          return context.html(
            confirmPageFor({ operations, portal, subscription, change, fault: explainDecline(outcome) }),
            402,
          );
        default:
          return context.html(changePage(portal, subscription, outcome.message), 400);
      }
    }),
  );

  return routes;
}
