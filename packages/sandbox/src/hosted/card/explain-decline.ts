/** What a decline says; `message` is the bank's, in Stripe's words. */
export type Decline = { message: string; code: string; declineCode: string | null };

const TRY_ANOTHER = "Try a different card.";
const EXPLANATIONS: Readonly<Record<string, string>> = {
  generic_decline: `Your card was declined. ${TRY_ANOTHER}`,
  insufficient_funds: `Your card has insufficient funds. ${TRY_ANOTHER}`,
  lost_card: `Your card was declined. ${TRY_ANOTHER}`,
  stolen_card: `Your card was declined. ${TRY_ANOTHER}`,
  card_velocity_exceeded: `Your card was declined because it was used too often. ${TRY_ANOTHER}`,
  expired_card: `Your card has expired. ${TRY_ANOTHER}`,
  incorrect_cvc: "Your card's security code is incorrect. Check it and try again.",
  incorrect_number: "Your card number is incorrect. Check it and try again.",
  processing_error:
    "Something went wrong while your card was processed. Nothing was charged; try again in a moment.",
  authentication_required:
    "Your bank did not confirm the payment, so nothing was charged. Try again, or use a different card.",
  payment_intent_authentication_failure:
    "Your bank did not confirm the payment, so nothing was charged. Try again, or use a different card.",
  setup_intent_authentication_failure:
    "Your bank did not confirm the card, so it was not saved. Try again, or use a different card.",
};

/** A decline as a customer would read it: what happened, and what to do next. A lost or stolen card is not named as such. */
export function explainDecline({ message, code, declineCode }: Decline): string {
  return EXPLANATIONS[declineCode ?? code] ?? EXPLANATIONS[code] ?? `${message} ${TRY_ANOTHER}`;
}

/** The same for a code that came back in an address, where any text may stand; null when it is not a known one. */
export function explainDeclineCode(code: string | undefined): string | null {
  return code !== undefined && Object.hasOwn(EXPLANATIONS, code) ? (EXPLANATIONS[code] ?? null) : null;
}
