"use client";
import { useEffect, useRef } from "react";
import type { Sender } from "../client/send-command.js";
import { forgetViewer } from "./forget.js";
import { watchSnapshots } from "./watch-snapshots.js";

/** Keeps what is in the cache true while the page is open. The provider at the root watches for those below it. */
export function useLiveSnapshots(sender: Sender, isRoot: boolean) {
  const previous = useRef(sender);
  useEffect(() => {
    if (previous.current.viewerId !== sender.viewerId) forgetViewer(previous.current);
    previous.current = sender;
  }, [sender]);
  useEffect(() => {
    if (isRoot) return watchSnapshots(sender);
  }, [isRoot, sender]);
}
