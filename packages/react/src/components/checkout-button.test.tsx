import { onlineManager } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { snapshot, stateOf } from "../../test/snapshots.js";
import { PayKitProvider } from "../provider/paykit-provider.js";
import { CheckoutButton } from "./checkout-button.js";

let server: FakeServer;
let navigate: ReturnType<typeof vi.fn<(url: string) => void>>;

beforeEach(() => {
  server = new FakeServer(snapshot());
  navigate = vi.fn<(url: string) => void>();
});
afterEach(() => {
  vi.useRealTimers();
});

function show(props: Partial<Parameters<typeof CheckoutButton>[0]> = {}) {
  const button = <CheckoutButton productId="pro" {...props} />;
  return renderWith(server, button, { state: stateOf(snapshot()), navigate });
}

const button = () => screen.getByRole("button");
const form = () => button().closest("form");

/** Brings the page back from the browser's back-forward cache. */
function comeBack() {
  return act(async () => window.dispatchEvent(new Event("pageshow")));
}

describe("CheckoutButton", () => {
  it("is a form that buys without JavaScript", () => {
    const html = renderToString(
      <PayKitProvider state={stateOf(snapshot())}>
        <CheckoutButton productId="pro" interval="year" quantity={2} successUrl="/done" cancelUrl="/no" />
      </PayKitProvider>,
    );
    document.body.innerHTML = html;
    const element = document.querySelector("form");
    expect(element?.method).toBe("post");
    expect(element?.getAttribute("action")).toBe("/api/paykit/checkout");
    expect(Object.fromEntries(new FormData(element ?? undefined))).toEqual({
      productId: "pro",
      interval: "year",
      quantity: "2",
      successUrl: "/done",
      cancelUrl: "/no",
    });
    expect(document.querySelector("button")?.type).toBe("submit");
    cleanup();
    document.body.innerHTML = "";
  });

  it("leaves for the checkout page, and stays pending until the page is brought back", async () => {
    show();
    fireEvent.click(button());
    await waitFor(() => expect(button().getAttribute("aria-busy")).toBe("true"));
    await waitFor(() => expect(navigate).toHaveBeenCalledExactlyOnceWith("https://checkout.test/pro"));
    expect(form()?.dataset.state).toBe("pending");
    await comeBack();
    expect(form()?.dataset.state).toBe("idle");
    fireEvent.click(button());
    await waitFor(() => expect(navigate).toHaveBeenCalledTimes(2));
  });

  it("sends one request for three clicks, and a key of its own for each later click", async () => {
    show();
    for (let click = 0; click < 3; click += 1) fireEvent.click(button());
    await waitFor(() => expect(navigate).toHaveBeenCalledTimes(1));
    fireEvent.click(button()); // while the browser is leaving
    await comeBack();
    fireEvent.click(button());
    await waitFor(() => expect(navigate).toHaveBeenCalledTimes(2));
    const keys = server.to("/checkout").map(({ body }) => body.idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toMatch(/^\d+(-\d+){3}$/); // 128 bits
  });

  it("sends what it was given, and nothing else", async () => {
    show({ quantity: 3, successUrl: "/thanks" });
    fireEvent.click(button());
    await waitFor(() => expect(server.to("/checkout")).toHaveLength(1));
    const { idempotencyKey, ...body } = server.to("/checkout")[0]?.body ?? {};
    expect(body).toEqual({ productId: "pro", quantity: 3, successUrl: "/thanks" });
  });

  it("is live again when the browser has not left after 10 seconds", async () => {
    vi.useFakeTimers();
    show();
    fireEvent.click(button());
    await act(() => vi.advanceTimersByTimeAsync(0)); // the answer
    await act(() => vi.advanceTimersByTimeAsync(9_999));
    expect(form()?.dataset.state).toBe("pending");
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(form()?.dataset.state).toBe("idle");
  });

  it("says aloud that there is no connection, buys nothing later, and may be tried again", async () => {
    server.isDown = true;
    show();
    fireEvent.click(button());
    const note = await screen.findByRole("alert");
    expect(note.textContent).toBe("No connection. Please try again.");
    expect(button().getAttribute("aria-describedby")).toBe(note.id);
    expect(form()?.dataset.state).toBe("error");
    server.isDown = false;
    window.dispatchEvent(new Event("online"));
    expect(server.requests).toHaveLength(1);
    fireEvent.click(button());
    await waitFor(() => expect(navigate).toHaveBeenCalledTimes(1));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("does not wait for the network to buy later: offline it fails at once", async () => {
    server.isDown = true;
    show();
    onlineManager.setOnline(false);
    fireEvent.click(button());
    expect(await screen.findByRole("alert")).toBeTruthy();
    onlineManager.setOnline(true);
    expect(server.requests).toHaveLength(1);
  });

  it("says what the server says of an error, or your text for its code", async () => {
    server.refusal = "PRODUCT_UNKNOWN";
    const { update } = show();
    fireEvent.click(button());
    const note = await screen.findByRole("alert");
    expect(note.textContent).toBe("The fake server says PRODUCT_UNKNOWN.");
    update({ state: stateOf(snapshot()), navigate, labels: { PRODUCT_UNKNOWN: "Sold out." } });
    expect(note.textContent).toBe("Sold out.");
  });

  it("leads somebody anonymous to sign-in when it knows where", async () => {
    server.viewerId = null;
    renderWith(server, <CheckoutButton productId="pro" />, {
      state: stateOf(null),
      navigate,
      signInUrl: "/in",
    });
    fireEvent.click(button());
    await waitFor(() => expect(navigate).toHaveBeenCalledExactlyOnceWith("/in"));
  });

  it("says what the server says to somebody anonymous when it does not", async () => {
    server.viewerId = null;
    renderWith(server, <CheckoutButton productId="pro" />, { state: stateOf(null), navigate });
    fireEvent.click(button());
    expect((await screen.findByRole("alert")).textContent).toBe("The fake server says UNAUTHENTICATED.");
  });

  it("does not send the next person to the previous one's checkout", async () => {
    const ui = <CheckoutButton productId="pro" />;
    const { update } = renderWith(server, ui, { state: stateOf(snapshot()), navigate });
    server.close();
    fireEvent.click(button());
    await waitFor(() => expect(server.requests).toHaveLength(1));
    update({ state: stateOf(snapshot({ customerId: "bob" })), navigate });
    await act(async () => server.open());
    expect(navigate).not.toHaveBeenCalled();
    expect(form()?.dataset.state).toBe("idle");
  });

  it("buys for a team, whose id it sends with and without JavaScript", async () => {
    server.put(snapshot({ customerId: "team" }));
    show({ customerId: "team" });
    expect(new FormData(form() ?? undefined).get("customerId")).toBe("team");
    fireEvent.click(button());
    await waitFor(() => expect(server.to("/checkout")[0]?.body.customerId).toBe("team"));
  });

  it("puts its props on your own element with asChild", () => {
    render(
      <PayKitProvider state={stateOf(snapshot())}>
        <CheckoutButton productId="pro" asChild className="outer">
          <button type="submit" className="fancy">
            Get it
          </button>
        </CheckoutButton>
      </PayKitProvider>,
    );
    expect(button().className).toBe("outer fancy");
    expect(button().getAttribute("aria-busy")).toBe("false");
    expect(button().textContent).toBe("Get it");
  });
});
