import { type Html, html } from "./html.js";

/** A labelled input with its message. The message is tied to the input, so that a screen reader speaks both. */
export type Field = {
  name: string;
  label: string;
  /** Its name, unless the page has several of that name. */
  id?: string;
  value?: string;
  error?: string | undefined;
  type?: "text" | "email" | "tel" | "number";
  inputmode?: "text" | "numeric" | "email" | "tel";
  autocomplete?: string;
  autocapitalize?: "characters" | "off";
  placeholder?: string;
  min?: number;
  max?: number;
};

export function field({ name, label, error, id = name, ...input }: Field): Html {
  const attributes = {
    inputmode: input.inputmode,
    autocapitalize: input.autocapitalize,
    placeholder: input.placeholder,
    min: input.min,
    max: input.max,
    "aria-invalid": error === undefined ? undefined : "true",
    "aria-describedby": error === undefined ? undefined : `${id}-error`,
    // Of several fields the browser takes the first.
    autofocus: error === undefined ? undefined : "",
  };
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${name}"
      type="${input.type ?? "text"}"
      value="${input.value ?? ""}"
      autocomplete="${input.autocomplete ?? "off"}"
      ${Object.entries(attributes).map(([key, value]) => (value === undefined ? "" : html`${key}="${value}" `))}
    />
    ${error === undefined ? "" : html`<span class="error" id="${id}-error">${error}</span>`}
  </div>`;
}
