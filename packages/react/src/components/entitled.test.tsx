import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { grant, snapshot, stateOf } from "../../test/snapshots.js";
import { Entitled, type EntitledProps } from "./entitled.js";

const entitled = snapshot({ grants: { pro_models: [grant()], messages: [grant({ quantity: 2 })] } });

function gate(props: Partial<EntitledProps> = {}) {
  return (
    <Entitled feature="pro_models" fallback="locked" pending="pending" error="error" {...props}>
      {props.children ?? "open"}
    </Entitled>
  );
}

describe("Entitled", () => {
  it("shows its children to a customer who may, and the fallback to one who may not", () => {
    const { container, unmount } = renderWith(new FakeServer(), gate(), { state: stateOf(entitled) });
    expect(container.textContent).toBe("open");
    unmount();
    const other = renderWith(new FakeServer(), gate(), { state: stateOf(snapshot()) });
    expect(other.container.textContent).toBe("locked");
  });

  it("asks for as much as is required, and hands what is left to a function", () => {
    const left = gate({ feature: "messages", children: ({ balance }) => `${balance} left` });
    const { container } = renderWith(
      new FakeServer(),
      [<p key="a">{left}</p>, <p key="b">{gate({ feature: "messages", required: 3 })}</p>],
      { state: stateOf(entitled) },
    );
    expect(container.innerHTML).toBe("<p>2 left</p><p>locked</p>");
  });

  it("shows neither when nothing is known: pending, then error, or pending again without one", async () => {
    const server = new FakeServer();
    server.viewerId = "stranger"; // 403, which is not tried again
    const { container } = renderWith(server, [
      <p key="a">{gate()}</p>,
      <p key="b">{gate({ error: undefined })}</p>,
    ]);
    expect(container.innerHTML).toBe("<p>pending</p><p>pending</p>");
    await screen.findByText("error");
    expect(container.innerHTML).toBe("<p>error</p><p>pending</p>");
  });

  it("goes on showing what was known when the network goes down", async () => {
    vi.useFakeTimers();
    const server = new FakeServer(entitled);
    server.isDown = true;
    const { container } = renderWith(server, gate(), { state: stateOf(entitled) });
    act(() => window.dispatchEvent(new Event("visibilitychange")));
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    expect(server.requests).toHaveLength(3);
    expect(container.textContent).toBe("open");
    vi.useRealTimers();
  });
});
