import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { snapshot, stateOf } from "../../test/snapshots.js";
import { PayKitProvider } from "../provider/paykit-provider.js";
import { useEntitlement } from "./use-entitlement.js";

function Messages() {
  const { status, balance } = useEntitlement("messages");
  return <p>{`${status} ${balance}`}</p>;
}

describe("useEntitlement", () => {
  it("says allowed with 100 left on the first render of a server-rendered page, without a request", () => {
    const server = new FakeServer(snapshot());
    render(
      <PayKitProvider state={stateOf(snapshot())} fetch={server.fetch}>
        <Messages />
      </PayKitProvider>,
    );
    expect(screen.getByText("allowed 100")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("is pending on a static page, then allowed, with one request for 50 readers", async () => {
    const server = new FakeServer(snapshot());
    render(
      <PayKitProvider fetch={server.fetch}>
        {Array.from({ length: 50 }, (_, index) => (
          <Messages key={String(index)} />
        ))}
      </PayKitProvider>,
    );
    expect(screen.getAllByText("pending null")).toHaveLength(50);
    expect(await screen.findAllByText("allowed 100")).toHaveLength(50);
    expect(server.requests).toHaveLength(1);
  });
});
