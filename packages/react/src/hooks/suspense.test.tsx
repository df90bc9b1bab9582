import { screen } from "@testing-library/react";
import { Component, type ReactNode, Suspense } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { products } from "../../test/products.js";
import { renderWith } from "../../test/render.js";
import { snapshot, stateOf } from "../../test/snapshots.js";
import { useSuspensePayKitCustomer } from "./use-suspense-customer.js";
import { useSuspenseEntitlement } from "./use-suspense-entitlement.js";
import { useSuspenseInvoices } from "./use-suspense-invoices.js";
import { useSuspenseItem } from "./use-suspense-item.js";
import { useSuspenseProducts } from "./use-suspense-products.js";

const seen: string[] = [];

function Everything() {
  const { status, customer } = useSuspensePayKitCustomer();
  const { balance } = useSuspenseEntitlement("messages");
  const { item } = useSuspenseItem("messages");
  seen.push(status);
  return <p>{`${customer?.id} ${balance} ${item?.quantity}`}</p>;
}

function Shop() {
  return `${useSuspenseProducts().products.length} products, ${useSuspenseInvoices().invoices.length} invoices`;
}

class Boundary extends Component<{ children: ReactNode }, { code?: string }> {
  override state: { code?: string } = {};
  static getDerivedStateFromError(error: { code: string }) {
    return { code: error.code };
  }
  override render() {
    return this.state.code ?? this.props.children;
  }
}

afterEach(() => {
  seen.length = 0;
  vi.restoreAllMocks();
});

describe("the Suspense hooks", () => {
  it("wait for one request, and are never pending", async () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <Suspense fallback="waiting">{<Everything />}</Suspense>);
    expect(screen.getByText("waiting")).toBeTruthy();
    expect(await screen.findByText("user_a 100 100")).toBeTruthy();
    expect(new Set(seen)).toEqual(new Set(["ready"]));
    expect(server.requests).toHaveLength(1);
  });

  it("do not wait on a server-rendered page", () => {
    const server = new FakeServer();
    renderWith(server, <Suspense fallback="waiting">{<Everything />}</Suspense>, {
      state: stateOf(snapshot()),
    });
    expect(screen.getByText("user_a 100 100")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("read products and invoices", async () => {
    const server = new FakeServer(snapshot());
    server.products = products;
    renderWith(server, <Suspense fallback="waiting">{<Shop />}</Suspense>);
    expect(await screen.findByText("4 products, 0 invoices")).toBeTruthy();
  });

  it("hand an error to the boundary when nothing is known", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const server = new FakeServer(snapshot());
    server.viewerId = "stranger";
    const ui = (
      <Boundary>
        <Suspense fallback="waiting">{<Everything />}</Suspense>
      </Boundary>
    );
    renderWith(server, ui);
    expect(await screen.findByText("CUSTOMER_ID_MISMATCH")).toBeTruthy();
  });
});
