import type { Instant } from "../engine/instant.js";

export type DueEntry = { at: Instant; rank: number; key: string };

/**
 * What falls due on one timeline, soonest first; a tie goes to the lower rank, then to the key that was entered first. An
 * entry that was moved or taken out stays in the heap until it surfaces and is then passed over.
 */
export class DueQueue {
  private readonly heap: (DueEntry & { order: number })[] = [];
  private readonly current = new Map<string, { at: Instant; order: number }>();
  private entered = 0;

  set(entry: DueEntry): void {
    const known = this.current.get(entry.key);
    if (known?.at === entry.at) return;
    this.entered += 1;
    this.current.set(entry.key, { at: entry.at, order: this.entered });
    this.push({ ...entry, order: this.entered });
  }

  delete(key: string): void {
    this.current.delete(key);
  }

  /** The soonest entry that still holds; null when nothing is due, ever. */
  peek(): DueEntry | null {
    for (let first = this.heap[0]; first !== undefined; first = this.heap[0]) {
      if (this.current.get(first.key)?.order === first.order) return first;
      this.pop();
    }
    return null;
  }

  private push(entry: DueEntry & { order: number }): void {
    let index = this.heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.precedes(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const child = this.precedes(left + 1, left) ? left + 1 : left;
      if (!this.precedes(child, index)) return;
      this.swap(index, child);
      index = child;
    }
  }

  private precedes(one: number, other: number): boolean {
    const a = this.heap[one];
    const b = this.heap[other];
    if (a === undefined || b === undefined) return false;
    if (a.at !== b.at) return a.at < b.at;
    return a.rank === b.rank ? a.order < b.order : a.rank < b.rank;
  }

  private swap(one: number, other: number): void {
    const [a, b] = [this.heap[one], this.heap[other]];
    if (a === undefined || b === undefined) return;
    this.heap[one] = b;
    this.heap[other] = a;
  }
}
