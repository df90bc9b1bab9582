import type { WireSnapshot } from "@paykit/server/contract";
import type { QueryClient } from "@tanstack/react-query";
import type { SnapshotWatcher } from "./watch-snapshots.js";

/** The longest that `setTimeout` can wait. */
const longestWaitMs = 2 ** 31 - 1;

/** How far each snapshot was ahead of the browser's clock when it was first seen. */
const leads = new WeakMap<WireSnapshot, number>();

/**
 * Lets time pass in a snapshot: at the next step of an entitlement its `now` moves on, which makes every reader look anew,
 * and the server is asked. Counted from the snapshot's own time, because the browser's clock may be wrong; a test clock
 * that stands still is left standing.
 */
export function startClock(queryClient: QueryClient): SnapshotWatcher {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    see: ({ queryHash, queryKey, state: { data } }) => {
      clearTimeout(timers.get(queryHash));
      const next = data && !data.isClockFrozen && nextStepAt(data);
      if (!next) return;
      const lead = leads.get(data) ?? Date.parse(data.now) - Date.now();
      leads.set(data, lead);
      const tick = () => {
        const now = new Date(Date.now() + lead).toISOString();
        queryClient.setQueryData(queryKey, (held) => (held === data ? { ...data, now } : undefined));
        void queryClient.invalidateQueries({ queryKey });
      };
      const waitMs = Date.parse(next) - lead - Date.now();
      timers.set(queryHash, setTimeout(tick, Math.min(waitMs, longestWaitMs)));
    },
    stop: () => timers.forEach(clearTimeout),
  };
}

/** When the next entitlement becomes something else; undefined when none is known to. */
function nextStepAt({ entitlements, now }: WireSnapshot): string | undefined {
  const steps = Object.values(entitlements).flatMap(({ upcoming }) => upcoming.map(({ at }) => at));
  return steps.filter((at) => at > now).sort()[0];
}
