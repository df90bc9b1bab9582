/**
 * The origins that the request itself may have been sent to. A proxy in front changes what `request.url` says, so the
 * host that the browser asked for counts too. A page of another site can set neither header, and whoever can (not a
 * browser) has no cookie of a victim to abuse.
 */
export function ownOrigins(request: Request): string[] {
  const url = new URL(request.url);
  const { headers } = request;
  const protocol = first(headers.get("x-forwarded-proto")) ?? url.protocol.slice(0, -1);
  const hosts = [first(headers.get("x-forwarded-host")), headers.get("host")];
  const named = hosts.flatMap((host) => toOrigin(host === null ? null : `${protocol}://${host}`));
  return [...new Set([...named, url.origin])];
}

/**
 * Whether a state-changing request comes from a page of ours. Browsers send `Origin` with every POST. Where it is missing
 * or opaque (a page with `Referrer-Policy: no-referrer` sends `null`), only the browser's own word in `Sec-Fetch-Site`
 * counts, which no page can forge.
 */
export function isTrustedSource(request: Request, trustedOrigins: readonly string[]): boolean {
  const origin = request.headers.get("origin");
  if (origin === null || origin === "null") return request.headers.get("sec-fetch-site") === "same-origin";
  return [...ownOrigins(request), ...trustedOrigins].includes(origin);
}

function first(list: string | null): string | null {
  return list?.split(",")[0]?.trim() || null;
}

function toOrigin(url: string | null): string[] {
  if (url === null || !URL.canParse(url)) return [];
  return [new URL(url).origin];
}
