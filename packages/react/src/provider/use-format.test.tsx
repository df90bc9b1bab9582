import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { PayKitProvider } from "./paykit-provider.js";
import { useFormat } from "./use-format.js";

function Money({ amount, currency }: { amount: number; currency: string }) {
  return useFormat().money(amount, currency);
}

describe("useFormat", () => {
  // Stripe's integers: yen and ariary have no decimals, the Icelandic and Ugandan ones are sent with two, the dinar has three
  // of which the last is 0.
  it.each([
    [1999, "usd", "$19.99"],
    [500, "jpy", "¥500"],
    [50_000, "isk", "ISK 500"],
    [50_000, "ugx", "UGX 500"],
    [500, "mga", "MGA 500"],
    [12_340, "kwd", "KWD 12.34"],
    [1999, "afn", "AFN 19.99"],
    [-1250, "eur", "-€12.50"],
    [90_071_992_547_409, "usd", "$900,719,925,474.09"],
  ])("writes %d %s as %s", (amount, currency, text) => {
    const { container } = render(
      <PayKitProvider>
        <Money amount={amount} currency={currency} />
      </PayKitProvider>,
    );
    expect(container.textContent?.replace(/\u00a0/g, " ")).toBe(text);
  });
});
