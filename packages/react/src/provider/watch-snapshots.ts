import type { WireSnapshot } from "@paykit/server/contract";
import type { Query, QueryClient } from "@tanstack/react-query";
import type { PayKit } from "./context.js";
import { forgetBeside, forgetViewer } from "./forget.js";
import { shareWithTabs } from "./share-with-tabs.js";
import { startClock } from "./start-clock.js";

/** A cache entry that holds a snapshot. */
export type SnapshotQuery = Query & { state: { data: WireSnapshot | null | undefined } };

/** What is done with every snapshot that arrives, until `stop`. */
export interface SnapshotWatcher {
  see: (query: SnapshotQuery) => void;
  stop: () => void;
}

export interface Watch extends Pick<PayKit, "queryClient" | "basePath" | "viewerId"> {
  previousViewerId: PayKit["viewerId"];
  /** The provider at the root watches for those below it. */
  isRoot: boolean;
}

/**
 * Keeps what is in the cache true while the page is open: lets time pass, tells other tabs, forgets with them and when
 * somebody else is signed in, and asks again when the browser brings the page back as it was left. Returns the way to stop.
 * Nothing of the first paint needs it, so it is loaded after that, and imports nothing that the page has already.
 */
export function watchSnapshots({ queryClient, basePath, ...watch }: Watch): (() => void) | undefined {
  const handlerKey = ["paykit", basePath];
  const { previousViewerId } = watch;
  if (previousViewerId !== watch.viewerId) forgetViewer(queryClient, handlerKey, previousViewerId);
  return watch.isRoot ? watchCache(queryClient, [...handlerKey, "customer"]) : undefined;
}

function watchCache(queryClient: QueryClient, queryKey: readonly unknown[]): () => void {
  const cache = queryClient.getQueryCache();
  const watchers = [startClock(queryClient), shareWithTabs(queryClient, queryKey)];
  const seen = new WeakMap<Query, WireSnapshot | null>();
  const see = (query: SnapshotQuery) => {
    const { data } = query.state;
    const before = seen.get(query);
    if (data === undefined || data === before) return;
    seen.set(query, data);
    if (before && before.customerId !== data?.customerId) forgetBeside(queryClient, query);
    for (const watcher of watchers) watcher.see(query);
  };
  const look = () => {
    for (const query of cache.findAll({ queryKey })) see(query as SnapshotQuery);
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
