import type { DeliveryView } from "../world/hosted/dashboard.js";
import { sign } from "./sign.js";

/** Where events go. `deliver` stands in for the network, e.g. a handler in the same process. */
export type Endpoint = {
  id: string;
  url: string;
  secret: string;
  /** Event types, or `*`. */
  enabledEvents: readonly string[];
  deliver?: (request: Request) => Promise<Response>;
};

/** Faults on demand; null is none. `reorder` sends the events of one change last to first. */
export type WebhookFaults = {
  delayMs?: number;
  duplicate?: boolean;
  reorder?: boolean;
  drop?: boolean;
} | null;

/** `body` is read when it is sent; most events have nobody to go to. */
export type OutgoingEvent = { id: string; type: string; readonly body: string };

type Delivery = {
  event: OutgoingEvent;
  endpoint: Endpoint;
  state: DeliveryView["state"];
  attempts: { at: Date; status: number | null; error: string | null }[];
  /** When it is tried next, in milliseconds of the machine's clock; null when it is not. */
  dueMs: number | null;
};

/** A test mode account is tried three times over a few hours; here the same within minutes. */
const DEFAULT_RETRY_DELAYS = [5_000, 60_000, 600_000];
const TIMEOUT_MS = 30_000;

/**
 * Sends events to endpoints: in order and one at a time for each endpoint, again after a while when the answer is not a
 * 2xx. The machine's clock counts here, not the sandbox's: an endpoint lives in real time.
 */
export class Deliveries {
  private readonly log: Delivery[] = [];
  /** Those of the log that have a time to be tried at, in the order in which they go out. */
  private readonly waiting = new Set<Delivery>();
  private readonly running = new Map<string, Promise<void>>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isClosed = false;
  faults: WebhookFaults = null;

  constructor(
    private readonly options: {
      endpoints: () => readonly Endpoint[];
      /** The machine's clock, also that of signatures. */
      machine: () => Date;
      retryDelaysMs?: readonly number[];
    },
  ) {}

  /** Takes up the events of one change. */
  enqueue(events: readonly OutgoingEvent[]): void {
    if (events.length === 0) return;
    const { delayMs = 0, duplicate = false, reorder = false, drop = false } = this.faults ?? {};
    const ordered = reorder ? [...events].reverse() : events;
    const dueMs = this.options.machine().getTime() + delayMs;
    for (const endpoint of this.options.endpoints()) {
      for (const event of ordered.filter(({ type }) => wants(endpoint, type))) {
        for (let copy = 0; copy < (duplicate ? 2 : 1); copy += 1)
          this.add(event, endpoint, drop ? null : dueMs);
      }
    }
    this.pump();
  }

  /** Sends an event to every endpoint that wants it, now, and waits for their answers. Faults do not touch it. */
  async replay(event: OutgoingEvent, url?: string): Promise<void> {
    const wanted = this.options
      .endpoints()
      .filter((endpoint) => wants(endpoint, event.type) && (url === undefined || endpoint.url === url));
    await Promise.all(wanted.map((endpoint) => this.attempt(this.add(event, endpoint, null, "waiting"))));
  }

  /** Resolves when every delivery that is due now has been tried; retries and delays that lie ahead are not waited for. */
  async settled(): Promise<void> {
    this.pump();
    while (this.running.size > 0) {
      await Promise.all(this.running.values());
      this.pump();
    }
  }

  of(eventId: string): DeliveryView[] {
    return this.log
      .filter((delivery) => delivery.event.id === eventId)
      .map(({ endpoint, state, attempts, dueMs }) => ({
        url: endpoint.url,
        state,
        attempts: [...attempts],
        nextAttemptAt: dueMs === null || state === "delivered" ? null : new Date(dueMs),
      }));
  }

  /** How many deliveries of an event have not succeeded yet. */
  pendingOf(eventId: string): number {
    return this.log.filter((one) => one.event.id === eventId && one.state !== "delivered").length;
  }

  clear(): void {
    this.log.length = 0;
    this.waiting.clear();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.clear();
    await Promise.all(this.running.values());
  }

  private add(
    event: OutgoingEvent,
    endpoint: Endpoint,
    dueMs: number | null,
    state: Delivery["state"] = dueMs === null ? "dropped" : "waiting",
  ): Delivery {
    const delivery: Delivery = { event, endpoint, state, attempts: [], dueMs };
    this.log.push(delivery);
    if (dueMs !== null) this.waiting.add(delivery);
    return delivery;
  }

  /** Starts what is due on every endpoint that is idle, and sets the alarm for what comes next. */
  private pump(): void {
    if (this.isClosed) return;
    const now = this.options.machine().getTime();
    const waiting = [...this.waiting];
    for (const { endpoint } of waiting.filter(({ dueMs }) => dueMs !== null && dueMs <= now)) {
      if (this.running.has(endpoint.id)) continue;
      const run = this.drain(endpoint.id).finally(() => {
        this.running.delete(endpoint.id);
        this.pump();
      });
      this.running.set(endpoint.id, run);
    }
    this.setAlarm(waiting.flatMap(({ dueMs }) => (dueMs !== null && dueMs > now ? [dueMs - now] : [])));
  }

  private async drain(endpointId: string): Promise<void> {
    for (let next = this.nextDue(endpointId); next !== undefined; next = this.nextDue(endpointId)) {
      next.dueMs = null;
      this.waiting.delete(next);
      await this.attempt(next);
    }
  }

  private nextDue(endpointId: string): Delivery | undefined {
    if (this.isClosed) return undefined;
    const now = this.options.machine().getTime();
    for (const delivery of this.waiting) {
      const { endpoint, dueMs } = delivery;
      if (endpoint.id === endpointId && dueMs !== null && dueMs <= now) return delivery;
    }
    return undefined;
  }

  private setAlarm(waits: readonly number[]): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (waits.length === 0) return;
    this.timer = setTimeout(() => this.pump(), Math.min(...waits, 2 ** 31 - 1));
    this.timer.unref?.();
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const at = this.options.machine();
    const outcome = await send(delivery, at);
    delivery.attempts.push({ at, ...outcome });
    if (outcome.status !== null && outcome.status >= 200 && outcome.status < 300) {
      delivery.state = "delivered";
      return;
    }
    const delay = (this.options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS)[delivery.attempts.length - 1];
    delivery.state = delay === undefined ? "failed" : "waiting";
    delivery.dueMs = delay === undefined ? null : at.getTime() + delay;
    if (delivery.dueMs !== null) this.waiting.add(delivery);
  }
}

async function send(
  { endpoint, event: { body } }: Delivery,
  at: Date,
): Promise<{ status: number | null; error: string | null }> {
  const request = new Request(endpoint.url, {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "stripe-signature": sign(body, { secret: endpoint.secret, at }),
    },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  try {
    const response = await (endpoint.deliver ?? fetch)(request);
    await response.body?.cancel();
    return { status: response.status, error: null };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : String(error) };
  }
}

function wants({ enabledEvents }: Endpoint, type: string): boolean {
  return enabledEvents.includes("*") || enabledEvents.includes(type);
}
