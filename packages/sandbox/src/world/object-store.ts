import type { Noun, Stored, StoredObject } from "./objects/index.js";
import type { MeterEvent } from "./objects/platform.js";

type Undo = () => void;

type Tombstone = { id: string; object: Noun; deleted: true };

/** Everything in a store, as plain data. */
export type WorldDump = {
  objects: StoredObject[];
  tombstones: Tombstone[];
  counters: [string, number][];
};

/**
 * Objects by noun and id. They are immutable; a change puts a new one in the old one's place. Changes are journaled, so
 * that a request that fails leaves nothing behind and a preview can do the real thing and take it back.
 */
export abstract class ObjectStore {
  private readonly tables = new Map<Noun, Map<string, StoredObject>>();
  private readonly owners = new Map<string, Set<string>>();
  private readonly tombstones = new Map<string, Tombstone>();
  private readonly counters = new Map<string, number>();
  private journal: Undo[] | null = null;

  /** Called for every object that comes, changes or goes, when a change is taken back too. */
  protected abstract moved(before: StoredObject | undefined, after: StoredObject | undefined): void;

  /** Called when the outermost change is over. */
  protected abstract settled(): void;

  protected abstract emptied(): void;

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
    for (const map of [this.tables, this.owners, this.tombstones, this.counters]) map.clear();
    this.emptied();
  }

  /** Says how to take back what was just done. */
  protected onUndo(undo: Undo): void {
    this.journal?.push(undo);
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
    this.moved(before, after);
  }

  private rollBack(mark: number): void {
    const journal = this.journal ?? [];
    while (journal.length > mark) journal.pop()?.();
  }

  private commit(): void {
    this.journal = null;
    this.settled();
  }
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
