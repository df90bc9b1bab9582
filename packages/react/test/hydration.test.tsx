import { act } from "@testing-library/react";
import type { ReactNode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CheckoutButton } from "../src/components/checkout-button.js";
import { Entitled } from "../src/components/entitled.js";
import { PricingTable } from "../src/components/pricing-table.js";
import { SubscriptionStatus } from "../src/components/subscription-status.js";
import { UsageMeter } from "../src/components/usage-meter.js";
import { PayKitProvider, type PayKitProviderProps } from "../src/provider/paykit-provider.js";
import { FakeServer } from "./fake-server.js";
import { products } from "./products.js";
import { grant, snapshot, stateOf } from "./snapshots.js";

const endingSoon = snapshot({
  grants: {
    messages: [grant({ quantity: 100, repeat: [1, "month"], anchorAt: "2026-01-15T00:00:00.000Z" })],
    pro_models: [grant({ expiresAt: "2026-03-01T00:00:01.000Z" })],
  },
});

function Page({ children, ...props }: PayKitProviderProps & { children?: ReactNode }) {
  return (
    <PayKitProvider {...props}>
      {Array.from({ length: 50 }, (_, index) => (
        <Entitled key={String(index)} feature="pro_models" fallback="locked" pending="pending">
          open
        </Entitled>
      ))}
      <UsageMeter feature="messages" />
      <CheckoutButton productId="credit_pack" />
      <SubscriptionStatus />
      <PricingTable products={products} />
    </PayKitProvider>
  );
}

afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = "";
});

/** Renders on the server, then hydrates; every text that was ever in the page. */
async function hydrate(props: PayKitProviderProps) {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
  const container = document.createElement("div");
  document.body.append(container);
  container.innerHTML = renderToString(<Page {...props} />);
  const texts = [container.textContent ?? ""];
  const observer = new MutationObserver(() => texts.push(container.textContent ?? ""));
  observer.observe(container, { subtree: true, childList: true, characterData: true });
  const root = await act(async () => hydrateRoot(container, <Page {...props} />));
  return { texts, complaints, unmount: () => act(() => root.unmount()) };
}

describe("server rendering", () => {
  it("hydrates 50 gates without a request, a mismatch or a change of what is seen", async () => {
    const server = new FakeServer(endingSoon);
    const { texts, complaints, unmount } = await hydrate({ state: stateOf(endingSoon), fetch: server.fetch });
    expect(texts[0]).toContain("open");
    expect(texts[0]).not.toMatch(/locked|pending/);
    expect(texts).toHaveLength(1);
    expect(server.requests).toHaveLength(0);
    expect(complaints).not.toHaveBeenCalled();
    unmount();
  });

  it("hydrates for somebody anonymous in the same way", async () => {
    const server = new FakeServer();
    const { texts, complaints, unmount } = await hydrate({ state: stateOf(null), fetch: server.fetch });
    expect(texts[0]).toContain("locked");
    expect(texts).toHaveLength(1);
    expect(server.requests).toHaveLength(0);
    expect(complaints).not.toHaveBeenCalled();
    unmount();
  });

  it("makes one request on a static page, which shows neither the content nor the fallback before it", async () => {
    const server = new FakeServer(snapshot({ grants: { pro_models: [grant()] } }));
    const { texts, complaints, unmount } = await hydrate({ fetch: server.fetch });
    expect(texts[0]).toContain("pending");
    expect(texts[0]).not.toMatch(/locked|open/);
    await vi.waitFor(() => expect(texts.at(-1)).toContain("open"), 20_000);
    expect(texts.join()).not.toContain("locked");
    expect(server.to("/customer")).toHaveLength(1);
    expect(complaints).not.toHaveBeenCalled();
    unmount();
  });
});
