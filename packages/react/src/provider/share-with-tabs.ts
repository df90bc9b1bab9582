import type { WireSnapshot } from "@paykit/server/contract";
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { SnapshotQuery, SnapshotWatcher } from "./watch-snapshots.js";

/** A snapshot, and whether it is that of the person who is signed in. */
type Message = [snapshot: WireSnapshot | null, isOfViewer: boolean];

/**
 * Tells other tabs of each snapshot, and takes over theirs: without a request, only when it is newer, and only for a
 * customer that this tab already shows. When another person is signed in there, this tab asks who it is here.
 */
export function shareWithTabs(queryClient: QueryClient, queryKey: QueryKey): SnapshotWatcher {
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(queryKey.join());
  let isHearing = false;
  const hear = (query: SnapshotQuery, [snapshot, wasOfViewer]: Message) => {
    const held = query.state.data;
    if (held && held.customerId === snapshot?.customerId) {
      if (snapshot.now >= held.now) queryClient.setQueryData(query.queryKey, snapshot);
    } else if (held !== undefined && held !== snapshot && wasOfViewer && isOfViewer(query)) {
      void queryClient.invalidateQueries({ queryKey: query.queryKey });
    }
  };
  if (channel)
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      isHearing = true; // what was heard is not said again
      for (const query of queryClient.getQueryCache().findAll({ queryKey }))
        hear(query as SnapshotQuery, data);
      isHearing = false;
    };
  return {
    see: (query) => {
      if (!isHearing) channel?.postMessage([query.state.data ?? null, isOfViewer(query)] satisfies Message);
    },
    stop: () => channel?.close(),
  };
}

/** True when an entry is about the person who is signed in, and not about somebody they asked for. */
function isOfViewer({ queryKey }: SnapshotQuery): boolean {
  return Object.keys(queryKey[4] ?? {}).length === 0;
}
