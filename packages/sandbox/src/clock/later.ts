/**
 * Work that follows an answer, such as advancing a test clock: it is done before anything else is asked, and in any case
 * as soon as the process is idle.
 */
export class Later {
  private readonly waiting: (() => void)[] = [];

  add(work: () => void): void {
    this.waiting.push(work);
    setImmediate(() => this.flush());
  }

  flush(): void {
    for (let work = this.waiting.shift(); work !== undefined; work = this.waiting.shift()) work();
  }
}
