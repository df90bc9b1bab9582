"use client";
import { usePayKit } from "./context.js";
import type { Label } from "./labels.js";

/** Currencies whose integers at Stripe have other decimals than ISO 4217 says (Stripe: "Supported currencies"). */
const decimals: Record<string, number> = { isk: 2, ugx: 2, mga: 0 };

/** Texts, money, dates and numbers in the provider's language. */
export function useText() {
  const { labels = {}, locale = "en", timeZone = "UTC" } = usePayKit();
  return {
    text: (label: Label, values: Record<string, string | number> = {}) =>
      (labels[label] ?? label).replace(/\{(\w+)\}/g, (_, name) => String(values[name])),
    number: (value: number) => value.toLocaleString(locale),
    date: (date: Date) => date.toLocaleDateString(locale, { timeZone, dateStyle: "long" }),
    /** `amount` is in integer minor units; it is handed on as text, so that nothing is rounded. */
    money: (amount: number, currency: string) => {
      const format = new Intl.NumberFormat(locale, { style: "currency", currency });
      const digits = decimals[currency] ?? format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(`${amount}E-${digits}` as `${number}`);
    },
  };
}
