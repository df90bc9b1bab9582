import { Hono } from "hono";
import type { HostedOperations } from "../world/hosted.js";

/** The checkout page, as a plain form. */
export function createHostedPages(operations: HostedOperations): Hono {
  const app = new Hono();
  app.get("/c/pay/:id", (context) => {
    const view = operations.checkout.get(context.req.param("id"));
    if (view === null) return context.text("No such checkout", 404);
    return context.html(form(view.status, ""));
  });
  app.post("/c/pay/:id", async (context) => {
    const body = await context.req.parseBody();
    const text = (name: string) => (typeof body[name] === "string" ? body[name] : "");
    const outcome = operations.checkout.pay(context.req.param("id"), {
      card: { number: text("cardNumber"), expiry: text("cardExpiry"), cvc: text("cardCvc") },
      email: text("email"),
      name: text("billingName"),
    });
    if (outcome.type === "done") return context.redirect(outcome.redirectUrl ?? "/", 303);
    if (outcome.type === "challenge") return context.redirect(`/c/challenge/${outcome.challengeId}`, 303);
    return context.html(form("open", outcome.message), 402);
  });
  return app;
}

function form(status: string, message: string): string {
  if (status !== "open") return `<!doctype html><title>Checkout</title><p>This checkout is ${status}.</p>`;
  return `<!doctype html><title>Checkout</title><p role="alert">${message}</p><form method="post">
<label>Email <input name="email" type="email"></label>
<label>Card number <input name="cardNumber"></label>
<label>Expiry <input name="cardExpiry"></label>
<label>CVC <input name="cardCvc"></label>
<label>Name <input name="billingName"></label>
<button>Pay</button></form>`;
}
