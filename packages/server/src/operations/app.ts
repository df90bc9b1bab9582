import type { SyncContext } from "../sync/context.js";
import type { Tell } from "../sync/deliver-notices.js";
import type { SyncCustomer } from "../sync/sync-customer.js";
import type { Context } from "./context.js";

/** Who the app says is asking. */
export interface Identity {
  customerId: string;
  email?: string | null | undefined;
  name?: string | null | undefined;
}

/** What the app is asked before a command: who wants what, and how it came. */
export interface AuthorizeRequest {
  /** Whom it is about, and who pays: a person or a team. */
  customer: { id: string; email: string | null; name: string | null };
  action: CommandName;
  /** The product that the command is about; null for one about the customer. */
  product: { id: string; name: string } | null;
  /**
   * What a browser sent: its headers say who is signed in. Its body has been read. Null when a method of `paykit` is called
   * by the app's own code, which is asked too and knows by itself on whose behalf.
   */
  request: Request | null;
  /** What `identify` answered for `request`; null when there is none. */
  identity: Identity | null;
}

export type CommandName = "checkout" | "subscribe" | "cancel" | "portal";

export type Authorize = (request: AuthorizeRequest) => boolean | Promise<boolean>;

/** What an operation that touches Stripe works with. */
export interface App extends Context, SyncContext {
  basePath: string;
  trustedOrigins: readonly string[];
  authorize: Authorize | null;
  /** The origin of the page that the running code serves, where a framework knows it; else null. */
  currentOrigin: () => Promise<string | null>;
  sync: SyncCustomer;
  /** Lets the process live until this is done, where a platform would stop it after the answer. */
  keepAlive: (work: Promise<void>) => void;
  /** Tells the app's `on` handlers. */
  tell: Tell;
}

/** How a command reaches us: by the app's own server code, or by a browser, which may do less. */
export interface Caller {
  isBrowser: boolean;
  /** The origin that paths belong to; null when no request says it. */
  origin: string | null;
  request: Request | null;
  identity: Identity | null;
}

/** The app's own server code, outside of any request that PayKit knows of. */
export const serverCaller: Caller = { isBrowser: false, origin: null, request: null, identity: null };
