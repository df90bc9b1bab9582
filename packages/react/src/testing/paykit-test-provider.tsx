"use client";
import { defaultBasePath, type Invoice, type PayKitState, type PublicProduct } from "@paykit/server/contract";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { productsKey } from "../client/keys.js";
import { PayKitProvider, type PayKitProviderProps } from "../provider/paykit-provider.js";
import { createTestSnapshot, type TestCustomer } from "./create-snapshot.js";
import { createTestFetch, type TestCommand } from "./create-test-fetch.js";

export interface PayKitTestProviderProps
  extends Pick<PayKitProviderProps, "locale" | "timeZone" | "labels" | "signInUrl"> {
  /** Null is somebody anonymous. Default: a customer who has nothing. */
  customer?: TestCustomer | null;
  /** `pending` never gets an answer; `error` gets none that is of use. Default `ready`. */
  status?: "ready" | "pending" | "error";
  /** What is for sale. Default: nothing. */
  products?: PublicProduct[];
  invoices?: Invoice[];
  /** Sees each command, and may answer it; rejecting is a failed network. */
  onCommand?: (command: TestCommand) => unknown;
  /** Called instead of leaving the page. */
  onNavigate?: (url: string) => void;
  children?: ReactNode;
}

/** A provider fed by plain data, for component tests and Storybook. There is no server, and the page is never left. */
export function PayKitTestProvider({
  customer = {},
  status = "ready",
  products = [],
  invoices = [],
  onCommand,
  onNavigate = () => {},
  children,
  ...speech
}: PayKitTestProviderProps) {
  const data = JSON.stringify({ customer, status, products, invoices });
  const { client, ...props } = useMemo(() => prepare(JSON.parse(data), onCommand), [data, onCommand]);
  return (
    <QueryClientProvider client={client}>
      <PayKitProvider key={data} {...props} {...speech} navigate={onNavigate}>
        {children}
      </PayKitProvider>
    </QueryClientProvider>
  );
}

type Data = Required<Pick<PayKitTestProviderProps, "status" | "products">> & {
  customer: TestCustomer | null;
  invoices: Invoice<string>[];
};

function prepare(
  { customer, status, products, invoices }: Data,
  onCommand?: (command: TestCommand) => unknown,
) {
  const client = new QueryClient();
  client.setQueryData(productsKey({}), { products });
  const now = customer?.now && new Date(customer.now);
  const snapshot = customer && createTestSnapshot({ ...customer, ...(now && { now }) }, products);
  if (status === "pending") return { client, fetch: () => new Promise<never>(() => {}) };
  if (status === "error") return { client, fetch: () => Promise.resolve(Response.json({}, { status: 400 })) };
  const state: PayKitState = {
    basePath: defaultBasePath,
    status: snapshot ? "ready" : "anonymous",
    customer: snapshot,
  };
  return { client, state, fetch: createTestFetch({ snapshot, products, invoices, onCommand }) };
}
