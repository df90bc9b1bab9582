import { toTime, type WireSnapshot } from "@paykit/server/contract";
import type { QueryKey } from "@tanstack/react-query";
import { isOfViewer } from "../client/keys.js";
import type { Sender } from "../client/send-command.js";
import type { SnapshotQuery, SnapshotWatcher } from "./watch-snapshots.js";

interface Message {
  snapshot: WireSnapshot | null;
  /** True when it is that of the person who is signed in. */
  isOfViewer: boolean;
}

/**
 * Tells other tabs of each snapshot, and takes over theirs: without a request, only when it is newer, and only for a
 * customer that this tab already shows. When another person is signed in there, this tab asks who it is here.
 */
export function shareWithTabs({ queryClient }: Sender, queryKey: QueryKey): SnapshotWatcher {
  if (typeof BroadcastChannel === "undefined") return { see: () => {}, stop: () => {} };
  const channel = new BroadcastChannel(queryKey.join());
  let isHearing = false;
  const hear = (query: SnapshotQuery, { snapshot, ...message }: Message) => {
    const held = query.state.data;
    if (held && snapshot && held.customerId === snapshot.customerId) {
      if (toTime(snapshot.now) >= toTime(held.now)) queryClient.setQueryData(query.queryKey, snapshot);
    } else if (held !== undefined && held !== snapshot && message.isOfViewer && isOfViewer(query)) {
      void queryClient.invalidateQueries({ queryKey: query.queryKey });
    }
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    isHearing = true; // what was heard is not said again
    for (const query of queryClient.getQueryCache().findAll({ queryKey })) hear(query as SnapshotQuery, data);
    isHearing = false;
  };
  return {
    see: (query) => {
      if (isHearing) return;
      const message: Message = { snapshot: query.state.data ?? null, isOfViewer: isOfViewer(query) };
      channel.postMessage(message);
    },
    stop: () => channel.close(),
  };
}
