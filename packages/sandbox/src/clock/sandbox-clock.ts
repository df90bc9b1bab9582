import type { Instant } from "../engine/instant.js";
import { invalid } from "../wire/errors.js";
import type { World } from "../world/world.js";
import { runUntil } from "./run-until.js";

/** The sandbox's own time: the machine's, plus what it was advanced by. It never goes back. */
export class SandboxClock {
  private offsetMs = 0;

  constructor(private readonly machine: () => Date) {}

  now(): Date {
    return new Date(this.machine().getTime() + this.offsetMs);
  }

  /** In whole seconds, as the API counts. */
  instant(): Instant {
    return Math.floor(this.now().getTime() / 1_000);
  }

  /** Does what fell due while nobody asked. */
  catchUp(world: World): void {
    runUntil(world, null, this.instant());
  }

  /** Moves on to a later instant, and does all that falls due on the way. @throws ApiError 400 for an earlier one */
  advance(world: World, to: Date): void {
    const ahead = to.getTime() - this.now().getTime();
    if (ahead < 0) throw invalid("The clock only goes forward.", { param: "to" });
    runUntil(world, null, Math.floor(to.getTime() / 1_000));
    this.offsetMs += ahead;
  }

  get offset(): number {
    return this.offsetMs;
  }

  set offset(ms: number) {
    this.offsetMs = ms;
  }
}
