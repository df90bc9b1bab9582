import type { PortalView } from "../../world/hosted/portal.js";
import { alert } from "../page/alert.js";
import { type Html, html } from "../page/html.js";
import { renderPage } from "../page/render-page.js";
import { returnTextOf } from "./portal-words.js";

/** What every page of the portal has: the way back to the app, a heading and, below the first page, the way up. */
export function portalLayout({
  portal,
  title,
  body,
  isStep = true,
  fault,
}: {
  portal: PortalView;
  title: string;
  body: Html;
  isStep?: boolean;
  fault?: string | undefined;
}): Html {
  return renderPage({
    title,
    width: "narrow",
    body: html`<div class="stack">
      ${
        portal.returnUrl === null
          ? ""
          : html`<p class="small"><a href="${portal.returnUrl}">${returnTextOf(portal)}</a></p>`
      }
      <h1>${title}</h1>
      ${alert(fault)} ${body}
      ${isStep && portal.flow === null ? html`<p class="small"><a href="${portalPath(portal)}">Back to billing</a></p>` : ""}
    </div>`,
  });
}

/** The portal's first page, and what lies below it. */
export function portalPath({ id }: Pick<PortalView, "id">, ...rest: string[]): string {
  return ["/p/session", id, ...rest].join("/");
}
