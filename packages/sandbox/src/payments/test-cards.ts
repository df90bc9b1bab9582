import { DECLINES, type Decline } from "./decline.js";

/**
 * How a test card behaves. `refuses` is a decline of every charge; with `refusesAttach` the card can't be saved either.
 * `challenge` says when its holder has to pass a 3D Secure step.
 */
export type TestCard = {
  number: string;
  brand: string;
  /** Without their prefixes: `visa` is `pm_card_visa` and `tok_visa`. */
  names: readonly string[];
  funding?: "credit" | "debit" | "prepaid";
  refuses?: Decline;
  refusesAttach?: boolean;
  challenge?: "always" | "unless_set_up" | "on_session";
  refusesAfterChallenge?: Decline;
  isHighRisk?: boolean;
  dispute?: "fraudulent" | "inquiry";
  refund?: "pending" | "fails";
};

/** Source: Stripe, "Testing". */
const TEST_CARDS: readonly TestCard[] = [
  card("4242424242424242", ["visa"]),
  { ...card("4000056655665556", ["visa_debit"]), funding: "debit" },
  card("5555555555554444", ["mastercard"], "mastercard"),
  { ...card("5200828282828210", ["mastercard_debit"], "mastercard"), funding: "debit" },
  { ...card("5105105105105100", ["mastercard_prepaid"], "mastercard"), funding: "prepaid" },
  card("378282246310005", ["amex"], "amex"),
  card("6011111111111117", ["discover"], "discover"),
  card("3056930009020004", ["diners"], "diners"),
  card("3566002020360505", ["jcb"], "jcb"),
  card("6200000000000005", ["unionpay"], "unionpay"),
  refused("4000000000000002", ["visa_chargeDeclined", "chargeDeclined"], DECLINES.generic),
  refused(
    "4000000000009995",
    ["visa_chargeDeclinedInsufficientFunds", "chargeDeclinedInsufficientFunds"],
    DECLINES.insufficientFunds,
  ),
  refused("4000000000009987", ["visa_chargeDeclinedLostCard", "chargeDeclinedLostCard"], DECLINES.lostCard),
  refused(
    "4000000000009979",
    ["visa_chargeDeclinedStolenCard", "chargeDeclinedStolenCard"],
    DECLINES.stolenCard,
  ),
  refused("4000000000000069", ["chargeDeclinedExpiredCard"], DECLINES.expired),
  refused("4000000000000127", ["chargeDeclinedIncorrectCvc"], DECLINES.incorrectCvc),
  refused("4000000000000119", ["chargeDeclinedProcessingError"], DECLINES.processing),
  refused("4000000000006975", ["visa_chargeDeclinedVelocityLimitExceeded"], DECLINES.velocity),
  { ...card("4000000000000341", ["chargeCustomerFail"]), refuses: DECLINES.generic },
  { ...card("4100000000000019", ["radarBlock"]), refuses: DECLINES.blocked, isHighRisk: true },
  { ...card("4000002500003155", ["authenticationRequiredOnSetup"]), challenge: "unless_set_up" },
  { ...card("4000002760003184", ["authenticationRequired"]), challenge: "always" },
  { ...card("4000003800000446", ["authenticationRequiredSetupForOffSession"]), challenge: "on_session" },
  {
    ...card("4000008260003178", ["authenticationRequiredChargeDeclinedInsufficientFunds"]),
    challenge: "on_session",
    refusesAfterChallenge: DECLINES.insufficientFunds,
  },
  { ...card("4000000000003220", ["threeDSecure2Required"]), challenge: "always" },
  {
    ...card("4000008400001629", ["threeDSecureRequiredChargeDeclined"]),
    challenge: "always",
    refusesAfterChallenge: DECLINES.generic,
  },
  { ...card("4000000000000259", ["createDispute"]), dispute: "fraudulent" },
  { ...card("4000000000001976", ["createDisputeInquiry"]), dispute: "inquiry" },
  { ...card("4000000000007726", ["pendingRefund"]), refund: "pending" },
  { ...card("4000000000005126", ["refundFail"]), refund: "fails" },
];

const byNumber = new Map(TEST_CARDS.map((one) => [one.number, one]));
const byName = new Map(TEST_CARDS.flatMap((one) => one.names.map((name) => [name, one] as const)));

/** The card of a number; any other number that passes the checksum is refused as unknown to the bank. */
export function findTestCard(number: string): TestCard | undefined {
  return byNumber.get(number);
}

/** The card of a test id: `pm_card_visa`, `tok_chargeCustomerFail`. */
export function findNamedCard(id: string): TestCard | undefined {
  const name = /^(?:pm_card|tok)_(.+)$/.exec(id)?.[1];
  return name === undefined ? undefined : byName.get(name);
}

function card(number: string, names: readonly string[], brand = "visa"): TestCard {
  return { number, brand, names };
}

function refused(number: string, names: readonly string[], refuses: Decline): TestCard {
  return { ...card(number, names), refuses, refusesAttach: true };
}
