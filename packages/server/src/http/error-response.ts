import { type ErrorBody, isPayKitError, PayKitError } from "../contract/index.js";

export interface Failure {
  code: ErrorBody["error"]["code"];
  status: number;
  /** What the person may read: of an error of the server's own, nothing but how to find it in the log. */
  message: string;
}

/** What of an error may leave the server. */
export function toFailure(error: unknown): Failure {
  const known = isPayKitError(error) ? error : new PayKitError("INTERNAL", "", { cause: error });
  const { code, status } = known;
  return { code, status, message: status >= 500 ? genericMessage(status) : known.message };
}

function genericMessage(status: number): string {
  if (status === 503) return "The service cannot answer right now. Try again in a moment.";
  if (status === 502) return "The payment provider refused the request. The server's log says why.";
  return "The server failed. Its log says why, under the request id.";
}

export function toJsonError({ code, message, status }: Failure, requestId: string): Response {
  const body: ErrorBody = { error: { code, message, requestId } };
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}

/** The same for a person whose browser shows the answer itself, because a form or a link led to it. */
export function toHtmlError({ code, message, status }: Failure, requestId: string): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>That did not work</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}small{opacity:.65}</style>
</head>
<body>
<h1>That did not work</h1>
<p>${escapeHtml(message)}</p>
<p>Go back and try again.</p>
<p><small>${code} &middot; ${escapeHtml(requestId)}</small></p>
</body>
</html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
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
