import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { grant, snapshot, stateOf } from "../../test/snapshots.js";
import { useInvoices } from "../hooks/use-invoices.js";
import { usePayKitCustomer } from "../hooks/use-paykit-customer.js";
import { customerOptions } from "../queries/customer-options.js";
import { PayKitProvider } from "./paykit-provider.js";

const alice = snapshot({ customerId: "alice", grants: { messages: [grant({ quantity: 11 })] } });
const bob = snapshot({ customerId: "bob", grants: { messages: [grant({ quantity: 22 })] } });
const team = snapshot({ customerId: "team", grants: { messages: [grant({ quantity: 33 })] } });

function Who({ customerId }: { customerId?: string }) {
  const { customer, status } = usePayKitCustomer({ customerId });
  return <p>{`${status} ${customer?.id} ${customer?.getItem("messages").quantity}`}</p>;
}

function Refetch() {
  const { refetch } = usePayKitCustomer();
  return (
    <button type="button" onClick={refetch}>
      refetch
    </button>
  );
}

function Invoices() {
  return <p>{useInvoices().invoices.map(({ number }) => number)}</p>;
}

/** Everything that a cache holds, as text to search. */
function contentsOf(client: QueryClient): string {
  const entries = client.getQueryCache().getAll();
  return JSON.stringify(entries.map(({ queryKey, state }) => [queryKey, state]));
}

afterEach(() => vi.restoreAllMocks());

