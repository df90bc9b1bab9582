import { PayKitProvider, useEntitlement, useInvoices, useItem, usePayKitCustomer } from "@paykit/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";

/** What the tests look at: the cache, and how often each reader was rendered. */
export interface Watched {
  client: QueryClient;
  renders: Record<string, number>;
}

declare global {
  interface Window {
    watched: Watched;
  }
}

const watched: Watched = { client: new QueryClient(), renders: {} };

/** One reader of each kind, on a page that nobody rendered on a server. */
export function Readers() {
  window.watched = watched;
  return (
    <QueryClientProvider client={watched.client}>
      <PayKitProvider>
        <main>
          <Messages />
          <Credits />
          <Gate />
          <Invoices />
          <Customer />
        </main>
      </PayKitProvider>
    </QueryClientProvider>
  );
}

function Messages() {
  count("messages");
  return <p>{useEntitlement("messages").balance} messages</p>;
}

function Credits() {
  count("credits");
  return <p>{useItem("credits").item?.quantity} credits</p>;
}

function Gate() {
  count("gate");
  return <p>{useEntitlement("pro_models").allowed ? "open" : "locked"}</p>;
}

function Invoices() {
  count("invoices");
  return (
    <p>
      {useInvoices()
        .invoices.map(({ number }) => number)
        .join()}
    </p>
  );
}

/** To be called in render. */
function count(name: string) {
  watched.renders[name] = (watched.renders[name] ?? 0) + 1;
}

function Customer() {
  const { status, customer } = usePayKitCustomer();
  return (
    <p>
      {status}: {customer?.id}
    </p>
  );
}
