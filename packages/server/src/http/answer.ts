import type { Context } from "hono";
import { isForm } from "./body.js";
import { toErrorPage } from "./error-page.js";
import { toFailure, toJsonError } from "./error-response.js";
import { ownOrigins } from "./origin.js";

export type Env = { Variables: { requestId: string } };

/** A form's answer is where the browser goes next. */
export function answerUrl(c: Context<Env>, url: string): Response {
  return isForm(c.req.raw) ? c.redirect(url, 303) : c.json({ url });
}

export function answerError(c: Context<Env>, error: unknown): Response {
  const { raw: request } = c.req;
  const failure = toFailure(error);
  const requestId = c.get("requestId");
  return isForPerson(request)
    ? toErrorPage({ ...failure, requestId, backTo: findWayBack(request) })
    : toJsonError(failure, requestId);
}

/**
 * Whether a person sees the answer as a page: a form that was sent without JavaScript, the way back from Stripe, or an
 * address that was typed. Programs ask for JSON or do not say what they want; only a browser that goes somewhere asks for
 * HTML.
 */
function isForPerson(request: Request): boolean {
  const accept = request.headers.get("accept") ?? "";
  if (accept.includes("application/json")) return false;
  return isForm(request) || accept.includes("text/html");
}

/** The page of ours that the person came from, else the first one. */
function findWayBack(request: Request): string {
  const referrer = request.headers.get("referer") ?? "";
  if (!URL.canParse(referrer)) return "/";
  const { origin, pathname, search } = new URL(referrer);
  const isOwn = ownOrigins(request).includes(origin) && pathname !== new URL(request.url).pathname;
  // A second slash would lead to another host.
  return isOwn && !pathname.startsWith("//") ? `${pathname}${search}` : "/";
}
