import { raw } from "hono/html";
import { type Html, html } from "./html.js";
import { STYLE } from "./style.js";

/**
 * A whole document. Every page says that it is a sandbox and that no money moves, so that nobody takes it for the real
 * thing.
 */
export function renderPage({
  title,
  body,
  width = "wide",
}: {
  title: string;
  body: Html;
  width?: "wide" | "narrow";
}): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · PayKit sandbox</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <p class="ribbon"><strong>PayKit sandbox.</strong> A test page on this machine; no money moves.</p>
        <main id="main" class="${width}">${body}</main>
      </body>
    </html>`;
}
