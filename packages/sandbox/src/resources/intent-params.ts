import { invalid } from "../wire/errors.js";
import type { MetadataChange } from "../wire/metadata.js";
import type { PaymentIntent, SetupIntent } from "../world/objects/intent.js";
import type { MethodData } from "./payment-methods.js";

/** What payment intents and setup intents take alike. */
export type IntentParams = {
  allowed_payment_method_types?: string[];
  automatic_payment_methods?: { allow_redirects?: "always" | "never"; enabled: boolean };
  confirm?: boolean;
  customer?: string;
  description?: string;
  metadata?: MetadataChange;
  payment_method?: string;
  payment_method_data?: MethodData;
  return_url?: string;
};

/** Left out, the account's own methods are taken automatically; a list of allowed types takes their place. */
export function automaticMethods({
  allowed_payment_method_types,
  automatic_payment_methods,
}: IntentParams): PaymentIntent["automatic_payment_methods"] {
  return allowed_payment_method_types === undefined ? (automatic_payment_methods ?? { enabled: true }) : null;
}

/** An intent that waited for a method waits for its confirmation once it has one. */
export function statusWithMethod<T extends PaymentIntent | SetupIntent>(
  { status }: T,
  method: string | null,
): T["status"] {
  return status === "requires_payment_method" && method !== null ? "requires_confirmation" : status;
}

/** A session's intent is the session's to deal with. */
export function requireNotOfSession(intent: PaymentIntent | SetupIntent, verb: string): void {
  const isInvoices = intent.object === "payment_intent" && intent.hidden.invoice !== null;
  if (intent.hidden.checkoutSession === null || isInvoices) return;
  const name = intent.object === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  throw invalid(`You cannot ${verb} the ${name} of a Checkout Session; expire the session instead.`, {
    code: `${intent.object}_unexpected_state`,
  });
}
