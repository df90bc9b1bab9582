import type { MiddlewareHandler } from "hono";
import { isForeign } from "../../wire/is-foreign.js";
import { messagePage } from "./message-page.js";

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

/**
 * Pages load nothing, run no script and cannot be framed; and another website that is open in the same browser cannot
 * post their forms. A client that sends neither header, such as a test that posts a form by itself, is let through.
 */
export function protectPages(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method !== "GET" && isForeign(context.req.raw)) {
      const message = "This form was sent from another website, so nothing was done.";
      return context.html(messagePage({ title: "Not from here", message }), 403);
    }
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    return undefined;
  };
}
