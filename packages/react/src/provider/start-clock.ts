import { toTime, type WireSnapshot } from "@paykit/server/contract";
import type { Sender } from "../client/send-command.js";
import type { SnapshotWatcher } from "./watch-snapshots.js";

/** The longest that `setTimeout` can wait. */
const longestWaitMs = 2 ** 31 - 1;

/** When the browser's clock saw each snapshot first: at its `now`, whatever the browser's clock says. */
const firstSeen = new WeakMap<WireSnapshot, number>();

/**
 * Lets time pass in a snapshot: at the next step of an entitlement its `now` moves on, which makes
 * every reader evaluate anew, and the server is asked. Counted from the snapshot's own time, because the browser's clock
 * may be wrong; a test clock that stands still is left standing.
 */
export function startClock({ queryClient }: Sender): SnapshotWatcher {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    see: ({ queryHash, queryKey, state: { data } }) => {
      clearTimeout(timers.get(queryHash));
      if (!data || data.isClockFrozen) return;
      const seenAt = firstSeen.get(data) ?? Date.now();
      firstSeen.set(data, seenAt);
      const next = nextStepAt(data);
      if (next === undefined) return;
      const elapsed = () => Date.now() - seenAt;
      const wait = Math.min(toTime(next) - toTime(data.now) - elapsed(), longestWaitMs);
      const tick = () => {
        const now = new Date(toTime(data.now) + elapsed()).toISOString();
        queryClient.setQueryData(queryKey, (held) => (held === data ? { ...data, now } : undefined));
        void queryClient.invalidateQueries({ queryKey });
      };
      timers.set(queryHash, setTimeout(tick, wait));
    },
    stop: () => timers.forEach(clearTimeout),
  };
}

/** When the next entitlement becomes something else; undefined when none is known to. */
function nextStepAt({ entitlements, now }: WireSnapshot): string | undefined {
  const steps = Object.values(entitlements).flatMap(({ upcoming }) => upcoming.map(({ at }) => at));
  return steps.filter((at) => at > now).sort()[0];
}
