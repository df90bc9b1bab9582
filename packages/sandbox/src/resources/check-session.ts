import { invalid, parameterMissing } from "../wire/errors.js";
import type { CheckoutMode, CheckoutSession } from "../world/objects/checkout.js";
import type { SessionParams } from "./session-params.js";

const MOST_LINES = { payment: 100, subscription: 40, setup: 0 } as const;

export function requireConsistent(
  params: SessionParams,
  mode: CheckoutMode,
  uiMode: CheckoutSession["ui_mode"],
): void {
  const lines = params.line_items ?? [];
  if (mode !== "setup" && lines.length === 0) throw parameterMissing("line_items");
  if (lines.length > MOST_LINES[mode])
    throw invalid(`A session in ${mode} mode has at most ${MOST_LINES[mode]} line items.`, {
      param: "line_items",
    });
  if (mode === "setup" && params.currency === undefined && params.allowed_payment_method_types === undefined)
    throw parameterMissing("currency");
  if (uiMode === "hosted_page" && params.success_url === undefined) throw parameterMissing("success_url");
  if (uiMode !== "hosted_page" && params.success_url !== undefined) {
    throw invalid(`\`success_url\` cannot be set when \`ui_mode\` is \`${uiMode}\`; set \`return_url\`.`, {
      param: "success_url",
    });
  }
  for (const [param, url] of [
    ["success_url", params.success_url],
    ["cancel_url", params.cancel_url],
    ["return_url", params.return_url],
  ] as const) {
    if (url !== undefined && !/^https?:\/\/.+/.test(url))
      throw invalid("Not a valid URL", { code: "url_invalid", param });
  }
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalid("You may only specify one of these parameters: customer, customer_email.", {
      code: "parameters_exclusive",
      param: "customer_email",
    });
  }
  if ((params.discounts?.length ?? 0) > 1)
    throw invalid("A session takes at most one discount.", { param: "discounts" });
  if (params.discounts !== undefined && params.allow_promotion_codes !== undefined) {
    throw invalid("You may only specify one of these parameters: allow_promotion_codes, discounts.", {
      code: "parameters_exclusive",
      param: "allow_promotion_codes",
    });
  }
  if (mode !== "subscription" && params.subscription_data !== undefined) {
    throw invalid("You can not pass `subscription_data` in this mode.", { param: "subscription_data" });
  }
  if (mode !== "payment" && params.payment_intent_data !== undefined) {
    throw invalid("You can not pass `payment_intent_data` in this mode.", { param: "payment_intent_data" });
  }
}
