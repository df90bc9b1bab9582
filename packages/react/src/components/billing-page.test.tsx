import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { findFaults } from "../../test/axe.js";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { grant, snapshot, stateOf, subscription } from "../../test/snapshots.js";
import { arabic } from "../labels/index.js";
import { BillingPortalButton } from "./billing-portal-button.js";
import { InvoiceList } from "./invoice-list.js";
import { ItemBalance } from "./item-balance.js";
import { SubscriptionStatus } from "./subscription-status.js";
import { UsageMeter } from "./usage-meter.js";

const monthly = grant({
  quantity: 2000,
  remaining: 1500,
  settledAt: "2026-02-20T00:00:00.000Z",
  repeat: [1, "month"],
  anchorAt: "2026-01-15T00:00:00.000Z",
});
const metered = snapshot({ grants: { messages: [monthly], credits: [grant({ unlimited: true })] } });
const invoices = [1, 2, 3].map((index) => ({
  number: `A-${index}`,
  createdAt: `2026-0${4 - index}-01T12:00:00.000Z`,
  status: "paid" as const,
  total: 1900,
  amountDue: 0,
  currency: "usd",
  hostedUrl: `https://invoice.test/${index}`,
  pdfUrl: null,
}));

describe("UsageMeter", () => {
  it("says 500 of 2,000 and when it resets, on a meter with the feature's name", async () => {
    const { container } = renderWith(new FakeServer(), <UsageMeter feature="messages" />, {
      state: stateOf(metered),
    });
    const meter = screen.getByRole<HTMLMeterElement>("meter", { name: "Messages" });
    expect([meter.value, meter.max]).toEqual([500, 2000]);
    expect(screen.getByText("500 of 2,000 used")).toBeTruthy();
    expect(screen.getByText("Resets on March 15, 2026")).toBeTruthy();
    expect(container.querySelector("[data-paykit]")?.getAttribute("data-state")).toBe("allowed");
    expect(await findFaults(container)).toEqual([]);
  });

  it("has no meter when unlimited, nothing granted reads 0 of 0, and used up is denied", () => {
    const used = snapshot({ grants: { messages: [grant({ quantity: 5, remaining: 0 })] } });
    const { unmount } = renderWith(new FakeServer(), <UsageMeter feature="credits" />, {
      state: stateOf(metered),
    });
    expect(screen.queryByRole("meter")).toBeNull();
    expect(screen.getByText("0 used")).toBeTruthy();
    unmount();
    const { container } = renderWith(
      new FakeServer(),
      [<UsageMeter key="a" feature="messages" />, <UsageMeter key="b" feature="credits" />],
      { state: stateOf(used) },
    );
    expect(screen.getByText("5 of 5 used")).toBeTruthy();
    expect(screen.getByText("0 of 0 used")).toBeTruthy();
    expect(container.querySelectorAll('[data-state="denied"]')).toHaveLength(2);
  });

  it("speaks Arabic with the numbers and dates of the locale", () => {
    renderWith(new FakeServer(), <UsageMeter feature="messages" />, {
      state: stateOf(metered),
      locale: "ar-EG",
      labels: arabic,
    });
    expect(screen.getByText("استُخدم ٥٠٠ من ٢٬٠٠٠")).toBeTruthy();
    expect(screen.getByText("يتجدد في ١٥ مارس ٢٠٢٦")).toBeTruthy();
  });
});

describe("ItemBalance", () => {
  it("is a number, or the word for unlimited, or what was given while nothing is known", () => {
    const server = new FakeServer();
    server.close();
    const ui = [<ItemBalance key="a" item="messages" pending="…" />, <ItemBalance key="b" item="credits" />];
    const { unmount } = renderWith(server, ui, { state: stateOf(metered) });
    expect(screen.getByText("1,500")).toBeTruthy();
    expect(screen.getByText("Unlimited")).toBeTruthy();
    unmount();
    renderWith(server, ui);
    expect(screen.getByText("…").dataset.state).toBe("pending");
  });
});

