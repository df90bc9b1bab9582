import { describe, expect, it } from "vitest";
import { checkParameters } from "./check-parameters.js";
import { decode } from "./decode.js";

const check = (name: string, text: string) => checkParameters(name, decode(text));

describe("checkParameters", () => {
  it("gives values the types that the SDK declares", () => {
    expect(
      check("PriceCreateParams", "currency=usd&unit_amount=1900&product=prod_1&recurring[interval]=month"),
    ).toEqual({
      currency: "usd",
      unit_amount: 1_900,
      product: "prod_1",
      recurring: { interval: "month" },
    });
    expect(
      check("SubscriptionUpdateParams", "items[0][id]=si_1&items[0][deleted]=true&trial_end=now"),
    ).toEqual({
      items: [{ id: "si_1", deleted: true }],
      trial_end: "now",
    });
  });

  it("keeps metadata as text, whatever it looks like", () => {
    expect(check("CustomerCreateParams", "metadata[count]=1&metadata[gone]=")).toEqual({
      metadata: { count: "1", gone: "" },
    });
  });

  it("unsets by an empty value where that is possible", () => {
    expect(check("SubscriptionUpdateParams", "pause_collection=&metadata=")).toEqual({
      pause_collection: null,
      metadata: null,
    });
  });

  it.each([
    ["CustomerCreateParams", "nonsense=1", "parameter_unknown", "nonsense"],
    ["CustomerCreateParams", "address[planet]=mars", "parameter_unknown", "address[planet]"],
    ["PriceCreateParams", "unit_amount=1", "parameter_missing", "currency"],
    ["PriceCreateParams", "currency=usd&unit_amount=1.5", "parameter_invalid_integer", "unit_amount"],
    ["PriceCreateParams", "currency=usd&recurring=", "parameter_invalid_empty", "recurring"],
    ["PriceCreateParams", "currency=usd&recurring[interval]=fortnight", undefined, "recurring[interval]"],
  ])("refuses %s with %s", (name, text, code, param) => {
    expect(() => check(name, text)).toThrow(
      expect.objectContaining({ body: expect.objectContaining(code ? { code, param } : { param }) }),
    );
  });
});
