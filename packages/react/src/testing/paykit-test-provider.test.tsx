import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { products } from "../../test/products.js";
import {
  CheckoutButton,
  Entitled,
  InvoiceList,
  ItemBalance,
  PricingTable,
  SubscriptionStatus,
  UsageMeter,
} from "../index.js";
import { PayKitTestProvider } from "./index.js";

const gate = (
  <Entitled feature="pro_models" fallback="locked" pending="pending" error="error">
    open
  </Entitled>
);

describe("PayKitTestProvider", () => {
  it("gives what plain data says: a feature, a balance, a meter and a plan", () => {
    render(
      <PayKitTestProvider
        customer={{
          features: { pro_models: true, credits: 480, messages: { limit: 100, usage: 37 } },
          subscriptions: [{ planId: "pro", status: "trialing", trialEnd: new Date("2026-01-15T00:00:00Z") }],
        }}
      >
        {gate}
        <ItemBalance item="credits" />
        <UsageMeter feature="messages" />
        <SubscriptionStatus />
      </PayKitTestProvider>,
    );
    for (const text of ["open", "480", "37 of 100 used", "Trial ends on January 15, 2026"]) {
      expect(screen.getByText(text, { exact: false })).toBeTruthy();
    }
  });

  it.each([
    ["locked", { customer: null }],
    ["locked", { customer: {} }],
    ["pending", { status: "pending" }],
  ] as const)("shows %s for %o", (text, props) => {
    render(<PayKitTestProvider {...props}>{gate}</PayKitTestProvider>);
    expect(screen.getByText(text)).toBeTruthy();
  });

  it("shows what an error looks like", async () => {
    render(<PayKitTestProvider status="error">{gate}</PayKitTestProvider>);
    expect(await screen.findByText("error")).toBeTruthy();
  });

  it("hands commands to the test, and leads nowhere", async () => {
    const onCommand = vi.fn();
    const onNavigate = vi.fn();
    render(
      <PayKitTestProvider onCommand={onCommand} onNavigate={onNavigate}>
        <CheckoutButton productId="credit_pack" />
      </PayKitTestProvider>,
    );
    fireEvent.click(screen.getByRole("button"));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledExactlyOnceWith("#"));
    expect(onCommand).toHaveBeenCalledExactlyOnceWith({
      path: "/checkout",
      body: { productId: "credit_pack", idempotencyKey: expect.any(String) },
    });
  });

  it("has the products and invoices that it was given", async () => {
    const invoice = {
      number: "A-1",
      createdAt: new Date("2026-01-01T00:00:00Z"),
      status: "paid" as const,
      total: 1900,
      amountDue: 0,
      currency: "usd",
      hostedUrl: null,
      pdfUrl: null,
    };
    render(
      <PayKitTestProvider products={products} invoices={[invoice]}>
        <PricingTable />
        <InvoiceList />
      </PayKitTestProvider>,
    );
    expect(screen.getByText("$49.00 per month")).toBeTruthy();
    expect(await screen.findByText("A-1")).toBeTruthy();
  });

  it("shows the next data at once when a test renders with it", () => {
    const { rerender } = render(<PayKitTestProvider>{gate}</PayKitTestProvider>);
    const next = { features: { pro_models: true } };
    rerender(<PayKitTestProvider customer={next}>{gate}</PayKitTestProvider>);
    expect(screen.getByText("open")).toBeTruthy();
  });
});
