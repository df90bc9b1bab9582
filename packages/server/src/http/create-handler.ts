import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { PayKitError, routes } from "../contract/index.js";
import type { App } from "../operations/app.js";
import { finishLeaving } from "../operations/leaving.js";
import type { BilledState } from "../subscription/billed.js";
import { receiveEvent } from "../webhooks/receive-event.js";
import { answerError, type Env } from "./answer.js";
import { addCommands } from "./commands.js";
import { toFailure } from "./error-response.js";
import type { Identify } from "./identity.js";
import { isTrustedSource } from "./origin.js";
import { addReads } from "./reads.js";

export interface HandlerOptions {
  app: App;
  identify: Identify | null;
}

const webhookLimit = 1024 * 1024;
const commandLimit = 64 * 1024;

/** The whole wire contract as one function, for any platform that has `Request` and `Response`. */
export function createHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const { app } = options;
  const router = new Hono<Env>().basePath(app.basePath);
  router.use(requestId());
  router.use(cors({ origin: [...app.trustedOrigins], credentials: true }));
  router.use(methodNotAllowed({ app: router, onMethodNotAllowed: refuseMethod }));
  router.use(forbidCaching);
  addReads(router, options);
  const webhookContext = {
    ...app,
    finish: (customerId: string, state: BilledState | null) => finishLeaving(app, customerId, state),
  };
  router.post(routes.webhook, limitBody(webhookLimit), async (c) => {
    const signature = c.req.header("stripe-signature") ?? null;
    await receiveEvent(webhookContext, { body: await c.req.text(), signature });
    return c.json({ received: true });
  });
  router.use(requireTrustedSource(app.trustedOrigins));
  router.use(limitBody(commandLimit));
  addCommands(router, options);
  router.notFound((c) => answerError(c, new PayKitError("ROUTE_UNKNOWN", "PayKit has no such route.")));
  router.onError((error, c) => {
    if (toFailure(error).status >= 500) app.log.error(`paykit: request ${c.get("requestId")} failed`, error);
    return answerError(c, error);
  });
  return async (request) => router.fetch(request);
}

const forbidCaching: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
};

function requireTrustedSource(trustedOrigins: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === "POST" && !isTrustedSource(c.req.raw, trustedOrigins)) throw untrustedOrigin();
    await next();
  };
}

function limitBody(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new PayKitError("BODY_TOO_LARGE", "The body is larger than this route takes.");
    },
  });
}

function refuseMethod(c: Context, allowed: string[]): Response {
  const answer = answerError(
    c,
    new PayKitError("METHOD_NOT_ALLOWED", `This route takes ${allowed.join(", ")}.`),
  );
  answer.headers.set("allow", allowed.join(", "));
  return answer;
}

function untrustedOrigin(): PayKitError {
  return new PayKitError(
    "ORIGIN_UNTRUSTED",
    "This request comes from a page of another site. Add its origin to trustedOrigins if it is yours.",
  );
}