describe("PayKitProvider", () => {
  it("is missed with an error that names the fix", () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    expect(() => render(<Who />)).toThrow(/<PayKitProvider> above them.*app\/layout\.tsx/);
  });

  it("shows nothing of Alice once Bob's state is there, in the page or in the cache", async () => {
    const client = new QueryClient();
    const server = new FakeServer(alice, bob, team);
    server.viewerId = "alice";
    const ui = [<Who key="a" />, <Who key="b" customerId="team" />, <Invoices key="c" />];
    const page = (state: typeof alice) => (
      <QueryClientProvider client={client}>
        <PayKitProvider fetch={server.fetch} state={stateOf(state)}>
          {ui}
        </PayKitProvider>
      </QueryClientProvider>
    );
    server.invoicePages = [[{ ...invoice, number: "ALICE-1" }]];
    const { rerender, container } = render(page(alice));
    await screen.findByText("ready team 33");
    await screen.findByText("ALICE-1");
    expect(screen.getByText("ready alice 11")).toBeTruthy();

    server.viewerId = "bob";
    server.invoicePages = [[]];
    server.customers.delete("team");
    rerender(page(bob));
    expect(screen.getByText("ready bob 22")).toBeTruthy();
    expect(container.textContent).not.toMatch(/alice|ALICE|33/);
    await screen.findByText("error undefined undefined"); // Bob is not in the team
    await waitFor(() => expect(contentsOf(client)).not.toMatch(/alice|ALICE|"balance":33/));
    expect(contentsOf(client)).toContain("bob");
  });

  it("shows nobody at once when the state says that nobody is signed in", async () => {
    const client = new QueryClient();
    const server = new FakeServer(alice);
    const page = (state: typeof alice | null) => (
      <QueryClientProvider client={client}>
        <PayKitProvider fetch={server.fetch} state={stateOf(state)}>
          <Who />
        </PayKitProvider>
      </QueryClientProvider>
    );
    const { rerender } = render(page(alice));
    rerender(page(null));
    expect(screen.getByText("anonymous undefined undefined")).toBeTruthy();
    await waitFor(() => expect(contentsOf(client)).not.toContain("alice"));
    expect(server.requests).toHaveLength(0);
  });

  it("drops an answer about Alice that arrives after Bob's state", async () => {
    const server = new FakeServer(alice, bob);
    server.viewerId = "alice";
    const ui = [<Who key="a" />, <Refetch key="b" />];
    const { update } = renderWith(server, ui, { state: stateOf(alice) });
    server.close();
    act(() => screen.getByText("refetch").click());
    await waitFor(() => expect(server.requests).toHaveLength(1));
    update({ state: stateOf(bob) });
    await act(async () => server.open());
    expect(screen.getByText("ready bob 22")).toBeTruthy();
  });

  it("replaces everything under a static page's key when another person answers", async () => {
    const server = new FakeServer(alice, bob);
    server.viewerId = "alice";
    server.invoicePages = [[{ ...invoice, number: "ALICE-1" }]];
    const ui = [<Who key="a" />, <Refetch key="b" />, <Invoices key="c" />];
    const { container } = renderWith(server, ui);
    await vi.dynamicImportSettled();
    await screen.findByText("ALICE-1");
    server.viewerId = "bob";
    server.invoicePages = [[{ ...invoice, number: "BOB-1" }]];
    act(() => screen.getByText("refetch").click());
    await screen.findByText("BOB-1");
    expect(container.textContent).toContain("ready bob 22");
    expect(container.textContent).not.toMatch(/alice|ALICE/);
  });

  it("forgets the previous person when `viewerId` changes on a static page", async () => {
    const server = new FakeServer(alice, bob);
    server.viewerId = "alice";
    const { update } = renderWith(server, <Who />, { viewerId: "alice" });
    await screen.findByText("ready alice 11");
    server.viewerId = "bob";
    update({ viewerId: "bob" });
    expect(screen.getByText("pending undefined undefined")).toBeTruthy();
    await screen.findByText("ready bob 22");
  });

  it("reads the viewer without naming them and a team by its id, side by side", async () => {
    const server = new FakeServer(alice, team);
    server.viewerId = "alice";
    renderWith(server, [<Who key="a" />, <Who key="b" customerId="team" />], { state: stateOf(alice) });
    await screen.findByText("ready team 33");
    expect(screen.getByText("ready alice 11")).toBeTruthy();
    expect(server.requests.map(({ search }) => search.toString())).toEqual(["customerId=team"]);
    act(() => window.dispatchEvent(new Event("visibilitychange")));
    await waitFor(() => expect(server.requests).toHaveLength(3));
    expect(server.requests.map(({ search }) => search.toString())).toContain("");
  });

  it("acts for a team below a nested provider", async () => {
    const server = new FakeServer(alice, team);
    server.viewerId = "alice";
    const nested = (
      <PayKitProvider customerId="team" state={stateOf(team)}>
        <Who />
      </PayKitProvider>
    );
    renderWith(server, nested, { state: stateOf(alice) });
    expect(screen.getByText("ready team 33")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("believes the state more than `viewerId`", () => {
    const server = new FakeServer();
    renderWith(server, <Who />, { state: stateOf(alice), viewerId: "auth|alice" });
    expect(screen.getByText("ready alice 11")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("never puts one customer's state under another's name", async () => {
    const server = new FakeServer(alice, team);
    renderWith(server, <Who />, { customerId: "team", state: stateOf(alice) });
    expect(screen.getByText("pending undefined undefined")).toBeTruthy();
    expect(await screen.findByText("ready team 33")).toBeTruthy();
  });

  it("takes over a newer state, and ignores one that is older than what it has", async () => {
    const server = new FakeServer();
    const at = (now: string, quantity: number) =>
      stateOf(snapshot({ now, grants: { messages: [grant({ quantity })] } }));
    const { update } = renderWith(server, <Who />, { state: at("2026-03-01T00:00:00.000Z", 1) });
    update({ state: at("2026-03-02T00:00:00.000Z", 2) });
    expect(screen.getByText("ready user_a 2")).toBeTruthy();
    update({ state: at("2026-03-01T12:00:00.000Z", 1) });
    expect(screen.getByText("ready user_a 2")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("asks for itself when the server could not tell", async () => {
    const server = new FakeServer(alice);
    server.viewerId = "alice";
    renderWith(server, <Who />, { state: { basePath: "/api/paykit", status: "pending", customer: null } });
    expect(screen.getByText("pending undefined undefined")).toBeTruthy();
    await screen.findByText("ready alice 11");
    expect(server.requests).toHaveLength(1);
  });

  it("uses the host's client, where the host's own queries see the snapshot", async () => {
    const client = new QueryClient();
    const server = new FakeServer();
    render(
      <QueryClientProvider client={client}>
        <PayKitProvider fetch={server.fetch} state={stateOf(alice)}>
          <HostReader />
        </PayKitProvider>
      </QueryClientProvider>,
    );
    expect(screen.getByText("alice")).toBeTruthy();
    expect(server.requests).toHaveLength(0);
  });

  it("asks again when the browser's Back button brings the page back from checkout", async () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <Who />, { state: stateOf(snapshot()) });
    await vi.dynamicImportSettled();
    act(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await waitFor(() => expect(server.requests).toHaveLength(1));
  });

  it("asks again on coming back to the tab", async () => {
    const server = new FakeServer(snapshot());
    renderWith(server, <Who />, { state: stateOf(snapshot()) });
    act(() => window.dispatchEvent(new Event("visibilitychange")));
    await waitFor(() => expect(server.requests).toHaveLength(1));
  });
});

function HostReader() {
  const { data } = useQuery(customerOptions({ viewerId: "alice" }));
  return <p>{data?.customerId}</p>;
}

const invoice = {
  createdAt: "2026-02-01T00:00:00.000Z",
  status: "paid" as const,
  total: 1900,
  amountDue: 0,
  currency: "usd",
  hostedUrl: null,
  pdfUrl: null,
};
