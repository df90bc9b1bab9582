import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { findFaults } from "../../test/axe.js";
import { FakeServer } from "../../test/fake-server.js";
import { products } from "../../test/products.js";
import { renderWith } from "../../test/render.js";
import { snapshot, stateOf, subscription } from "../../test/snapshots.js";
import { PricingTable } from "./pricing-table.js";

const yearly = { planId: "pro", isDefault: false, interval: [1, "year"] as const };
const onYearlyPro = snapshot({ subscriptions: [subscription(yearly)] });

const plan = (name: string) => screen.getByRole("listitem", { name });

describe("PricingTable", () => {
  it("shows each plan with its price, trial and features", () => {
    renderWith(new FakeServer(), <PricingTable products={products} />, { state: stateOf(snapshot()) });
    expect(within(plan("Free")).getByText("Free", { selector: "p" })).toBeTruthy();
    expect(within(plan("Free")).getByText("100 messages per month")).toBeTruthy();
    const pro = within(plan("Pro"));
    for (const text of ["$19.00 per month", "14 days free", "2,000 messages per month", "Pro models"]) {
      expect(pro.getByText(text)).toBeTruthy();
    }
    expect(within(plan("Team")).getByText("Unlimited messages")).toBeTruthy();
    expect(screen.queryByText("500 credits")).toBeNull();
  });

  it("promises no trial to somebody who has had it, and says so to who asks what a click would do", async () => {
    const had = snapshot({ trialsUsed: ["pro"] });
    const confirm = vi.fn(async () => false);
    const table = <PricingTable products={products} confirm={confirm} />;
    const { unmount } = renderWith(new FakeServer(had), table, { state: stateOf(had) });
    expect(within(plan("Pro")).queryByText("14 days free")).toBeNull();
    await act(async () => fireEvent.click(within(plan("Pro")).getByRole("button", { name: "Subscribe" })));
    unmount();
    renderWith(new FakeServer(snapshot()), table, { state: stateOf(snapshot()) });
    await act(async () => fireEvent.click(within(plan("Pro")).getByRole("button", { name: "Subscribe" })));
    expect(confirm.mock.calls).toMatchObject([[{ trialDays: 0 }], [{ trialDays: 14 }]]);
  });

  it("switches to yearly prices, which the buttons then buy", async () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <PricingTable products={products} />, { state: stateOf(snapshot()) });
    fireEvent.click(screen.getByRole("radio", { name: "Per year" }));
    expect(within(plan("Pro")).getByText("$190.00 per year")).toBeTruthy();
    fireEvent.click(within(plan("Pro")).getByRole("button", { name: "Subscribe" }));
    await waitFor(() =>
      expect(server.to("/subscribe")[0]?.body).toMatchObject({ planId: "pro", interval: "year" }),
    );
  });

  it("opens at the interval that the customer pays at, with the current plan marked", () => {
    renderWith(new FakeServer(), <PricingTable products={products} />, { state: stateOf(onYearlyPro) });
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Per year" }).checked).toBe(true);
    expect(plan("Pro").dataset).toMatchObject({ change: "none", current: "true" });
    expect(plan("Team").dataset.current).toBeUndefined();
    expect(within(plan("Pro")).getByRole("button", { name: "Current plan" })).toBeTruthy();
    expect(within(plan("Pro")).queryByText("14 days free")).toBeNull();
    expect(within(plan("Team")).getByRole("button", { name: "Upgrade" })).toBeTruthy();
  });

  it("leads somebody anonymous to sign-in", () => {
    const server = new FakeServer();
    renderWith(server, <PricingTable products={products} />, { state: stateOf(null), signInUrl: "/sign-in" });
    expect(within(plan("Pro")).getByRole("link", { name: "Get started" }).getAttribute("href")).toBe(
      "/sign-in",
    );
    expect(screen.queryByRole("button")).toBeNull();
    expect(server.requests).toHaveLength(0);
  });

  it("marks no plan as current for somebody anonymous, and promises the trial", () => {
    renderWith(new FakeServer(), <PricingTable products={products} />, { state: stateOf(null) });
    expect(screen.getAllByRole("listitem", { name: /./ }).map(({ dataset }) => dataset.current)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(within(plan("Free")).getByRole("button", { name: "Subscribe" })).toBeTruthy();
    expect(within(plan("Pro")).getByText("14 days free")).toBeTruthy();
  });

  it("names the plans at the level of heading that the page needs, 3 unless told", () => {
    const { unmount } = renderWith(new FakeServer(), <PricingTable products={products} />, {
      state: stateOf(null),
    });
    expect(screen.getByRole("heading", { level: 3, name: "Pro" })).toBeTruthy();
    unmount();
    renderWith(new FakeServer(), <PricingTable products={products} headingLevel={2} />, {
      state: stateOf(null),
    });
    expect(screen.getByRole("heading", { level: 2, name: "Pro" })).toBeTruthy();
  });

  it("asks once for the products when it is not given them", async () => {
    const server = new FakeServer(snapshot());
    server.products = products;
    const { container } = renderWith(server, <PricingTable group="base" />, { state: stateOf(snapshot()) });
    expect(container.querySelector("[data-paykit=pricing-table]")?.getAttribute("data-state")).toBe(
      "pending",
    );
    await screen.findByText("$49.00 per month");
    expect(server.requests.map(({ path }) => path)).toEqual(["/products"]);
  });

  it("says that it failed, and may be asked again", async () => {
    const server = new FakeServer();
    server.refuseProducts = true;
    renderWith(server, <PricingTable />, { state: stateOf(null) });
    expect(await screen.findByRole("alert")).toBeTruthy();
    server.refuseProducts = false;
    server.products = products;
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("$49.00 per month")).toBeTruthy();
  });

  it.each([
    ["anonymous", null],
    ["free", snapshot()],
    ["paying", onYearlyPro],
  ])("has no fault for assistive technology when %s", async (_who, customer) => {
    const { container } = renderWith(new FakeServer(), <PricingTable products={products} />, {
      state: stateOf(customer),
    });
    expect(await findFaults(container)).toEqual([]);
  });
});
