import { type Html, html } from "./html.js";
import { renderPage } from "./render-page.js";

/** A page that says one thing and, at most, offers one way on: an expired session, a finished one, an unknown address. */
export function messagePage({
  title,
  message,
  link,
}: {
  title: string;
  message: string;
  link?: { href: string; text: string } | undefined;
}): Html {
  return renderPage({
    title,
    width: "narrow",
    body: html`<section class="card stack">
      <h1>${title}</h1>
      <p class="soft">${message}</p>
      ${link === undefined ? "" : html`<p><a class="button" href="${link.href}">${link.text}</a></p>`}
    </section>`,
  });
}

/** The page for an address that leads nowhere. */
export function notFoundPage(what: string): Html {
  return messagePage({
    title: "Nothing here",
    message: `There is no ${what} at this address. It may belong to a sandbox that was reset.`,
  });
}
