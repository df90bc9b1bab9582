import type { Instant } from "../engine/instant.js";
import { DueQueue } from "./due-queue.js";
import { newId } from "./new-id.js";
import { ObjectStore } from "./object-store.js";
import type { Noun, StoredObject } from "./objects/index.js";
import type { StripeEvent } from "./objects/platform.js";
import { previousAttributes } from "./previous-attributes.js";
import { renderStored } from "./render.js";
import type { Settings } from "./settings.js";

/** The version that objects and events are shaped by. */
export const API_VERSION = "2026-10-28.endive";

/** When an object next asks for attention, by itself; null when it is at rest. */
export type Deadline = { at: Instant; rank: number } | null;

/** The timeline of a test clock by its id; null is the sandbox's own clock. */
export type Timeline = string | null;

/**
 * Everything the sandbox knows: objects, the event log, and what falls due.
 *
 * What falls due is derived from the objects by `deadlineOf` and kept nowhere else, so it cannot disagree with them.
 */
export class World extends ObjectStore {
  private readonly queues = new Map<Timeline, DueQueue>();
  /** Ids of events, in order. */
  private outbox: string[] = [];
  private readonly unannounced = new Set<string>();
  /** The instant that due work is being done for, by timeline: "now" is then, not the clock's. */
  private readonly held = new Map<Timeline, Instant>();

  /** Customers whose cards are refused until further notice: a fault on demand. */
  readonly refusedCustomers = new Set<string>();

  /** What caused the changes that are being made; null is the passing of time. */
  request: { id: string; idempotencyKey: string | null } | null = null;

  constructor(
    readonly settings: Settings,
    private readonly hooks: {
      now: () => Instant;
      /** The base of hosted pages, without a slash at the end. */
      url: () => string;
      deadlineOf: (object: StoredObject, world: World) => Deadline;
      /** How many endpoints have not taken an event yet. */
      pendingWebhooks: (eventId: string) => number;
      /** Called with the events of a change once it holds. */
      committed: (events: readonly StripeEvent[]) => void;
    },
  ) {
    super();
  }

  /** The base of hosted pages. */
  get url(): string {
    return this.hooks.url();
  }

  /** How many endpoints have not taken an event yet. */
  pendingWebhooks(eventId: string): number {
    return this.hooks.pendingWebhooks(eventId);
  }

  timelineOf(customer: string | null): Timeline {
    return customer === null ? null : (this.find("customer", customer)?.test_clock ?? null);
  }

  /** The present of a customer: that of their test clock, else the sandbox's. */
  nowFor(customer: string | null): Instant {
    return this.nowOn(this.timelineOf(customer));
  }

  nowOn(timeline: Timeline): Instant {
    const held = this.held.get(timeline);
    if (held !== undefined) return held;
    if (timeline === null) return this.hooks.now();
    return this.find("test_helpers.test_clock", timeline)?.frozen_time ?? this.hooks.now();
  }

  /** Does work as of an instant of a timeline. */
  at<T>(timeline: Timeline, instant: Instant, work: () => T): T {
    const before = this.held.get(timeline);
    this.held.set(timeline, instant);
    try {
      return work();
    } finally {
      if (before === undefined) this.held.delete(timeline);
      else this.held.set(timeline, before);
    }
  }

  /** What falls due next on a timeline. */
  nextDue(timeline: Timeline): { at: Instant; object: StoredObject } | null {
    const entry = this.queues.get(timeline)?.peek() ?? null;
    if (entry === null) return null;
    const split = entry.key.indexOf(" ");
    const object = this.find(entry.key.slice(0, split) as Noun, entry.key.slice(split + 1));
    if (object === undefined) throw new Error(`${entry.key} is due, but gone`);
    return { at: entry.at, object };
  }

  /** Writes an event; it goes out once the change holds. */
  emit(type: string, object: StoredObject, previous?: Readonly<Record<string, unknown>>): void {
    this.emitData(type, renderStored(this, object), {
      customer: ownerOf(object),
      ...(previous ? { previous } : {}),
    });
  }

  /** As `emit`, for data that is no stored object. */
  emitData(
    type: string,
    object: unknown,
    { customer, previous }: { customer: string | null; previous?: Readonly<Record<string, unknown>> },
  ): void {
    const event = this.put<StripeEvent>({
      id: newId("event"),
      object: "event",
      api_version: API_VERSION,
      created: this.nowFor(customer),
      data: previous === undefined ? { object } : { object, previous_attributes: previous },
      livemode: false,
      pending_webhooks: 0,
      request: { id: this.request?.id ?? null, idempotency_key: this.request?.idempotencyKey ?? null },
      type,
    });
    this.outbox.push(event.id);
    this.onUndo(() => {
      this.outbox.pop();
    });
  }

  /**
   * Keeps a place in the event log for an object that is being made: until the returned function is called, its changes
   * are not told, and then the event says how it came out.
   */
  reserve(type: string, object: StoredObject): () => void {
    const key = `${object.object} ${object.id}`;
    this.emit(type, object);
    const place = this.outbox.at(-1);
    this.unannounced.add(key);
    this.onUndo(() => this.unannounced.delete(key));
    return () => {
      this.unannounced.delete(key);
      const event = place && this.find("event", place);
      if (event)
        this.put<StripeEvent>({
          ...event,
          data: { object: renderStored(this, this.get(object.object, object.id)) },
        });
    };
  }

  /** Runs a change and writes the `updated` event with what was before, or nothing when nothing changed. */
  track<N extends Noun, T>(noun: N, id: string, type: string, change: () => T): T {
    if (this.unannounced.has(`${noun} ${id}`)) return change();
    const before = renderStored(this, this.get(noun, id));
    const result = change();
    const after = this.find(noun, id);
    if (after === undefined) return result;
    const previous = previousAttributes(before, renderStored(this, after));
    if (Object.keys(previous).length > 0) this.emit(type, after, previous);
    return result;
  }

  protected override moved(before: StoredObject | undefined, after: StoredObject | undefined): void {
    const object = after ?? before;
    if (object === undefined) return;
    if (object.object === "subscription_item") {
      // What a subscription is due for hangs on the periods of its items.
      const subscription = this.find("subscription", object.subscription);
      if (subscription !== undefined) this.moved(undefined, subscription);
      return;
    }
    const key = `${object.object} ${object.id}`;
    const deadline = after === undefined ? null : this.hooks.deadlineOf(after, this);
    const timeline = this.timelineOf(ownerOf(object));
    if (deadline === null) {
      this.queues.get(timeline)?.delete(key);
      return;
    }
    const queue = this.queues.get(timeline) ?? new DueQueue();
    this.queues.set(timeline, queue);
    queue.set({ ...deadline, key });
  }

  protected override settled(): void {
    const events = this.outbox;
    this.outbox = [];
    this.hooks.committed(events.flatMap((id) => this.find("event", id) ?? []));
  }

  protected override emptied(): void {
    this.queues.clear();
    this.refusedCustomers.clear();
    this.outbox = [];
  }
}

/** The customer whose timeline an object lives on. */
function ownerOf(object: StoredObject): string | null {
  if (object.object === "customer") return object.id;
  if ("customer" in object && typeof object.customer === "string") return object.customer;
  return null;
}
