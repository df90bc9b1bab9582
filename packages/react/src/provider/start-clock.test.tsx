import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { grant, snapshot, stateOf } from "../../test/snapshots.js";
import { Entitled } from "../components/entitled.js";
import { useEntitlement } from "../hooks/use-entitlement.js";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const server = new FakeServer();

function Messages() {
  return <p>{useEntitlement("messages").balance}</p>;
}

const gate = (
  <Entitled feature="pro_models" fallback="locked">
    open
  </Entitled>
);

/** Renders, and lets the clock be loaded. */
async function open(...args: Parameters<typeof renderWith>) {
  const page = renderWith(...args);
  await vi.dynamicImportSettled();
  return page;
}

/** Pro models until `expiresAt`, seen on 1 March at midnight. */
function until(expiresAt: string, fields: { isClockFrozen?: boolean } = {}) {
  return snapshot({ ...fields, grants: { pro_models: [grant({ expiresAt })] } });
}

beforeEach(() => {
  // The browser's clock is three years late: only what has passed on it counts.
  vi.useFakeTimers({ now: new Date("2023-06-01T00:00:00.000Z") });
  server.isDown = true;
});
afterEach(() => {
  vi.useRealTimers();
});

describe("startClock", () => {
  it("locks a page that is left open at the instant the entitlement ends, on a wrong clock and without a network", async () => {
    await open(server, gate, { state: stateOf(until("2026-03-01T00:05:00.000Z")) });
    await act(() => vi.advanceTimersByTimeAsync(5 * minuteMs - 1));
    expect(screen.getByText("open")).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(screen.getByText("locked")).toBeTruthy();
  });

  it("asks the server at that instant", async () => {
    const customer = until("2026-03-01T00:05:00.000Z");
    const online = new FakeServer(snapshot({ now: "2026-03-01T00:05:00.000Z" }));
    await open(online, gate, { state: stateOf(customer) });
    await act(() => vi.advanceTimersByTimeAsync(5 * minuteMs));
    expect(online.requests).toHaveLength(1);
  });

  it("waits longer than a timer can, 40 days", async () => {
    await open(server, gate, { state: stateOf(until("2026-04-10T00:00:00.000Z")) });
    await act(() => vi.advanceTimersByTimeAsync(40 * dayMs - 1));
    expect(screen.getByText("open")).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(screen.getByText("locked")).toBeTruthy();
  });

  it("counts from when the page was seen first, also when the provider changes on the way", async () => {
    const state = stateOf(until("2026-03-01T00:05:00.000Z"));
    const { update } = await open(server, gate, { state });
    await act(() => vi.advanceTimersByTimeAsync(3 * minuteMs));
    update({ state, fetch: async () => Promise.reject(new TypeError("down")) });
    await act(() => vi.advanceTimersByTimeAsync(2 * minuteMs));
    expect(screen.getByText("locked")).toBeTruthy();
  });

  it("leaves a test clock standing that is frozen", async () => {
    const customer = until("2026-03-01T00:05:00.000Z", { isClockFrozen: true });
    await open(server, gate, { state: stateOf(customer) });
    await act(() => vi.advanceTimersByTimeAsync(dayMs));
    expect(screen.getByText("open")).toBeTruthy();
  });

  it("renews 3 messages of 100 to 100 at the end of the month", async () => {
    const monthly = grant({
      quantity: 100,
      remaining: 3,
      repeat: [1, "month"],
      anchorAt: "2026-02-15T00:00:00.000Z",
    });
    const settled = { ...monthly, settledAt: "2026-02-20T00:00:00.000Z" };
    await open(server, <Messages />, { state: stateOf(snapshot({ grants: { messages: [settled] } })) });
    expect(screen.getByText("3")).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(14 * dayMs)); // 1 to 15 March
    expect(screen.getByText("100")).toBeTruthy();
  });
});
