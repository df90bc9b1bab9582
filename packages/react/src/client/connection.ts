/** Where requests go and whom they are about. Every field may be left out. */
export interface Connection {
  /** Where the handler lives. Default `/api/paykit`. */
  basePath?: string | undefined;
  /** Sends the requests. Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Who is signed in, as far as the page knows. Part of every cache key, never sent. */
  viewerId?: string | null | undefined;
  /** Somebody else to act for, such as a team: sent along, and `identify` has to vouch for it. */
  customerId?: string | undefined;
}

/** The id to send along: none for the person who is signed in, whom the server knows better. */
export function askedCustomerId({ customerId, viewerId }: Connection): { customerId?: string } {
  return customerId === undefined || customerId === viewerId ? {} : { customerId };
}
