import { describe, expect, it } from "vitest";
import { type StatusInvoice, statusOf } from "./subscription-status.js";

const invoice = (change: Partial<StatusInvoice>): StatusInvoice => ({
  status: "open",
  collection: "charge_automatically",
  attempts: 1,
  isExhausted: false,
  dueAt: null,
  ...change,
});
const paid = invoice({ status: "paid" });
const failed = invoice({});
const exhausted = invoice({ attempts: 9, isExhausted: true });

describe("statusOf", () => {
  it("is active when the latest invoice is paid or given up, whatever older ones say", () => {
    expect(statusOf([paid, failed], "cancel", 0)).toBe("active");
    expect(statusOf([invoice({ status: "uncollectible" }), exhausted], "cancel", 0)).toBe("active");
    expect(statusOf([], "cancel", 0)).toBe("active");
  });

  it("is past_due from the first failed attempt", () => {
    expect(statusOf([failed, paid], "cancel", 0)).toBe("past_due");
    expect(statusOf([invoice({ attempts: 0 }), paid], "cancel", 0)).toBe("active");
  });

  it("is what the account set after the last attempt", () => {
    expect(statusOf([exhausted], "cancel", 0)).toBe("canceled");
    expect(statusOf([exhausted], "unpaid", 0)).toBe("unpaid");
    expect(statusOf([exhausted], "past_due", 0)).toBe("past_due");
    expect(statusOf([exhausted], "pause", 0)).toBe("paused");
  });

  it("passes over void and draft invoices to the one before", () => {
    expect(statusOf([invoice({ status: "void" }), invoice({ status: "draft" }), failed], "cancel", 0)).toBe(
      "past_due",
    );
    expect(statusOf([invoice({ status: "void" }), paid], "cancel", 0)).toBe("active");
  });

  it("is past_due when a sent invoice is due", () => {
    const sent = invoice({ collection: "send_invoice", attempts: 0, dueAt: 100 });
    expect(statusOf([sent], "cancel", 99)).toBe("active");
    expect(statusOf([sent], "cancel", 100)).toBe("past_due");
  });
});
