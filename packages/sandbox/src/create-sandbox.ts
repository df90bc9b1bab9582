import { Hono } from "hono";
import { deadlineOf } from "./billing/deadline-of.js";
import { Later } from "./clock/later.js";
import { SandboxClock } from "./clock/sandbox-clock.js";
import { createControl } from "./control/create-control.js";
import { createHostedPages } from "./hosted/create-hosted-pages.js";
import { checkoutOperations } from "./operations/checkout.js";
import { dashboardOperations } from "./operations/dashboard.js";
import { invoiceOperations } from "./operations/invoice-page.js";
import { portalOperations } from "./operations/portal.js";
import { routes } from "./resources/routes.js";
import { Deliveries, type Endpoint, type OutgoingEvent, type WebhookFaults } from "./webhooks/deliveries.js";
import { type ApiFault, ApiFaults } from "./wire/api-faults.js";
import { createApi, type RecordedRequest } from "./wire/create-api.js";
import { type IdempotencyDump, IdempotencyKeys } from "./wire/idempotency.js";
import type { HostedOperations } from "./world/hosted.js";
import type { WorldDump } from "./world/object-store.js";
import type { StripeEvent } from "./world/objects/platform.js";
import { renderStored } from "./world/render.js";
import { DEFAULT_SETTINGS, type Settings } from "./world/settings.js";
import { World } from "./world/world.js";

/** An endpoint that gets every event. `deliver` stands in for the network, e.g. a handler in the same process. */
export type WebhookTarget = {
  url: string;
  secret: string;
  deliver?: (request: Request) => Promise<Response>;
};

export type SandboxOptions = {
  /** What `sandbox.secretKey` says; any `sk_test_` or `rk_test_` key is accepted, `sk_live_` is refused. Default `sk_test_sandbox`. */
  secretKey?: string;
  webhooks?: readonly WebhookTarget[];
  /** The machine's clock; default the real one. Signatures and idempotency live by it; `clock.advance` moves on from it. */
  now?: () => Date;
  /** Milliseconds before a failed delivery is tried again, one entry for each retry. Default 5 s, 1 min, 10 min. */
  webhookRetryDelaysMs?: readonly number[];
  /** What an account sets at the dashboard, and what Stripe's documentation leaves open. */
  settings?: Partial<Settings>;
  /** The base of hosted pages, without a slash at the end. Default `http://sandbox.localhost`. */
  url?: string;
};

/** Everything that a restart must not lose, as plain data. */
export type SandboxState = { version: 2; world: WorldDump; keys: IdempotencyDump; clockOffsetMs: number };

export interface Sandbox {
  /** API, hosted pages and dashboard, as a fetch. Give it to the SDK: `Stripe.createFetchHttpClient(sandbox.handler)`. */
  readonly handler: typeof globalThis.fetch;
  readonly secretKey: string;
  /** The base of hosted pages. */
  readonly url: string;
  /** The API requests so far, oldest first; at most the last 10,000. */
  readonly requests: readonly RecordedRequest[];
  /** Resolves when all webhook deliveries that are due now have been tried. */
  settled(): Promise<void>;
  /** One clock for the whole sandbox. Customers on a test clock live by that instead. */
  readonly clock: {
    now(): Date;
    /** Does all that falls due until then, in the order of time. @throws when `to` is in the past */
    advance(to: Date): Promise<void>;
  };
  readonly faults: {
    /** Delays, duplicates, reorders or drops events from now on; null ends it. */
    webhooks(mode: WebhookFaults): void;
    /** Refuses, delays or cuts off requests, e.g. `{ status: 429, times: 1 }`; null ends it. */
    api(fault: ApiFault | null): void;
    /** Makes every further charge of a customer's cards fail (as 4000 0000 0000 0341 does), or go through again. */
    cards(customer: string, mode: "decline" | null): void;
  };
  /** Sends an event again, to all endpoints or to one, whatever faults are on. @throws for an unknown event */
  deliver(eventId: string, options?: { url?: string }): Promise<void>;
  /** Forgets everything: objects, events, requests, faults, and the time that was advanced. */
  reset(): void;
  close(): Promise<void>;
  /** The state as plain data, and back: for keeping it in a file or copying it between tests. */
  save(): SandboxState;
  restore(state: SandboxState): void;
  /** Called after every change, e.g. to write the state down. */
  onChange(listener: () => void): void;
}

const MOST_RECORDED = 10_000;
const DEFAULT_URL = "http://sandbox.localhost";

