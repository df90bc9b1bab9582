import { runDue } from "../billing/deadline-of.js";
import type { Instant } from "../engine/instant.js";
import type { Timeline, World } from "../world/world.js";

/** More than this at one instant is a bug of the sandbox, not work. */
const MOST_AT_ONCE = 100_000;

/** Does everything that falls due on a timeline up to an instant, in the order of time. */
export function runUntil(world: World, timeline: Timeline, to: Instant): void {
  let last = Number.NEGATIVE_INFINITY;
  let atOnce = 0;
  for (let next = world.nextDue(timeline); next !== null && next.at <= to; next = world.nextDue(timeline)) {
    const { object } = next;
    const at = Math.max(next.at, last);
    atOnce = at === last ? atOnce + 1 : 0;
    if (atOnce > MOST_AT_ONCE) throw new Error(`${object.id} falls due again and again at ${at}`);
    last = at;
    world.at(timeline, at, () => world.transact(() => runDue(world, object)));
  }
}
