import type { PayKit } from "../create-paykit.js";

type RouteHandler = (request: Request) => Promise<Response>;

/** The exports of `app/api/paykit/[[...paykit]]/route.ts`: `export const { GET, POST } = toNextJsHandler(paykit)`. */
export function toNextJsHandler({ handler }: Pick<PayKit, "handler">): {
  GET: RouteHandler;
  POST: RouteHandler;
  OPTIONS: RouteHandler;
} {
  return { GET: handler, POST: handler, OPTIONS: handler };
}
