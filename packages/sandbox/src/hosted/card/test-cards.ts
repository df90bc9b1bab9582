import { type Html, html } from "../page/html.js";

const CARDS = [
  ["4242 4242 4242 4242", "pays"],
  ["4000 0000 0000 0002", "is declined"],
  ["4000 0000 0000 9995", "has insufficient funds"],
  ["4000 0025 0000 3155", "asks for authentication"],
  ["4000 0000 0000 0341", "is accepted now, and fails when charged"],
] as const;

/** The cards that this page knows, for whoever tries it out. */
export function testCards(): Html {
  return html`<details>
    <summary>Test cards</summary>
    <ul class="plain small stack-small" style="margin-top: 0.5rem">
      ${CARDS.map(([number, what]) => html`<li><code>${number}</code> ${what}</li>`)}
    </ul>
    <p class="soft small" style="margin-top: 0.5rem">Any expiry in the future and any three digits.</p>
  </details>`;
}
