import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { RenderCounter } from "../../test/render-counter.js";
import { grant, march1, snapshot, stateOf } from "../../test/snapshots.js";
import type { EntitlementView } from "./entitlement-view.js";
import { useEntitlement } from "./use-entitlement.js";

let view: EntitlementView;

function Messages({ required }: { required?: number }) {
  view = useEntitlement("messages", { required });
  return <p>{`${view.status} ${view.allowed} ${view.balance}`}</p>;
}

const counter = new RenderCounter();

function Reader({ feature }: { feature: string }) {
  counter.count(feature);
  return <p>{`${feature} ${useEntitlement(feature).balance}`}</p>;
}

function Fetching() {
  counter.count("fetching");
  const { isFetching, refetch } = useEntitlement("messages");
  return (
    <button type="button" onClick={refetch}>
      {String(isFetching)}
    </button>
  );
}

function Typo() {
  return <p>{useEntitlement("mesages").status}</p>;
}

afterEach(() => vi.restoreAllMocks());

describe("useEntitlement", () => {
  it("says allowed with 100 left on the first render of a server-rendered page, without a request", () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <Messages />, { state: stateOf(snapshot()) });
    expect(screen.getByText("allowed true 100")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("is pending on a static page, then allowed, with one request for 50 readers", async () => {
    const server = new FakeServer(snapshot());
    const readers = Array.from({ length: 50 }, (_, index) => <Messages key={String(index)} />);
    renderWith(server, readers);
    expect(screen.getAllByText("pending undefined null")).toHaveLength(50);
    expect(await screen.findAllByText("allowed true 100")).toHaveLength(50);
    expect(server.requests).toHaveLength(1);
  });

  it("denies 101 when 100 are left, by the same rule as the server", () => {
    renderWith(new FakeServer(), <Messages required={101} />, { state: stateOf(snapshot()) });
    expect(screen.getByText("denied false 100")).toBeTruthy();
  });

  it("denies somebody anonymous without a request", () => {
    const server = new FakeServer();
    renderWith(server, <Messages />, { state: stateOf(null) });
    expect(screen.getByText("denied false null")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("denies when the server answers that nobody is signed in", async () => {
    const server = new FakeServer();
    server.viewerId = null;
    renderWith(server, <Messages />);
    expect(await screen.findByText("denied false null")).toBeTruthy();
    expect(server.requests).toHaveLength(1);
  });

  it("hands out the next reset as a Date that stays the same object", async () => {
    const monthly = grant({ quantity: 100, repeat: [1, "month"], anchorAt: "2026-01-15T00:00:00.000Z" });
    const customer = snapshot({ grants: { messages: [monthly] } });
    const server = new FakeServer(customer);
    renderWith(server, <Messages />, { state: stateOf(customer) });
    const first = view.nextResetAt;
    expect(first).toEqual(new Date("2026-03-15T00:00:00.000Z"));
    await act(() => view.refetch());
    expect(view.nextResetAt).toBe(first);
  });

  it("keeps what was known, with the status error, when a read fails, and recovers by refetch", async () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <Messages />, { state: stateOf(snapshot()) });
    server.customers.clear(); // 403: not tried again
    await act(() => view.refetch());
    expect(screen.getByText("error true 100")).toBeTruthy();
    expect(view.error?.code).toBe("CUSTOMER_ID_MISMATCH");
    expect(server.requests).toHaveLength(1);
    server.put(snapshot());
    await act(() => view.refetch());
    expect(screen.getByText("allowed true 100")).toBeTruthy();
  });

  it("says error with nothing known when the network is down from the start", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const server = new FakeServer(snapshot());
    server.isDown = true;
    renderWith(server, <Messages />);
    await act(() => vi.advanceTimersByTimeAsync(10_000)); // 2 more tries, 1 and 2 seconds apart
    expect(screen.getByText("error undefined null")).toBeTruthy();
    expect(view.error?.code).toBe("NETWORK_FAILED");
    expect(server.requests).toHaveLength(3);
    vi.useRealTimers();
  });

  it("warns once in development about an unknown id, naming the nearest", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { update } = renderWith(new FakeServer(), <Typo />, { state: stateOf(snapshot()) });
    update({ state: stateOf(snapshot()) });
    expect(screen.getByText("denied")).toBeTruthy();
    expect(warn.mock.calls).toEqual([
      ['PayKit: the catalog has no feature "mesages". Did you mean "messages"?'],
    ]);
  });
});

describe("renders of useEntitlement", () => {
  const later = "2026-03-01T00:01:00.000Z";

  it("are 0 when the customer is read again and nothing but the time has changed", async () => {
    const server = new FakeServer(snapshot({ now: march1 }));
    const ui = [<Reader key="a" feature="messages" />, <Messages key="b" />];
    renderWith(server, ui, { state: stateOf(snapshot({ now: march1 })) });
    counter.take("messages");
    server.put(snapshot({ now: later }));
    await act(() => view.refetch());
    expect(server.requests).toHaveLength(1);
    expect(counter.take("messages")).toBe(0);
  });

  it("happen only in the readers of a balance that changed", async () => {
    const server = new FakeServer(snapshot());
    const ui = [
      <Reader key="a" feature="messages" />,
      <Reader key="b" feature="credits" />,
      <Messages key="c" />,
    ];
    renderWith(server, ui, { state: stateOf(snapshot()) });
    counter.take("messages");
    counter.take("credits");
    server.put(snapshot({ now: later, grants: { messages: [grant({ quantity: 100, remaining: 99 })] } }));
    await act(() => view.refetch());
    expect(screen.getByText("messages 99")).toBeTruthy();
    expect(counter.take("messages")).toBeGreaterThan(0);
    expect(counter.take("credits")).toBe(0);
  });

  it("happen for isFetching in the component that reads it", async () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <Fetching />, { state: stateOf(snapshot()) });
    server.close();
    act(() => screen.getByText("false").click());
    await waitFor(() => expect(screen.getByText("true")).toBeTruthy());
    server.open();
    await waitFor(() => expect(screen.getByText("false")).toBeTruthy());
  });
});
