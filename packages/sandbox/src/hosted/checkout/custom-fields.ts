import type { CheckoutView } from "../../world/hosted/checkout.js";
import { field } from "../page/field.js";
import { type Html, html } from "../page/html.js";

type CustomField = CheckoutView["customFields"][number];

/** The name of a custom field's input; its key comes from the app and may collide with the page's own names. */
export function customName(key: string): string {
  return `custom.${key}`;
}

/** The questions that the app adds to the page. */
export function customFields(
  fields: readonly CustomField[],
  faults: Readonly<Record<string, string>>,
  typed: Readonly<Record<string, string>>,
): Html[] {
  return fields.map((one) => {
    const label = one.optional ? `${one.label} (optional)` : one.label;
    const value = typed[one.key] ?? "";
    if (one.type === "dropdown") return dropdown({ one, label, value, error: faults[one.key] });
    return field({
      name: customName(one.key),
      label,
      value,
      inputmode: one.type === "numeric" ? "numeric" : "text",
      error: faults[one.key],
    });
  });
}

function dropdown({
  one,
  label,
  value,
  error,
}: {
  one: CustomField;
  label: string;
  value: string;
  error: string | undefined;
}): Html {
  const name = customName(one.key);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}" aria-describedby="${name}-error">
      <option value="">Choose…</option>
      ${one.options.map(
        (option) =>
          html`<option value="${option.value}" ${option.value === value ? "selected" : ""}>${option.label}</option>`,
      )}
    </select>
    <span class="error" id="${name}-error">${error ?? ""}</span>
  </div>`;
}
