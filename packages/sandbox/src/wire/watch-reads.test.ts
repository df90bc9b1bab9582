import { describe, expect, it } from "vitest";
import { watchReads } from "./watch-reads.js";

describe("watchReads", () => {
  it("names what was not read, at the top and inside", () => {
    const { watched, unread } = watchReads({
      customer: "cus_1",
      tax: { ip_address: "::1" },
      items: [{ price: "price_1", tax_rates: ["txr_1"] }],
    });
    const [item] = watched.items as { price: string }[];
    expect([watched.customer, item?.price]).toEqual(["cus_1", "price_1"]);
    expect(unread()).toEqual(["tax", "items[0][tax_rates]"]);
  });

  it("takes a hash that is passed on whole for read, and a spread one too", () => {
    const { watched, unread } = watchReads({ payload: { value: "3" }, settings: { footer: "Thanks" } });
    const kept = { payload: watched.payload, ...(watched.settings as object) };
    expect(unread()).toEqual([]);
    expect(kept).toEqual({ payload: { value: "3" }, footer: "Thanks" });
  });

  it("leaves plain values behind", () => {
    const { watched, unread } = watchReads({ payload: { value: "3" } });
    const { payload } = watched;
    unread();
    expect(Object.getOwnPropertyDescriptor(payload, "value")).toMatchObject({ value: "3", writable: true });
  });
});
