/** Counts how often a component rendered, by name. */
export class RenderCounter {
  private readonly counts = new Map<string, number>();

  /** To be called in render. */
  readonly count = (name: string) => {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  };

  /** The renders since the last call. */
  take(name: string): number {
    const count = this.counts.get(name) ?? 0;
    this.counts.delete(name);
    return count;
  }
}
