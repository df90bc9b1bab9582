import { html } from "hono/html";

/** A piece of a page: text that is escaped already. */
export type Html = ReturnType<typeof html>;

export { html };
