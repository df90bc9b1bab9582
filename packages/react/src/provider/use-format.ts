"use client";
import { decimalsOf } from "@paykit/server/contract";
import { usePayKit } from "./context.js";
import { useText } from "./use-text.js";

/** Texts, money, dates and numbers in the provider's language. */
export function useFormat() {
  const { locale = "en", timeZone = "UTC" } = usePayKit();
  return {
    text: useText(),
    number: (value: number) => value.toLocaleString(locale),
    date: (date: Date | null | undefined) =>
      date?.toLocaleDateString(locale, { timeZone, dateStyle: "long" }) ?? "",
    /** `amount` is in integer minor units; it is handed on as text, so that nothing is rounded. */
    money: (amount: number, currency: string) => {
      const { written, sent } = decimalsOf(currency);
      const digits = { minimumFractionDigits: written, maximumFractionDigits: written };
      const format = new Intl.NumberFormat(locale, { style: "currency", currency, ...digits });
      return format.format(`${amount}E-${sent}` as `${number}`);
    },
  };
}
