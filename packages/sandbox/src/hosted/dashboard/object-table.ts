import { formatAmount } from "../../engine/format-amount.js";
import type { ApiObject, DashboardOperations } from "../../world/hosted/dashboard.js";
import { formatMinute } from "../page/format-date.js";
import { type Html, html } from "../page/html.js";
import { statusTag } from "../page/status-tag.js";
import { idAt, numberAt, textAt } from "./read-object.js";

/** Looks up another object, for its name. */
type Get = DashboardOperations["get"];
type Column = { title: string; cell: (object: ApiObject, get: Get) => Html | string };

const created: Column = { title: "Created", cell: (object) => timeAt(object, "created") };
const status: Column = { title: "Status", cell: (object) => statusTag(textAt(object, "status")) };
const customer: Column = {
  title: "Customer",
  cell: (object, get) => {
    const id = idAt(object, "customer");
    const found = id === "" ? null : get("customer", id);
    return objectLink("customer", id, found === null ? "" : textAt(found, "email") || textAt(found, "name"));
  },
};
const amount = (title: string, path: string): Column => ({ title, cell: (object) => moneyAt(object, path) });

/** The columns of each kind of object that has a list of its own. */
const COLUMNS = {
  customer: [
    { title: "Customer", cell: (object) => selfLink(object, textAt(object, "email")) },
    { title: "Name", cell: (object) => textAt(object, "name") },
    amount("Balance", "balance"),
    created,
  ],
  subscription: [
    { title: "Subscription", cell: (object) => selfLink(object) },
    customer,
    status,
    { title: "Plan", cell: planOf },
    { title: "Period ends", cell: (object) => timeAt(object, "items.data.0.current_period_end") },
    { title: "Ends", cell: (object) => timeAt(object, "cancel_at") },
  ],
  invoice: [
    { title: "Invoice", cell: (object) => selfLink(object, textAt(object, "number")) },
    customer,
    status,
    amount("Total", "total"),
    { title: "Reason", cell: (object) => textAt(object, "billing_reason").replaceAll("_", " ") },
    created,
  ],
  payment_intent: [
    { title: "Payment", cell: (object) => selfLink(object) },
    customer,
    status,
    amount("Amount", "amount"),
    { title: "Error", cell: (object) => textAt(object, "last_payment_error.message") },
    created,
  ],
} satisfies Record<string, Column[]>;

export type ListedKind = keyof typeof COLUMNS;

/** A table of objects of one kind, newest first. */
export function objectTable(kind: ListedKind, objects: readonly ApiObject[], get: Get): Html {
  if (objects.length === 0) return html`<p class="soft">There are none yet.</p>`;
  const columns: readonly Column[] = COLUMNS[kind];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${kind.replaceAll("_", " ")} list">
    <table>
      <thead>
        <tr>
          ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${objects.map(
          (object) => html`<tr>
            ${columns.map(({ cell }) => html`<td>${cell(object, get)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A link to the page of an object; its id, or a name that says more. */
function objectLink(kind: string, id: string, text = ""): Html | string {
  if (id === "") return text;
  return html`<a href="/dashboard/${kind}/${id}">${text === "" ? id : text}</a>`;
}

function selfLink(object: ApiObject, text = ""): Html | string {
  return objectLink(object.object, textAt(object, "id"), text);
}

/** `Pro × 2`, and how many items there are besides. */
function planOf(object: ApiObject, get: Get): string {
  const product = get("product", idAt(object, "items.data.0.price.product"));
  const name = product === null ? idAt(object, "items.data.0.price") : textAt(product, "name");
  const quantity = numberAt(object, "items.data.0.quantity") ?? 1;
  const others = textAt(object, "items.data.1.id") === "" ? "" : " and more";
  return `${name}${quantity === 1 ? "" : ` × ${quantity}`}${others}`;
}

function timeAt(object: ApiObject, path: string): string {
  const at = numberAt(object, path);
  return at === null ? "" : formatMinute(at);
}

function moneyAt(object: ApiObject, path: string): string {
  const value = numberAt(object, path);
  const currency = textAt(object, "currency");
  if (value === null) return "";
  return currency === "" ? (value === 0 ? "" : String(value)) : formatAmount(value, currency);
}
