import { createSandbox, type Sandbox, type SandboxOptions } from "@paykit/sandbox";
import Stripe from "stripe";
import type { Declaration, PayKitOptions } from "../src/index.js";
import { type DatabaseKind, databases, type TestDatabase } from "./databases.js";
import { createTestPayKit, request, type SendOptions, shopProducts } from "./paykit.js";

export const webhookSecret = "whsec_test";

export interface ShopOptions<Products extends readonly Declaration[]> {
  /** Default: Free, Pro and a credit pack. */
  products?: Products;
  database?: DatabaseKind["open"];
  /** Whether the sandbox delivers its events by itself. Default true. */
  webhooks?: boolean;
  sandbox?: SandboxOptions;
  paykit?: Partial<Omit<PayKitOptions, "database" | "products">>;
}

/** An app with its database and a Stripe of its own, all in this process. */
export async function openShop<const Products extends readonly Declaration[] = typeof shopProducts>({
  database: open = openFirst,
  webhooks = true,
  products = shopProducts as unknown as Products,
  ...options
}: ShopOptions<Products> = {}) {
  const database = await open();
  let handler: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const target = {
    url: "https://app.example.com/api/paykit/webhook",
    secret: webhookSecret,
    deliver: (delivery: Request) => handler(delivery),
  };
  const sandbox = createSandbox({ ...options.sandbox, ...(webhooks ? { webhooks: [target] } : {}) });
  const { stripe, ownKeys } = watchKeys(stripeOf(sandbox).stripe);
  const { paykit, log } = createTestPayKit(database.option, { products, stripe, ...options.paykit });
  handler = paykit.handler;
  return {
    paykit,
    log,
    sandbox,
    database,
    /** The official SDK, for what somebody does at Stripe by hand. */
    stripe: new Stripe(sandbox.secretKey, {
      httpClient: Stripe.createFetchHttpClient(stripeOf(sandbox).stripe.fetch),
      maxNetworkRetries: 0,
    }),
    /** The customer's id at Stripe. */
    async stripeId(customerId: string): Promise<string> {
      const [row] = await database.sql<{ stripe_customer_id: string }>(
        `select stripe_customer_id from paykit_customer where customer_id = '${customerId}'`,
      );
      if (row === undefined) throw new Error(`no customer ${customerId}`);
      return row.stripe_customer_id;
    },
    /** A request of a browser's on our own page, and what it was answered with. */
    send: (path: string, sent?: SendOptions): Promise<Answer> => send(paykit.handler, path, sent),
    pay: (url: string, card?: string) => pay(sandbox, url, card),
    /** Requests to Stripe, as `POST /v1/subscriptions`. */
    calls: (pattern: RegExp) =>
      sandbox.requests.filter(({ method, path }) => pattern.test(`${method} ${path}`)),
    /** What PayKit itself had Stripe do, as the sandbox's log has it. */
    ownCommands: () =>
      sandbox.requests.filter(({ idempotencyKey }) => idempotencyKey !== null && ownKeys.has(idempotencyKey)),
    async close() {
      await sandbox.close();
      await paykit.close();
      await database.close();
    },
  };
}

export type Shop<Products extends readonly Declaration[] = typeof shopProducts> = Awaited<
  ReturnType<typeof openShop<Products>>
>;

async function openFirst(): Promise<TestDatabase> {
  const [pglite] = databases;
  if (pglite === undefined) throw new Error("there is no database to test on");
  return pglite.open();
}

/** What `createPayKit` takes to reach a sandbox without a port. Like any fetch it gives up when it is told to. */
export function stripeOf(sandbox: Sandbox) {
  const fetch = (input: string | URL | Request, init?: RequestInit) => {
    const signal = init?.signal;
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
    return Promise.race([sandbox.handler(new Request(input, init)), aborted]);
  };
  return { stripe: { secretKey: sandbox.secretKey, webhookSecret, fetch } };
}

/** Every POST has a key, for the SDK makes one up where it is given none; so keys tell whose request it was. */
function watchKeys(stripe: ReturnType<typeof stripeOf>["stripe"]) {
  const ownKeys = new Set<string>();
  const fetch: typeof globalThis.fetch = (input, init) => {
    const key = new Request(input, init).headers.get("idempotency-key");
    if (key !== null) ownKeys.add(key);
    return stripe.fetch(input, init);
  };
  return { stripe: { ...stripe, fetch }, ownKeys };
}

type Handler = (request: Request) => Promise<Response>;

export interface Answer {
  status: number;
  location: string | null;
  text: string;
  /** The JSON; null for anything else. */
  body: ReturnType<typeof JSON.parse>;
}

async function send(handler: Handler, path: string, options?: SendOptions): Promise<Answer> {
  const response = await handler(request(path, options));
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return {
    status: response.status,
    location: response.headers.get("location"),
    text,
    body: isJson ? JSON.parse(text) : null,
  };
}

/** Pays on the sandbox's checkout page as a person does; where it leads to, or the page with the mistake. */
async function pay(sandbox: Sandbox, url: string, cardNumber = "4242424242424242") {
  const form = { cardNumber, cardExpiry: "12 / 34", cardCvc: "123", email: "ann@example.com" };
  const answer = await sandbox.handler(
    new Request(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
    }),
  );
  return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
}
