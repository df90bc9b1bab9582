import type { Context } from "hono";
import { routes } from "../contract/index.js";
import { isForm } from "./body.js";
import { toFailure, toHtmlError, toJsonError } from "./error-response.js";

export type Env = { Variables: { requestId: string } };

/** A form's answer is where the browser goes next. */
export function answerUrl(c: Context<Env>, url: string): Response {
  return isForm(c.req.raw) ? c.redirect(url, 303) : c.json({ url });
}

export function answerError(c: Context<Env>, error: unknown): Response {
  const toResponse = isForPerson(c.req.raw) ? toHtmlError : toJsonError;
  return toResponse(toFailure(error), c.get("requestId"));
}

/** Whether a person sees the answer as a page: after sending a form, or on the way back from Stripe. */
function isForPerson(request: Request): boolean {
  const accept = request.headers.get("accept") ?? "";
  if (isForm(request)) return !accept.includes("application/json");
  return new URL(request.url).pathname.endsWith(routes.checkoutReturn) && accept.includes("text/html");
}
