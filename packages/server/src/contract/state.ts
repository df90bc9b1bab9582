import type { WireSnapshot } from "./snapshot.js";

/**
 * What a server-rendered page hands to the provider, so that the first paint asks nothing. Plain JSON: it crosses from a
 * server component to a client component.
 */
export interface PayKitState {
  /** Where the handler lives, for the client's own requests. */
  basePath: string;
  /**
   * `ready`: `customer` is there. `anonymous`: nobody is signed in. `pending`: the server could not tell (the database was
   * down, say), so that the page still renders and the client asks for itself.
   */
  status: "ready" | "anonymous" | "pending";
  customer: WireSnapshot | null;
}
