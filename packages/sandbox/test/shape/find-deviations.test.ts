import { describe, expect, it } from "vitest";
import { DeviationFinder } from "./find-deviations.js";
import { loadSdkTypes } from "./sdk-types.js";

const finder = new DeviationFinder(loadSdkTypes());

const coupon = {
  id: "half",
  object: "coupon",
  amount_off: null,
  created: 1_790_000_000,
  currency: null,
  duration: "repeating",
  duration_in_months: 3,
  livemode: false,
  max_redemptions: null,
  metadata: { team: "growth" },
  name: null,
  percent_off: 50,
  redeem_by: null,
  times_redeemed: 0,
  valid: true,
};

describe("DeviationFinder", () => {
  it("finds nothing in a coupon as it is declared, alone, deleted, or in a list", () => {
    expect(finder.inResponse(coupon)).toEqual([]);
    expect(finder.inResponse({ id: "half", object: "coupon", deleted: true })).toEqual([]);
    expect(
      finder.inResponse({ object: "list", data: [coupon], has_more: false, url: "/v1/coupons" }),
    ).toEqual([]);
  });

  it("names a missing key, an unknown one, a wrong type and a value outside an enum", () => {
    const { name: _, ...withoutName } = coupon;
    expect(finder.inResponse(withoutName)).toEqual(["coupon.name: missing"]);
    expect(finder.inResponse({ ...coupon, color: "red" })).toEqual(["coupon.color: unknown"]);
    expect(finder.inResponse({ ...coupon, created: "now" })).toEqual([
      'coupon.created: not a number but "now"',
    ]);
    expect(finder.inResponse({ ...coupon, duration: "yearly" })).toEqual([
      'coupon.duration: "yearly" is not one of forever, once, repeating',
    ]);
    expect(finder.inResponse({ ...coupon, metadata: { n: 1 } })).toEqual([
      "coupon.metadata.n: not a string but 1",
    ]);
  });

  it("wants decimals in strings", () => {
    const price = { object: "price", unit_amount_decimal: 10.5 };
    expect(finder.inResponse(price)).toContain(
      "price.unit_amount_decimal: not a decimal in a string but 10.5",
    );
  });

  it("reads an event by its type, and old values as a part of the object", () => {
    const event = {
      id: "evt_1",
      object: "event",
      api_version: "2026-10-28.endive",
      created: 1_790_000_000,
      data: { object: coupon, previous_attributes: { name: "Half" } },
      livemode: false,
      pending_webhooks: 0,
      request: { id: null, idempotency_key: null },
      type: "coupon.updated",
    };
    expect(finder.inEvent(event)).toEqual([]);
    expect(
      finder.inEvent({ ...event, data: { object: coupon, previous_attributes: { nam: "Half" } } }),
    ).toEqual(["coupon.updated.data.previous_attributes.nam: unknown"]);
    expect(finder.inEvent({ ...event, type: "coupon.eaten" })).toEqual([
      'event: no declared event has the type "coupon.eaten"',
    ]);
  });

  it("reads an error body", () => {
    const error = {
      type: "invalid_request_error",
      code: "resource_missing",
      message: "No such coupon",
      param: "id",
    };
    expect(finder.inResponse({ error })).toEqual([]);
    expect(finder.inResponse({ error: { ...error, type: "bad" } })).toHaveLength(1);
  });
});
