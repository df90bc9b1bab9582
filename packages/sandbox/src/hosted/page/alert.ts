import { type Html, html } from "./html.js";

/** What went wrong, spoken at once and brought into view: on a phone it may stand below what was sent. */
export function alert(message: string | undefined): Html | "" {
  if (message === undefined) return "";
  return html`<p class="alert" role="alert" tabindex="-1" autofocus>${message}</p>`;
}
