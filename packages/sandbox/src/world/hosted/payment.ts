/** What a person typed into a card form, as typed: `4242 4242 4242 4242`, `12 / 34`, `123`. */
export type CardEntry = { number: string; expiry: string; cvc: string; name?: string; postalCode?: string };

/** A field that was filled in wrongly, or a request that cannot be met; `message` is for the person. */

export type Problem = { type: "problem"; field: string | null; message: string };

/**
 * What came of a payment. `declined` may be tried again on the same page; `challenge` must be answered first, at
 * `/c/challenge/:challengeId`; `done` goes on to `redirectUrl` (null: stay and say thank you).
 */

export type PaymentOutcome =
  | { type: "done"; redirectUrl: string | null }
  | { type: "declined"; message: string; code: string; declineCode: string | null }
  | { type: "challenge"; challengeId: string }
  | { type: "gone"; message: string }
  | Problem;

export type SavedCard = {
  id: string;
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
  isDefault: boolean;
};

export type Challenge = {
  id: string;
  amount: number;
  currency: string;
  last4: string;
  /** Where the payment began, to go back to when it fails. */
  returnPath: string;
};
