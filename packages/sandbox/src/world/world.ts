import type { Instant } from "../engine/instant.js";
import { DueQueue } from "./due-queue.js";
import { newId } from "./new-id.js";
import type { Noun, Stored, StoredObject } from "./objects/index.js";
import type { MeterEvent, StripeEvent } from "./objects/platform.js";
import { previousAttributes } from "./previous-attributes.js";
import { renderStored } from "./render.js";
import type { Settings } from "./settings.js";

/** The version that objects and events are shaped by. */
export const API_VERSION = "2026-10-28.endive";

/** When an object next asks for attention, by itself; null when it is at rest. */
export type Deadline = { at: Instant; rank: number } | null;

/** The timeline of a test clock by its id; null is the sandbox's own clock. */
export type Timeline = string | null;

type Undo = () => void;

type Tombstone = { id: string; object: Noun; deleted: true };

/**
 * Everything the sandbox knows: objects, the event log, and what falls due. Objects are immutable; a change puts a new
 * one in the old one's place. Changes are journaled, so that a request that fails leaves nothing behind and a preview
 * can do the real thing and take it back.
 *
 * What falls due is derived from the objects by `deadlineOf` and kept nowhere else, so it cannot disagree with them.
 */
export class World {
  private readonly tables = new Map<Noun, Map<string, StoredObject>>();
  private readonly owners = new Map<string, Set<string>>();
  private readonly tombstones = new Map<string, Tombstone>();
  private readonly queues = new Map<Timeline, DueQueue>();
  private readonly counters = new Map<string, number>();
  private journal: Undo[] | null = null;
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
  ) {}

  /** The base of hosted pages. */
  get url(): string {
    return this.hooks.url();
  }

  /** How many endpoints have not taken an event yet. */
  pendingWebhooks(eventId: string): number {
    return this.hooks.pendingWebhooks(eventId);
  }

  find<N extends Noun>(noun: N, id: string): Stored<N> | undefined {
    return this.tables.get(noun)?.get(id) as Stored<N> | undefined;
  }

  /** For ids that come from inside; an absent one is a bug of the sandbox. */
  get<N extends Noun>(noun: N, id: string): Stored<N> {
    const object = this.find(noun, id);
    if (object === undefined) throw new Error(`no ${noun} has the id ${id}`);
    return object;
  }

  /** Oldest first. */
  list<N extends Noun>(noun: N): Stored<N>[] {
    return [...(this.tables.get(noun)?.values() ?? [])] as Stored<N>[];
  }

  /** Those that name the customer in their `customer`, oldest first. */
  ofCustomer<N extends Noun>(noun: N, customer: string): Stored<N>[] {
    return this.owned(noun, `customer:${customer}`);
  }

  /** Those that name the invoice in their `invoice`, oldest first. */
  ofInvoice<N extends Noun>(noun: N, invoice: string): Stored<N>[] {
    return this.owned(noun, `invoice:${invoice}`);
  }

  /** What a customer used of a meter, oldest first. */
  ofMeter(eventName: string, customer: string): MeterEvent[] {
    return this.owned("billing.meter_event", `meter:${eventName} ${customer}`);
  }

  put<O extends StoredObject>(object: O): O {
    const table = this.table(object.object);
    const before = table.get(object.id);
    table.set(object.id, object);
    this.journal?.push(() => {
      if (before === undefined) table.delete(object.id);
      else table.set(object.id, before);
      this.index(object, before);
    });
    this.index(before, object);
    return object;
  }

  change<N extends Noun>(noun: N, id: string, patch: Partial<Stored<N>>): Stored<N> {
    return this.put({ ...this.get(noun, id), ...patch } as Stored<N>);
  }

  /** Takes an object away for good. */
  remove(noun: Noun, id: string): void {
    const table = this.table(noun);
    const before = table.get(id);
    if (before === undefined) return;
    table.delete(id);
    this.journal?.push(() => {
      table.set(id, before);
      this.index(undefined, before);
    });
    this.index(before, undefined);
  }

  /** Takes an object away, but leaves word that it was there. */
  bury(noun: Noun, id: string): Tombstone {
    this.remove(noun, id);
    const tombstone: Tombstone = { id, object: noun, deleted: true };
    const key = `${noun}:${id}`;
    this.tombstones.set(key, tombstone);
    this.journal?.push(() => this.tombstones.delete(key));
    return tombstone;
  }

  tombstone(noun: Noun, id: string): Tombstone | undefined {
    return this.tombstones.get(`${noun}:${id}`);
  }

  /** 1, 2, 3, ... by name. */
  count(name: string): number {
    const before = this.counters.get(name) ?? 0;
    this.counters.set(name, before + 1);
    this.journal?.push(() => this.counters.set(name, before));
    return before + 1;
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
    this.journal?.push(() => {
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
    this.journal?.push(() => this.unannounced.delete(key));
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

  /** All or nothing: a throw takes every change back, unless the error keeps them. */
  transact<T>(work: () => T): T {
    const isOutermost = this.journal === null;
    this.journal ??= [];
    const mark = this.journal.length;
    try {
      return work();
    } catch (error) {
      if (!keepsChanges(error)) this.rollBack(mark);
      throw error;
    } finally {
      if (isOutermost) this.commit();
    }
  }

  /** Does the work, takes it back, and returns what it returned. */
  rehearse<T>(work: () => T): T {
    const isOutermost = this.journal === null;
    this.journal ??= [];
    const mark = this.journal.length;
    try {
      return work();
    } finally {
      this.rollBack(mark);
      if (isOutermost) this.commit();
    }
  }

  /** Everything, as plain data. */
  dump(): WorldDump {
    return {
      objects: [...this.tables.values()].flatMap((table) => [...table.values()]),
      tombstones: [...this.tombstones.values()],
      counters: [...this.counters],
    };
  }

  load({ objects, tombstones, counters }: WorldDump): void {
    this.clear();
    // When an object next asks for attention depends on others, so all have to be there before one is looked at.
    for (const object of objects) this.table(object.object).set(object.id, object);
    for (const object of objects) this.index(undefined, object);
    for (const one of tombstones) this.tombstones.set(`${one.object}:${one.id}`, one);
    for (const [name, count] of counters) this.counters.set(name, count);
  }

  clear(): void {
    for (const map of [this.tables, this.owners, this.tombstones, this.queues, this.counters]) map.clear();
    this.refusedCustomers.clear();
    this.outbox = [];
  }

  private table(noun: Noun): Map<string, StoredObject> {
    let table = this.tables.get(noun);
    if (table === undefined) {
      table = new Map();
      this.tables.set(noun, table);
    }
    return table;
  }

  private owned<N extends Noun>(noun: N, owner: string): Stored<N>[] {
    const table = this.tables.get(noun);
    const ids = this.owners.get(`${noun} ${owner}`);
    return [...(ids ?? [])].flatMap((id) => (table?.get(id) as Stored<N> | undefined) ?? []);
  }

  private index(before: StoredObject | undefined, after: StoredObject | undefined): void {
    for (const [object, isThere] of [
      [before, false],
      [after, true],
    ] as const) {
      if (object === undefined) continue;
      for (const owner of ownersOf(object)) {
        const key = `${object.object} ${owner}`;
        const ids = this.owners.get(key) ?? new Set();
        if (isThere) ids.add(object.id);
        else if (after === undefined || !ownersOf(after).includes(owner)) ids.delete(object.id);
        this.owners.set(key, ids);
      }
    }
    this.reschedule(before, after);
  }

  private reschedule(before: StoredObject | undefined, after: StoredObject | undefined): void {
    const object = after ?? before;
    if (object === undefined) return;
    if (object.object === "subscription_item") {
      // What a subscription is due for hangs on the periods of its items.
      const subscription = this.find("subscription", object.subscription);
      if (subscription !== undefined) this.reschedule(undefined, subscription);
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

  private rollBack(mark: number): void {
    const journal = this.journal ?? [];
    while (journal.length > mark) journal.pop()?.();
  }

  private commit(): void {
    this.journal = null;
    const events = this.outbox;
    this.outbox = [];
    this.hooks.committed(events.flatMap((id) => this.find("event", id) ?? []));
  }
}

export type WorldDump = {
  objects: StoredObject[];
  tombstones: Tombstone[];
  counters: [string, number][];
};

/** The customer whose timeline an object lives on. */
export function ownerOf(object: StoredObject): string | null {
  if (object.object === "customer") return object.id;
  if ("customer" in object && typeof object.customer === "string") return object.customer;
  return null;
}

function ownersOf(object: StoredObject): string[] {
  const owners: string[] = [];
  if ("customer" in object && object.customer) owners.push(`customer:${object.customer}`);
  if ("invoice" in object && object.invoice) owners.push(`invoice:${object.invoice}`);
  if (object.object === "billing.meter_event")
    owners.push(`meter:${object.event_name} ${object.hidden.customer}`);
  return owners;
}

function keepsChanges(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("options" in error)) return false;
  const { options } = error;
  return (
    typeof options === "object" &&
    options !== null &&
    "keepsChanges" in options &&
    options.keepsChanges === true
  );
}
