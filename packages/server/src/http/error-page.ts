import type { Failure } from "./error-response.js";

export interface ErrorPage extends Failure {
  requestId: string;
  /** A path of our own. */
  backTo: string;
}

const style = `
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}
a{color:inherit}
a:focus-visible{outline:2px solid;outline-offset:2px}
small{opacity:.75}
`;

/** What went wrong, for a person whose browser shows the answer itself, because a form or a link led to it. */
export function toErrorPage({ code, message, status, requestId, backTo }: ErrorPage): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>That did not work</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>That did not work</h1>
<p>${escapeHtml(message)}</p>
<p><a href="${escapeHtml(backTo)}">Go back</a></p>
<p><small>${code} &middot; ${escapeHtml(requestId)}</small></p>
</main>
</body>
</html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  };
  return new Response(html, { status, headers });
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
