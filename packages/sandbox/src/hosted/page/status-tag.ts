import { type Html, html } from "./html.js";

const TONES: Readonly<Record<string, string>> = {
  active: "good",
  trialing: "good",
  paid: "good",
  complete: "good",
  succeeded: "good",
  delivered: "good",
  past_due: "bad",
  unpaid: "bad",
  uncollectible: "bad",
  failed: "bad",
  incomplete: "warn",
  open: "warn",
  paused: "warn",
  waiting: "warn",
  dropped: "warn",
};

/** A status in Stripe's spelling, made readable; the colour only repeats what the word says. */
export function statusTag(status: string): Html {
  return html`<span class="tag ${TONES[status] ?? ""}">${status.replaceAll("_", " ")}</span>`;
}
