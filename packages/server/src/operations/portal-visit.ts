import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** The way back from the portal, below `basePath`. No browser asks for it by itself. */
export const portalReturnPath = "/portal/return";

/** Who was sent to Stripe's portal, and where they go afterwards. */
export interface PortalVisit {
  customerId: string;
  returnUrl: string;
}

const visit = z.tuple([z.string(), z.string()]);

/** As a text that travels in a URL: anybody may read it, and nobody can make another. */
export function sealVisit({ customerId, returnUrl }: PortalVisit, secret: string): string {
  const content = Buffer.from(JSON.stringify([customerId, returnUrl])).toString("base64url");
  return `${content}.${sign(content, secret).toString("base64url")}`;
}

/** Null for what was not sealed with this secret. */
export function openVisit(sealed: string, secret: string): PortalVisit | null {
  const [content = "", seal = ""] = sealed.split(".");
  const given = Buffer.from(seal, "base64url");
  const right = sign(content, secret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const [customerId, returnUrl] = visit.parse(JSON.parse(Buffer.from(content, "base64url").toString()));
  return { customerId, returnUrl };
}

/** The secret is Stripe's for webhooks; the words before the content keep one use of it from standing for the other. */
function sign(content: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(`paykit portal visit ${content}`).digest();
}
