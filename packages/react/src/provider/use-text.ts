"use client";
import { usePayKit } from "./context.js";
import type { Label } from "./labels.js";

type Text = (label: Label, values?: Record<string, string | number>) => string;

/** The components' texts in the provider's language. */
export function useText(): Text {
  const { labels } = usePayKit();
  return (label, values) =>
    (labels?.[label] ?? label).replace(/\{(\w+)\}/g, (_, name) => `${values?.[name]}`);
}
