import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { grant, snapshot, stateOf } from "../../test/snapshots.js";
import { usePayKitCustomer } from "./use-paykit-customer.js";
import { usePreviewSubscribe } from "./use-preview-subscribe.js";
import { type SubscribeView, useSubscribe } from "./use-subscribe.js";

let view: SubscribeView;
let refetch: () => Promise<unknown>;

function Plan({ customerId }: { customerId?: string }) {
  view = useSubscribe({ customerId });
  const { customer, ...query } = usePayKitCustomer({ customerId });
  refetch = query.refetch;
  return <p>{customer?.getItem("messages").quantity}</p>;
}

function Preview({ enabled }: { enabled: boolean }) {
  const { preview, status } = usePreviewSubscribe({ planId: "pro", interval: "month", enabled });
  return <p>{`${status} ${preview?.total} ${preview?.next?.at.toISOString()}`}</p>;
}

const upgraded = snapshot({
  now: "2026-03-01T00:01:00.000Z",
  grants: { messages: [grant({ quantity: 2000 })] },
});

describe("useSubscribe", () => {
  it("has the new plan on the page when it resolves, without a further request", async () => {
    const server = new FakeServer(upgraded);
    renderWith(server, <Plan />, { state: stateOf(snapshot()) });
    await act(async () => {
      const answer = await view.subscribe({ planId: "pro" });
      expect(answer.customer.entitlements.messages?.balance).toBe(2000);
    });
    expect(screen.getByText("2000")).toBeTruthy();
    expect(server.requests.map(({ path }) => path)).toEqual(["/subscribe"]);
  });

  it("hands on as of when the preview counted", async () => {
    const server = new FakeServer(upgraded);
    renderWith(server, <Plan />, { state: stateOf(snapshot()) });
    const quotedAt = new Date("2026-03-01T12:00:00.000Z");
    await act(async () => void (await view.subscribe({ planId: "pro", quotedAt })));
    expect(server.requests[0]?.body).toMatchObject({ planId: "pro", quotedAt: "2026-03-01T12:00:00.000Z" });
  });

  it("is not undone by a read that began before it", async () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <Plan />, { state: stateOf(snapshot()) });
    const answerRead = server.close();
    act(() => void refetch());
    await waitFor(() => expect(server.requests).toHaveLength(1));
    server.put(upgraded);
    const answerCommand = server.close();
    let done: Promise<unknown> | undefined;
    act(() => {
      done = view.subscribe({ planId: "pro" });
    });
    await act(async () => {
      answerCommand();
      await done;
    });
    await act(async () => answerRead());
    expect(screen.getByText("2000")).toBeTruthy();
  });

  it("does not bring the previous person back with an answer that comes late", async () => {
    const bob = snapshot({ customerId: "bob", grants: { messages: [grant({ quantity: 22 })] } });
    const server = new FakeServer(snapshot(), bob);
    renderWith(server, <Plan />); // a static page, which knows nobody's name
    await screen.findByText("100");
    const answerCommand = server.close();
    let done: Promise<unknown> | undefined;
    act(() => {
      done = view.subscribe({ planId: "pro" });
    });
    await waitFor(() => expect(server.to("/subscribe")).toHaveLength(1));
    server.viewerId = "bob";
    server.close();
    act(() => void refetch());
    await waitFor(() => expect(server.to("/customer")).toHaveLength(2));
    await act(async () => server.open());
    expect(await screen.findByText("22")).toBeTruthy();
    await act(async () => {
      answerCommand();
      await done;
    });
    expect(screen.getByText("22")).toBeTruthy();
  });

  it("gives the same promise while it is under way, and keeps the error until it is tried again", async () => {
    const server = new FakeServer(snapshot());
    server.refusal = "STRIPE_UNAVAILABLE";
    renderWith(server, <Plan />, { state: stateOf(snapshot()) });
    await act(async () => {
      const [first, second] = [view.subscribe({ planId: "pro" }), view.subscribe({ planId: "pro" })];
      expect(second).toBe(first);
      await expect(first).rejects.toMatchObject({
        code: "STRIPE_UNAVAILABLE",
        status: 503,
        requestId: "req_1",
      });
    });
    expect(server.requests).toHaveLength(1);
    expect(view.error?.code).toBe("STRIPE_UNAVAILABLE");
    await act(async () => view.reset());
    expect(view.error).toBeNull();
  });

  it("rejects with NETWORK_FAILED and 502 when something between answers in the handler's place", async () => {
    const fetch = async () => Response.json({ message: "Bad gateway" }, { status: 502 });
    renderWith(new FakeServer(), <Plan />, { state: stateOf(snapshot()), fetch });
    await act(async () => {
      const failed = { name: "PayKitError", code: "NETWORK_FAILED", status: 502 };
      await expect(view.subscribe({ planId: "pro" })).rejects.toMatchObject(failed);
    });
  });

  it("acts for a team, and writes the team's snapshot only", async () => {
    const team = snapshot({ customerId: "team", now: "2026-03-01T00:01:00.000Z", grants: {} });
    const server = new FakeServer(team);
    const teamBefore = stateOf(snapshot({ customerId: "team" }));
    const { update } = renderWith(server, <Plan />, { customerId: "team", state: teamBefore });
    update({ customerId: "team", state: teamBefore });
    await act(() => view.subscribe({ planId: "pro" }));
    expect(server.requests[0]?.body.customerId).toBe("team");
    expect(screen.getByText("0")).toBeTruthy();
  });
});

describe("usePreviewSubscribe", () => {
  it("asks when it is told to, and says what it costs", async () => {
    const server = new FakeServer(snapshot());
    server.preview = {
      kind: "start",
      lines: [{ description: "Pro", amount: 1900 }],
      total: 1900,
      currency: "usd",
      effectiveAt: "2026-03-01T00:00:00.000Z",
      quotedAt: null,
      next: { total: 1900, at: "2026-04-01T00:00:00.000Z" },
    };
    const { unmount } = renderWith(server, <Preview enabled={false} />);
    expect(screen.getByText("pending undefined undefined")).toBeTruthy();
    unmount();
    expect(server.requests).toHaveLength(0);
    renderWith(server, <Preview enabled />);
    expect(await screen.findByText("ready 1900 2026-04-01T00:00:00.000Z")).toBeTruthy();
    expect(server.requests[0]?.body).toEqual({ planId: "pro", interval: "month" });
  });
});
