import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { toPublicProducts } from "../catalog/index.js";
import { PayKitError, type ProductsAnswer, routes } from "../contract/index.js";
import type { App } from "../operations/app.js";
import { completeCheckout } from "../operations/complete-checkout.js";
import { createCheckoutUrl } from "../operations/create-checkout-url.js";
import { customerPortal } from "../operations/customer-portal.js";
import { getSnapshot } from "../operations/get-snapshot.js";
import { receiveEvent } from "../webhooks/receive-event.js";
import { isForm } from "./body.js";
import { readCommand } from "./command.js";
import { toFailure, toHtmlError, toJsonError } from "./error-response.js";
import { type Identify, requireIdentity } from "./identity.js";
import { checkoutInput, customerQuery, parseInput, portalInput, returnQuery } from "./input.js";
import { isTrustedSource } from "./origin.js";

export interface HandlerOptions {
  app: App;
  identify: Identify | null;
}

type Env = { Variables: { requestId: string } };

const commandLimit = 64 * 1024;
const webhookLimit = 1024 * 1024;

/** The whole wire contract as one function, for any platform that has `Request` and `Response`. */
export function createHandler({ app, identify }: HandlerOptions): (request: Request) => Promise<Response> {
  const router = new Hono<Env>().basePath(app.basePath);
  const { trustedOrigins } = app;

  router.use(requestId());
  router.use(cors({ origin: [...trustedOrigins], credentials: true }));
  router.use(methodNotAllowed({ app: router, onMethodNotAllowed: refuseMethod }));
  router.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });

  router.get(routes.products, (c) => {
    c.header("cache-control", "public, max-age=60");
    return c.json<ProductsAnswer>({ products: toPublicProducts(app.catalog) });
  });
  router.get(routes.customer, async (c) => {
    const { customerId: claimedId = null } = parseInput(customerQuery, c.req.query());
    const identity = await requireIdentity({ identify, request: c.req.raw, claimedId });
    return c.json(await getSnapshot(app, { customerId: identity.customerId }));
  });
  router.get(routes.checkoutReturn, async (c) => {
    const { session_id } = parseInput(returnQuery, c.req.query());
    const { redirectUrl } = await completeCheckout(app, session_id);
    return c.redirect(redirectUrl, 303);
  });

  router.post(routes.webhook, bodyLimit({ maxSize: webhookLimit, onError: refuseSize }), async (c) => {
    const signature = c.req.header("stripe-signature") ?? null;
    await receiveEvent(app, { body: await c.req.text(), signature });
    return c.json({ received: true });
  });

  const commands = router.use(async (c, next) => {
    if (c.req.method === "POST" && !isTrustedSource(c.req.raw, trustedOrigins)) throw untrustedOrigin();
    await next();
  });
  commands.use(bodyLimit({ maxSize: commandLimit, onError: refuseSize }));
  commands.post(routes.checkout, async (c) => {
    const { input, caller } = await readCommand(c.req.raw, { schema: checkoutInput, app, identify });
    const url = await createCheckoutUrl(app, input, caller);
    return answerUrl(c, url);
  });
  commands.post(routes.portal, async (c) => {
    const { input, caller } = await readCommand(c.req.raw, { schema: portalInput, app, identify });
    const { url } = await customerPortal(app, input, caller);
    return answerUrl(c, url);
  });

  router.notFound((c) => answerError(c, new PayKitError("ROUTE_UNKNOWN", "PayKit has no such route.")));
  router.onError((error, c) => {
    const failure = toFailure(error);
    if (failure.status >= 500) app.log.error(`paykit: request ${c.get("requestId")} failed`, error);
    return answerError(c, error);
  });
  return async (request) => router.fetch(request);
}

/** A form's answer is where the browser goes next. */
function answerUrl(c: Context<Env>, url: string): Response {
  return isForm(c.req.raw) ? c.redirect(url, 303) : c.json({ url });
}

function answerError(c: Context<Env>, error: unknown): Response {
  const failure = toFailure(error);
  const toResponse = isForPerson(c.req.raw) ? toHtmlError : toJsonError;
  return toResponse(failure, c.get("requestId"));
}

/** Whether a person sees the answer as a page: after sending a form, or on the way back from Stripe. */
function isForPerson(request: Request): boolean {
  const accept = request.headers.get("accept") ?? "";
  const isReturn = new URL(request.url).pathname.endsWith(routes.checkoutReturn);
  return (
    (isForm(request) && !accept.includes("application/json")) || (isReturn && accept.includes("text/html"))
  );
}

function refuseMethod(c: Context, allowed: string[]): Response {
  const answer = answerError(
    c,
    new PayKitError("METHOD_NOT_ALLOWED", `This route takes ${allowed.join(", ")}.`),
  );
  answer.headers.set("allow", allowed.join(", "));
  return answer;
}

function refuseSize(): never {
  throw new PayKitError("BODY_TOO_LARGE", "The body is larger than this route takes.");
}

function untrustedOrigin(): PayKitError {
  return new PayKitError(
    "ORIGIN_UNTRUSTED",
    "This request comes from a page of another site. Add its origin to trustedOrigins if it is yours.",
  );
}
