import { readCard } from "../../engine/read-card.js";
import type { CardEntry } from "../../world/hosted/payment.js";
import type { Form } from "../page/read-form.js";
import type { CardFieldFaults } from "./card-fields.js";

/** What a form says to pay with. */
export type CardChoice =
  | { type: "card"; card: CardEntry }
  | { type: "saved"; savedCardId: string }
  | { type: "faults"; faults: CardFieldFaults };

/** Reads the card part of a form: a typed number wins over a kept card; an incomplete card is returned as faults. */
export function readCardForm(form: Form): CardChoice {
  const savedCardId = form.get("savedCard");
  const card = { number: form.get("cardNumber"), expiry: form.get("cardExpiry"), cvc: form.get("cardCvc") };
  if (savedCardId !== "" && card.number === "") return { type: "saved", savedCardId };
  const { faults } = readCard(card);
  if (faults === null) return { type: "card", card };
  return {
    type: "faults",
    faults: {
      ...(faults.number === undefined ? {} : { cardNumber: faults.number }),
      ...(faults.expiry === undefined ? {} : { cardExpiry: faults.expiry }),
      ...(faults.cvc === undefined ? {} : { cardCvc: faults.cvc }),
    },
  };
}