describe("SubscriptionStatus", () => {
  const paid = {
    planId: "pro",
    isDefault: false,
    currentPeriodEnd: "2026-03-31T00:00:00.000Z",
  };
  const endsAt = paid.currentPeriodEnd;

  it.each([
    ["free", {}],
    ["proRenews on March 31, 2026", paid],
    [
      "proTrial ends on March 14, 2026",
      { ...paid, status: "trialing", trialEnd: "2026-03-14T00:00:00.000Z" },
    ],
    [
      "proEnds on March 31, 2026",
      { ...paid, endsAt, cancelAtPeriodEnd: true, scheduledPlanId: "free", scheduledAt: endsAt },
    ],
    ["proChanges on March 31, 2026", { ...paid, endsAt, scheduledPlanId: "starter", scheduledAt: endsAt }],
    ["proPayment failedUpdate card", { ...paid, status: "past_due" }],
    ["proPayment failedUpdate card", { ...paid, status: "unpaid" }],
    ["proWaiting for payment", { ...paid, status: "incomplete" }],
    ["proPaused", { ...paid, status: "paused" }],
  ] as const)("says %s", async (text, fields) => {
    const customer = snapshot({ subscriptions: [subscription(fields)] });
    const { container } = renderWith(new FakeServer(), <SubscriptionStatus />, { state: stateOf(customer) });
    expect(container.textContent).toBe(text);
    expect(await findFaults(container)).toEqual([]);
  });

  it("leads to the card when a payment failed", async () => {
    const server = new FakeServer(snapshot());
    const navigate = vi.fn();
    const customer = snapshot({ subscriptions: [subscription({ ...paid, status: "past_due" })] });
    renderWith(server, <SubscriptionStatus />, { state: stateOf(customer), navigate });
    fireEvent.click(screen.getByRole("button", { name: "Update card" }));
    await waitFor(() => expect(navigate).toHaveBeenCalledExactlyOnceWith("https://portal.test/"));
    expect(server.to("/portal")[0]?.body).toMatchObject({ flow: "update_card" });
  });
});

describe("BillingPortalButton", () => {
  it("is a form to the portal, with where to come back to", () => {
    renderWith(new FakeServer(), <BillingPortalButton returnUrl="/billing" />, {
      state: stateOf(snapshot()),
    });
    const form = screen.getByRole("button", { name: "Manage billing" }).closest("form");
    expect(form?.getAttribute("action")).toBe("/api/paykit/portal");
    expect(Object.fromEntries(new FormData(form ?? undefined))).toEqual({ returnUrl: "/billing" });
  });
});

describe("InvoiceList", () => {
  it("shows a page of invoices, and the next one when asked", async () => {
    const server = new FakeServer(snapshot());
    server.invoicePages = [invoices.slice(0, 2), invoices.slice(2)];
    const { container } = renderWith(server, <InvoiceList limit={2} />, { state: stateOf(snapshot()) });
    const row = within(await screen.findByRole("row", { name: /A-1/ }));
    expect(row.getAllByRole("cell").map((cell) => cell.textContent)).toEqual([
      "March 1, 2026",
      "A-1",
      "$19.00",
      "Paid",
      "View ",
    ]);
    fireEvent.click(screen.getByRole("button", { name: "Show more" }));
    expect(await screen.findByText("A-3")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
    expect(server.to("/invoices").map(({ search }) => search.toString())).toEqual([
      "limit=2",
      "limit=2&cursor=1",
    ]);
    expect(await findFaults(container)).toEqual([]);
  });

  it("tells somebody anonymous why there are none, and does not offer to try again", async () => {
    const server = new FakeServer();
    server.viewerId = null;
    renderWith(server, <InvoiceList />, { state: stateOf(null) });
    expect((await screen.findByRole("alert")).dataset.code).toBe("UNAUTHENTICATED");
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("says that there are none", async () => {
    renderWith(new FakeServer(snapshot()), <InvoiceList />, { state: stateOf(snapshot()) });
    expect(await screen.findByText("No invoices yet")).toBeTruthy();
  });
});
