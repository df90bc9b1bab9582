import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { grant, snapshot, stateOf } from "../../test/snapshots.js";
import { useInvoices } from "../hooks/use-invoices.js";
import { usePayKitCustomer } from "../hooks/use-paykit-customer.js";

function Tab({ name }: { name: string }) {
  const { customer, refetch } = usePayKitCustomer();
  const quantity = customer?.getItem("messages").quantity;
  return (
    <button type="button" onClick={refetch}>
      {`${name}: ${customer?.id} ${quantity}`}
    </button>
  );
}

function Idle() {
  return useInvoices().status;
}

/** Opens a page, which listens to others from the moment that this resolves. */
async function open(...args: Parameters<typeof renderWith>) {
  const page = renderWith(...args);
  await vi.dynamicImportSettled();
  return page;
}

const before = snapshot();
const after = snapshot({
  now: "2026-03-01T00:01:00.000Z",
  grants: { messages: [grant({ quantity: 2000 })] },
});
const last = snapshot({ now: "2026-03-01T00:02:00.000Z", grants: { messages: [grant({ quantity: 7 })] } });
const bob = snapshot({ customerId: "bob", now: "2026-03-01T00:01:00.000Z" });

describe("shareWithTabs", () => {
  it("shows an upgrade that one tab came back with in the other, without a request there", async () => {
    const server = new FakeServer();
    await open(server, <Tab name="left" />, { state: stateOf(before) });
    await open(server, <Tab name="right" />, { state: stateOf(after) });
    expect(await screen.findByText("left: user_a 2000")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("does not take over what is older", async () => {
    const server = new FakeServer();
    const shown: (string | null)[] = [];
    const left = await open(server, <Tab name="left" />, { state: stateOf(after) });
    const observer = new MutationObserver(() => shown.push(left.container.textContent));
    observer.observe(left.container, { subtree: true, childList: true, characterData: true });
    await open(server, <Tab name="right" />, { state: stateOf(before) });
    await open(server, <Tab name="last" />, { state: stateOf(last) }); // messages arrive in order
    await screen.findByText("left: user_a 7");
    expect(shown).toEqual(["left: user_a 7"]);
    observer.disconnect();
  });

  it("never shows another person's snapshot: the tab asks who is signed in", async () => {
    const left = new FakeServer(bob);
    left.viewerId = "bob";
    await open(left, [<Tab key="a" name="left" />, <Idle key="b" />], { state: stateOf(before) });
    await waitFor(() => expect(left.to("/invoices")).toHaveLength(1));
    left.requests.length = 0;
    left.close();
    await open(new FakeServer(), <Tab name="right" />, { state: stateOf(bob) });
    await waitFor(() => expect(left.to("/customer")).not.toHaveLength(0));
    expect(screen.getByText("left: user_a 100")).toBeTruthy();
    await act(async () => left.open());
    expect(await screen.findByText("left: bob 100")).toBeTruthy();
  });

  it("says goodbye when the person signs out in the other tab", async () => {
    const left = new FakeServer();
    left.viewerId = null;
    await open(left, <Tab name="left" />, { state: stateOf(before) });
    await open(new FakeServer(), <Tab name="right" />, { state: stateOf(null) });
    expect(await screen.findByText("left: undefined undefined")).toBeTruthy();
    expect(left.to("/customer")).not.toHaveLength(0);
  });
});
