import { PayKitError, routes } from "../contract/index.js";
import type { App, Caller } from "./app.js";

export interface WantedUrls {
  successUrl?: string | undefined;
  cancelUrl?: string | undefined;
}

export interface ReturnUrls {
  /** Where the person ends up, absolute. */
  successUrl: string;
  cancelUrl: string;
  /** Our own stop on the way there, where the purchase is read from Stripe before any page is rendered. */
  returnUrl: string;
  /** Where our handler lives, absolute. */
  handlerUrl: string;
}

/** Absolute URLs for what was wanted; a path belongs to the origin of the request. Errors: INPUT_INVALID. */
export async function toReturnUrls(app: App, wanted: WantedUrls, caller: Caller): Promise<ReturnUrls> {
  const base =
    caller.origin ?? originOf(wanted.successUrl) ?? (await app.currentOrigin()) ?? app.trustedOrigins[0];
  if (base === undefined) throw baseUnknown();
  const successUrl = new URL(wanted.successUrl ?? "/", base).href;
  const handlerUrl = `${base}${app.basePath}`;
  return {
    successUrl,
    handlerUrl,
    cancelUrl: new URL(wanted.cancelUrl ?? wanted.successUrl ?? "/", base).href,
    // Stripe fills in the braces, so they must not be encoded.
    returnUrl: `${handlerUrl}${routes.checkoutReturn}?session_id={CHECKOUT_SESSION_ID}`,
  };
}

function originOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : null;
}

function baseUnknown(): PayKitError {
  return new PayKitError(
    "INPUT_INVALID",
    "Outside of a request PayKit does not know the app's address: pass an absolute successUrl (or returnUrl), or set trustedOrigins.",
  );
}
