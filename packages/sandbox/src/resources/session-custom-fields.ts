import type { CheckoutSession } from "../world/objects/checkout.js";

export type CustomFieldParams = {
  key: string;
  label: { custom: string; type: "custom" };
  optional?: boolean;
  type: "dropdown" | "numeric" | "text";
  dropdown?: { options: { label: string; value: string }[]; default_value?: string };
  numeric?: { default_value?: string; maximum_length?: number; minimum_length?: number };
  text?: { default_value?: string; maximum_length?: number; minimum_length?: number };
};

export function toCustomField(field: CustomFieldParams): CheckoutSession["custom_fields"][number] {
  const text = (given: CustomFieldParams["text"]) => ({
    default_value: given?.default_value ?? null,
    maximum_length: given?.maximum_length ?? null,
    minimum_length: given?.minimum_length ?? null,
    value: null,
  });
  return {
    ...(field.type === "dropdown"
      ? {
          dropdown: {
            default_value: field.dropdown?.default_value ?? null,
            options: field.dropdown?.options ?? [],
            value: null,
          },
        }
      : {}),
    key: field.key,
    label: field.label,
    ...(field.type === "numeric" ? { numeric: text(field.numeric) } : {}),
    optional: field.optional ?? false,
    ...(field.type === "text" ? { text: text(field.text) } : {}),
    type: field.type,
  };
}
