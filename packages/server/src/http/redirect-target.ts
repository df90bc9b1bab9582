import { PayKitError } from "../contract/index.js";

export interface RedirectRules {
  /** The origin that a path belongs to. */
  ownOrigin: string;
  /** Other origins that a person may be sent to. */
  trustedOrigins: readonly string[];
}

const longest = 2048;

/**
 * The absolute URL that a person may be sent to: a path of our own, or a URL of an origin that is trusted. Anything that
 * two parsers might read differently is refused rather than cleaned. Errors: UNTRUSTED_URL.
 */
export function toRedirectTarget(target: string, { ownOrigin, trustedOrigins }: RedirectRules): string {
  const url = isPlain(target) && isPathOrUrl(target) ? parse(target, ownOrigin) : null;
  const isTrusted = url !== null && (url.origin === ownOrigin || trustedOrigins.includes(url.origin));
  if (!isTrusted || url.username !== "" || url.password !== "") {
    throw new PayKitError(
      "UNTRUSTED_URL",
      "A redirect goes to a path of this site or to a URL of an origin in trustedOrigins.",
    );
  }
  return url.href;
}

/** Browsers drop tabs and newlines from a URL and read a backslash as a slash. */
function isPlain(target: string): boolean {
  return target.length <= longest && !/[\p{Cc}\s\\]/u.test(target);
}

/** `//host` is another site, and a URL needs its two slashes: `https:host` means different things to different parsers. */
function isPathOrUrl(target: string): boolean {
  return /^\/(?!\/)/.test(target) || /^https?:\/\/[^/]/i.test(target);
}

function parse(target: string, base: string): URL | null {
  try {
    return new URL(target, base);
  } catch {
    return null;
  }
}
