import type { WireSnapshot } from "@paykit/server/contract";
import type { Query } from "@tanstack/react-query";
import { handlerKey } from "../client/keys.js";
import type { Sender } from "../client/send-command.js";
import { forgetBeside } from "./forget.js";
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
 * Lets time pass in the snapshots of the cache, tells other tabs of them, forgets with them, and asks again when the browser
 * brings the page back as it was left. Returns the way to stop.
 */
export function watchSnapshots(sender: Sender): () => void {
  const queryKey = [...handlerKey(sender), "customer"];
  const cache = sender.queryClient.getQueryCache();
  const watchers = [startClock(sender), shareWithTabs(sender, queryKey)];
  const seen = new WeakMap<Query, WireSnapshot | null>();
  const see = (query: Query) => {
    const { data } = (query as SnapshotQuery).state;
    const previous = seen.get(query);
    if (data === undefined || data === previous) return;
    seen.set(query, data);
    if (previous && previous.customerId !== data?.customerId) forgetBeside(sender.queryClient, query);
    for (const watcher of watchers) watcher.see(query as SnapshotQuery);
  };
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void sender.queryClient.invalidateQueries({ queryKey });
  };
  cache.findAll({ queryKey }).forEach(see);
  const unsubscribe = cache.subscribe(({ query }) => {
    if (queryKey.every((part, index) => part === query.queryKey[index])) see(query);
  });
  addEventListener("pageshow", comeBack);
  return () => {
    unsubscribe();
    removeEventListener("pageshow", comeBack);
    for (const { stop } of watchers) stop();
  };
}