/** A Stripe of its own in this process: no port, no network. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const machine = options.now ?? (() => new Date());
  const clock = new SandboxClock(machine);
  const listeners: (() => void)[] = [];
  const requests: RecordedRequest[] = [];
  const faults = new ApiFaults();
  const keys = new IdempotencyKeys();
  const later = new Later();
  const url = options.url ?? DEFAULT_URL;

  const world: World = new World(
    { ...DEFAULT_SETTINGS, ...options.settings },
    {
      now: () => clock.instant(),
      url: () => url,
      deadlineOf,
      pendingWebhooks: (id) => deliveries.pendingOf(id),
      committed: (events) => {
        deliveries.enqueue(events.map(toOutgoing));
        for (const listener of listeners) listener();
      },
    },
  );
  const deliveries: Deliveries = new Deliveries({
    endpoints: () => endpointsOf(world, options.webhooks ?? []),
    machine,
    ...(options.webhookRetryDelaysMs ? { retryDelaysMs: options.webhookRetryDelaysMs } : {}),
  });

  const deliver = async (eventId: string, { url: only }: { url?: string } = {}) => {
    const event = world.find("event", eventId);
    if (event === undefined) throw new Error(`no event has the id ${eventId}`);
    await deliveries.replay(toOutgoing(event), only);
  };
  const catchUp = () => {
    later.flush();
    clock.catchUp(world);
  };
  const settled = () => {
    later.flush();
    return deliveries.settled();
  };
  const advance = async (to: Date) => {
    later.flush();
    clock.advance(world, to);
    await deliveries.settled();
  };
  const operations: HostedOperations = {
    checkout: checkoutOperations(world),
    portal: portalOperations(world),
    invoices: invoiceOperations(world),
    dashboard: dashboardOperations({
      world,
      clock,
      deliveriesOf: (id) => deliveries.of(id),
      replay: deliver,
      advance,
    }),
  };

  const sandbox: Sandbox = {
    handler: async (input: string | URL | Request, init?: RequestInit) => app.fetch(new Request(input, init)),
    secretKey: options.secretKey ?? "sk_test_sandbox",
    url,
    requests,
    settled,
    clock: { now: () => clock.now(), advance },
    faults: {
      webhooks: (mode) => {
        deliveries.faults = mode;
      },
      api: (fault) => faults.set(fault),
      cards: (customer, mode) => {
        if (mode === null) world.refusedCustomers.delete(customer);
        else world.refusedCustomers.add(customer);
      },
    },
    deliver,
    reset: () => {
      world.clear();
      keys.clear();
      deliveries.clear();
      deliveries.faults = null;
      faults.set(null);
      requests.length = 0;
      clock.offset = 0;
      for (const listener of listeners) listener();
    },
    close: () => deliveries.close(),
    save: () => ({ version: 2, world: world.dump(), keys: keys.dump(), clockOffsetMs: clock.offset }),
    restore: (state) => {
      clock.offset = state.clockOffsetMs;
      world.load(state.world);
      keys.load(state.keys);
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };

  const app = new Hono();
  app.onError((error) => {
    throw error;
  });
  app.route("/", createControl(sandbox, deliveries));
  app.route(
    "/",
    createApi({
      world,
      routes,
      keys,
      faults,
      machine,
      now: () => clock.now(),
      catchUp,
      later: (work) => later.add(work),
      record: (request) => {
        requests.push(request);
        if (requests.length > MOST_RECORDED) requests.shift();
      },
    }),
  );
  app.use("*", async (_, next) => {
    catchUp();
    await next();
  });
  app.route("/", createHostedPages(operations));
  return sandbox;

  function toOutgoing(event: StripeEvent): OutgoingEvent {
    return {
      id: event.id,
      type: event.type,
      get body() {
        const pending = deliveries.pendingOf(event.id);
        return JSON.stringify({ ...renderStored(world, event), pending_webhooks: pending }, null, 2);
      },
    };
  }
}

/** The endpoints that were given at the start, and those made through the API. */
function endpointsOf(world: World, given: readonly WebhookTarget[]): Endpoint[] {
  const fixed = given.map(({ url, secret, deliver }, index) => ({
    id: `given_${index}`,
    url,
    secret,
    enabledEvents: ["*"],
    ...(deliver ? { deliver } : {}),
  }));
  const made = world
    .list("webhook_endpoint")
    .filter(({ status }) => status === "enabled")
    .map(({ id, url, enabled_events, hidden }) => ({
      id,
      url,
      secret: hidden.secret,
      enabledEvents: enabled_events,
    }));
  return [...fixed, ...made];
}
