import { nextChangeAt } from "@paykit/server/contract";
import type { PayKit } from "./context.js";
import type { SnapshotWatcher } from "./watch-snapshots.js";

/** The longest that `setTimeout` can wait. */
const longestWaitMs = 2 ** 31 - 1;

/**
 * Lets time pass in a snapshot: at the next instant at which a grant begins, renews or ends, its `now` moves on, which makes
 * every reader evaluate anew, and the server is asked. Counted from the snapshot's own time, because the browser's clock
 * may be wrong; a test clock that stands still is left standing.
 */
export function startClock({ queryClient }: PayKit): SnapshotWatcher {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    see: ({ queryHash, queryKey, state: { data } }) => {
      clearTimeout(timers.get(queryHash));
      if (!data || data.isClockFrozen) return;
      const now = new Date(data.now);
      const next = nextChangeAt(
        Object.values(data.entitlements).flatMap(({ grants }) => grants),
        now,
      );
      if (next === null) return;
      const seenAt = Date.now();
      const wait = Math.min(next.getTime() - now.getTime(), longestWaitMs);
      const tick = () => {
        const passed = Math.max(wait, Date.now() - seenAt); // a tab that slept wakes up late
        const later = new Date(now.getTime() + passed).toISOString();
        queryClient.setQueryData(queryKey, (held) => (held === data ? { ...data, now: later } : undefined));
        void queryClient.invalidateQueries({ queryKey });
      };
      timers.set(queryHash, setTimeout(tick, wait));
    },
    stop: () => timers.forEach(clearTimeout),
  };
}
