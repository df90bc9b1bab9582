import { DECLINES, type Decline } from "./decline.js";
import type { TestCard } from "./test-cards.js";

/** What the bank says to a charge, or to saving a card. */
export type Verdict = { type: "approved" } | { type: "declined"; decline: Decline } | { type: "challenge" };

/** Who is there: `isOffSession` nobody; `isSetUp` a card whose holder has agreed to charges in their absence. */
export type Presence = { isOffSession: boolean; isSetUp: boolean; hasPassedChallenge: boolean };

export function decideCharge(card: TestCard, presence: Presence): Verdict {
  if (card.refuses) return { type: "declined", decline: card.refuses };
  if (needsChallenge(card, presence)) {
    return presence.isOffSession
      ? { type: "declined", decline: DECLINES.authenticationRequired }
      : { type: "challenge" };
  }
  if (card.refusesAfterChallenge) return { type: "declined", decline: card.refusesAfterChallenge };
  return { type: "approved" };
}

/** Saving a card for later, with its holder there. */
export function decideSetup(card: TestCard, hasPassedChallenge: boolean): Verdict {
  if (card.refusesAttach && card.refuses) return { type: "declined", decline: card.refuses };
  if (card.challenge !== undefined && !hasPassedChallenge) return { type: "challenge" };
  return { type: "approved" };
}

function needsChallenge(
  { challenge }: TestCard,
  { isOffSession, isSetUp, hasPassedChallenge }: Presence,
): boolean {
  if (challenge === undefined || hasPassedChallenge) return false;
  if (!isOffSession) return true;
  return challenge === "always" || (challenge === "unless_set_up" && !isSetUp);
}
