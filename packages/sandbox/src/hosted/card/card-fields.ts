import type { SavedCard } from "../../world/hosted/payment.js";
import { field } from "../page/field.js";
import { type Html, html } from "../page/html.js";
import { describeCard } from "./describe-card.js";

/** What is wrong with the card fields, by their names. */
export type CardFieldFaults = { cardNumber?: string; cardExpiry?: string; cardCvc?: string };

/**
 * The card inputs, and before them the cards kept from earlier; a number that is typed wins over a card that is chosen.
 * What was typed is not sent back: a card number never stands in a page.
 */
export function cardFields(faults: CardFieldFaults, savedCards: readonly SavedCard[] = []): Html {
  return html`${savedCards.length === 0 ? "" : savedCardChoice(savedCards)}
    <div class="stack">
      ${field({
        name: "cardNumber",
        label: "Card number",
        inputmode: "numeric",
        autocomplete: "cc-number",
        placeholder: "1234 1234 1234 1234",
        error: faults.cardNumber,
      })}
      <div class="pair">
        ${field({
          name: "cardExpiry",
          label: "Expiry",
          inputmode: "numeric",
          autocomplete: "cc-exp",
          placeholder: "MM / YY",
          error: faults.cardExpiry,
        })}
        ${field({
          name: "cardCvc",
          label: "CVC",
          inputmode: "numeric",
          autocomplete: "cc-csc",
          placeholder: "123",
          error: faults.cardCvc,
        })}
      </div>
    </div>`;
}

function savedCardChoice(cards: readonly SavedCard[]): Html {
  const chosen = cards.find(({ isDefault }) => isDefault) ?? cards[0];
  return html`<fieldset class="choices">
    <legend>Card</legend>
    ${cards.map(
      (card) => html`<label class="row">
        <input type="radio" name="savedCard" value="${card.id}" ${card === chosen ? "checked" : ""} />
        ${describeCard(card)}
      </label>`,
    )}
    <label class="row"><input type="radio" name="savedCard" value="" /> Another card</label>
  </fieldset>`;
}
