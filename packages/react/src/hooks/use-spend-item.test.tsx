import { act, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { grant, snapshot, stateOf } from "../../test/snapshots.js";
import { useEntitlement } from "./use-entitlement.js";
import { type SpendItemView, useSpendItem } from "./use-spend-item.js";

let view: SpendItemView;
let refetch: () => Promise<unknown>;

function Credits() {
  view = useSpendItem("credits");
  const { balance, status, ...read } = useEntitlement("credits", { required: 5 });
  refetch = read.refetch;
  return <p>{`${balance} ${status} ${view.isPending}`}</p>;
}

/** A promise to be settled by the test. */
function createTask<Result>() {
  let resolve: (result: Result) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Result>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const with10 = snapshot({ grants: { credits: [grant({ quantity: 10 })] } });
const withCredits = (remaining: number) =>
  snapshot({ now: "2026-03-01T00:01:00.000Z", grants: { credits: [grant({ quantity: 10, remaining })] } });

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer(with10);
});

describe("useSpendItem", () => {
  it("shows 4 of 10 while 6 are spent, denies what is not left, and is fresh when it resolves", async () => {
    renderWith(server, <Credits />, { state: stateOf(with10) });
    const task = createTask<string>();
    let result: Promise<string> | undefined;
    await act(async () => {
      result = view.spend(6, () => task.promise);
    });
    expect(screen.getByText("4 denied true")).toBeTruthy();
    server.put(withCredits(3)); // the server took 7
    await act(async () => {
      task.resolve("done");
      expect(await result).toBe("done");
    });
    expect(screen.getByText("3 denied false")).toBeTruthy();
    expect(server.requests).toHaveLength(1);
  });

  it("shows 10 again when the action fails", async () => {
    renderWith(server, <Credits />, { state: stateOf(with10) });
    const task = createTask<void>();
    let result: Promise<unknown> | undefined;
    await act(async () => {
      result = view.spend(6, () => task.promise);
    });
    server.close(); // what the server says comes later
    await act(async () => task.reject(new Error("refused")));
    expect(screen.getByText("10 allowed true")).toBeTruthy();
    await act(async () => {
      server.open();
      await expect(result).rejects.toThrow("refused");
    });
    expect(view.error?.message).toBe("refused");
  });

  it("shows 5 while 2 and 3 are spent at once, and asks the server once, after both", async () => {
    renderWith(server, <Credits />, { state: stateOf(with10) });
    const [first, second] = [createTask<void>(), createTask<void>()];
    await act(async () => {
      void view.spend(2, () => first.promise);
      void view.spend(3, () => second.promise);
    });
    expect(screen.getByText("5 allowed true")).toBeTruthy();
    await act(async () => first.resolve());
    expect(screen.getByText(/^5 allowed/)).toBeTruthy();
    expect(server.requests).toHaveLength(0);
    server.put(withCredits(5));
    await act(async () => second.resolve());
    expect(screen.getByText("5 allowed false")).toBeTruthy();
    expect(server.requests).toHaveLength(1);
  });

  it("shows 10 again when 2 and then 3, spent at once, both fail", async () => {
    renderWith(server, <Credits />, { state: stateOf(with10) });
    const [first, second] = [createTask<void>(), createTask<void>()];
    const results: Promise<unknown>[] = [];
    await act(async () => {
      results.push(
        view.spend(2, () => first.promise),
        view.spend(3, () => second.promise),
      );
    });
    const failures = Promise.allSettled(results);
    server.close(); // what the server says comes later
    await act(async () => first.reject(new Error("refused")));
    expect(screen.getByText(/^7 allowed/)).toBeTruthy();
    await act(async () => second.reject(new Error("refused")));
    expect(screen.getByText(/^10 allowed/)).toBeTruthy();
    await act(async () => {
      server.open();
      await failures;
    });
  });

  it("gives nothing back that the server has answered without, when the action fails after that", async () => {
    renderWith(server, <Credits />, { state: stateOf(with10) });
    const task = createTask<void>();
    let result: Promise<unknown> | undefined;
    await act(async () => {
      result = view.spend(6, () => task.promise);
    });
    server.put(withCredits(7));
    await act(() => refetch());
    expect(screen.getByText(/^7 allowed/)).toBeTruthy();
    server.close();
    await act(async () => task.reject(new Error("refused")));
    expect(screen.getByText(/^7 allowed/)).toBeTruthy();
    await act(async () => {
      server.open();
      await expect(result).rejects.toThrow("refused");
    });
  });
});
