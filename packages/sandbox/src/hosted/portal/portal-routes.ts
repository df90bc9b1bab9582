import { type Context, Hono } from "hono";
import type { Problem } from "../../world/hosted/payment.js";
import type { PortalOperations, PortalView } from "../../world/hosted/portal.js";
import { explainDecline, explainDeclineCode } from "../card/explain-decline.js";
import { readCardForm } from "../card/read-card-form.js";
import { messagePage } from "../page/message-page.js";
import { readForm } from "../page/read-form.js";
import { addCardPage } from "./add-card-page.js";
import { afterStep } from "./after-step.js";
import { flowPage } from "./flow-page.js";
import { openPortal, type PortalHandler } from "./open-portal.js";
import { portalHomePage } from "./portal-home-page.js";
import { returnTextOf } from "./portal-words.js";
import { subscriptionRoutes } from "./subscription-routes.js";

/** The billing portal: its first page, its steps, and the step that a deep link opens with. */
export function portalRoutes(operations: PortalOperations): Hono {
  const routes = new Hono();
  const on = (handle: PortalHandler) => openPortal(operations, handle);
  const home = (portal: PortalView, query: string | undefined) =>
    portalHomePage(portal, explainDeclineCode(query) ?? undefined);

  routes.get(
    "/p/session/:id",
    on((context, portal) => {
      const declined = context.req.query("declined");
      return context.html(declined === undefined ? flowPage(operations, portal) : home(portal, declined));
    }),
  );
  routes.get(
    "/p/session/:id/home",
    on((context, portal) => context.html(home(portal, context.req.query("declined")))),
  );
  routes.get(
    "/p/session/:id/done",
    on((context, portal) => context.html(donePage(portal))),
  );

  routes.get(
    "/p/session/:id/card",
    on((context, portal) => context.html(addCardPage(portal))),
  );
  routes.post(
    "/p/session/:id/card",
    on(async (context, portal) => {
      const choice = readCardForm(await readForm(context));
      if (choice.type !== "card") {
        return context.html(addCardPage(portal, choice.type === "faults" ? choice.faults : {}), 400);
      }
      const outcome = await operations.addCard(portal.id, choice.card);
      switch (outcome.type) {
        case "done":
          return afterStep(context, portal, ["payment_method_update"]);
        case "challenge":
          return context.redirect(`/c/challenge/${outcome.challengeId}`, 303);
        case "declined":
          return context.html(addCardPage(portal, {}, explainDecline(outcome)), 402);
        default:
          return context.html(addCardPage(portal, {}, outcome.message), 400);
      }
    }),
  );

  routes.post(
    "/p/session/:id/cards/:card/default",
    on(async (context, portal) => {
      const problem = await operations.makeDefault(portal.id, context.req.param("card") ?? "");
      return afterChange(context, portal, problem);
    }),
  );
  routes.post(
    "/p/session/:id/cards/:card/remove",
    on(async (context, portal) => {
      const problem = await operations.removeCard(portal.id, context.req.param("card") ?? "");
      return afterChange(context, portal, problem);
    }),
  );
  routes.post(
    "/p/session/:id/details",
    on(async (context, portal) => {
      const form = await readForm(context);
      const sent = form.entries().filter(([name]) => portal.features.customerUpdate.includes(name));
      return afterChange(
        context,
        portal,
        await operations.updateCustomer(portal.id, Object.fromEntries(sent)),
      );
    }),
  );

  return routes.route("/", subscriptionRoutes(operations));
}

function afterChange(context: Context, portal: PortalView, problem: Problem | null) {
  if (problem !== null) return context.html(portalHomePage(portal, problem.message), 400);
  return afterStep(context, portal, ["customer_update"]);
}

function donePage(portal: PortalView) {
  return messagePage({
    title: "Done",
    message: portal.flow?.after.message ?? "Your change was made.",
    link: portal.returnUrl === null ? undefined : { href: portal.returnUrl, text: returnTextOf(portal) },
  });
}
