import { Hono } from "hono";
import type { CheckoutOperations } from "../../world/hosted/checkout.js";
import { authenticationPage } from "../card/authentication-page.js";
import { notFoundPage } from "../page/message-page.js";
import { readForm } from "../page/read-form.js";

/** The bank's step before a payment, wherever the payment began: checkout, portal or invoice. */
export function challengeRoutes(checkout: CheckoutOperations): Hono {
  const routes = new Hono();

  routes.get("/c/challenge/:id", (context) => {
    const challenge = checkout.challenge(context.req.param("id"));
    if (challenge === null) return context.html(notFoundPage("payment to confirm"), 404);
    return context.html(authenticationPage(challenge));
  });

  routes.post("/c/challenge/:id", async (context) => {
    const challenge = checkout.challenge(context.req.param("id"));
    if (challenge === null) return context.html(notFoundPage("payment to confirm"), 404);
    const passed = (await readForm(context)).get("outcome") === "confirm";
    const outcome = await checkout.answerChallenge(challenge.id, passed);
    switch (outcome.type) {
      case "done":
        return context.redirect(outcome.redirectUrl ?? challenge.returnPath, 303);
      case "challenge":
        return context.redirect(`/c/challenge/${outcome.challengeId}`, 303);
      case "declined":
        return context.redirect(declinedPath(challenge.returnPath, outcome.declineCode ?? outcome.code), 303);
      default:
        return context.redirect(challenge.returnPath, 303);
    }
  });

  return routes;
}

function declinedPath(path: string, code: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}declined=${encodeURIComponent(code)}`;
}
