import type { WireSnapshot } from "@paykit/server/contract";
import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";
import { shareWithTabs } from "./share-with-tabs.js";
import { startClock } from "./start-clock.js";

/** A cache entry that holds a snapshot. */
export type SnapshotQuery = Query & { state: { data: WireSnapshot | null | undefined } };

/** What is done with every snapshot that arrives, until `stop`. */
export interface SnapshotWatcher {
  see: (query: SnapshotQuery) => void;
  stop: () => void;
}

/**
 * Lets time pass in the snapshots of the cache, tells other tabs of them, and asks again when the browser brings the page
 * back as it was left. Returns the way to stop. Nothing of the first paint needs it, so it is loaded after that, and imports
 * nothing that the page has already.
 */
export function watchSnapshots(queryClient: QueryClient, queryKey: QueryKey): () => void {
  const cache = queryClient.getQueryCache();
  const watchers = [startClock(queryClient), shareWithTabs(queryClient, queryKey)];
  const seen = new WeakMap<Query, WireSnapshot | null>();
  const look = () => {
    for (const query of cache.findAll({ queryKey }) as SnapshotQuery[]) {
      const { data } = query.state;
      if (data === undefined || data === seen.get(query)) continue;
      seen.set(query, data);
      for (const watcher of watchers) watcher.see(query);
    }
  };
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void queryClient.invalidateQueries({ queryKey });
  };
  const unsubscribe = cache.subscribe(look);
  addEventListener("pageshow", comeBack);
  look();
  return () => {
    unsubscribe();
    removeEventListener("pageshow", comeBack);
    for (const { stop } of watchers) stop();
  };
}
