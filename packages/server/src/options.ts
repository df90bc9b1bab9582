import type { PGlite } from "@electric-sql/pglite";
import type { Pool } from "pg";
import type { Declaration } from "./catalog/index.js";
import type { PayKitListeners } from "./events.js";
import type { Identify } from "./http/identity.js";
import type { Authorize } from "./operations/app.js";

/** How to reach Stripe. Left out, or without a key, in development: the local sandbox. */
export interface StripeOptions {
  /** `sk_test_...` or `sk_live_...`. */
  secretKey?: string | undefined;
  /** The signing secret of the webhook endpoint, `whsec_...`. */
  webhookSecret?: string | undefined;
  /** Only to point elsewhere than Stripe itself. */
  apiUrl?: string | undefined;
  /** How long one request may take, in milliseconds. Default 10,000. */
  timeoutMs?: number | undefined;
  /** In place of the global `fetch`: how a test hands over a sandbox without a port. */
  fetch?: typeof fetch | undefined;
}

export interface PayKitOptions<Products extends readonly Declaration[] = readonly Declaration[]> {
  /** All that the app sells. */
  products: Products;
  stripe?: StripeOptions | undefined;
  /** A Postgres URL, a `pg.Pool` or a PGlite. Left out in development: an embedded Postgres in `.paykit/`. */
  database?: string | Pool | PGlite | undefined;
  /** Where the handler is mounted. Default `/api/paykit`. */
  basePath?: string | undefined;
  /** Origins besides the handler's own that may send commands and be redirected to. */
  trustedOrigins?: readonly string[] | undefined;
  /** Who is asking. Reads your session from the request; null when nobody is signed in. */
  identify?: Identify | undefined;
  /** Who may buy, change or open the portal. Asked before every command; anything but true is a no. */
  authorize?: Authorize | undefined;
  on?: PayKitListeners | undefined;
  /** Days that a plan goes on after a payment failed, or without news of the next one; then at least 4. Default 7. */
  dunningDays?: number | undefined;
  testing?: {
    /** Puts each Stripe customer on a test clock of its own. Refused with a live key. Default false. */
    testClocks?: boolean | undefined;
  };
  /** Where warnings and errors go. Default: the console. */
  log?: Pick<Console, "warn" | "error"> | undefined;
}
