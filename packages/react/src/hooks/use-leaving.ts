"use client";
import { useCallback, useEffect, useState } from "react";
import { usePayKit } from "../provider/context.js";

/** A page that is still there this long after it was left has not been left. */
const leavingMs = 10_000;

/** Leaves for another page, and says so until the browser brings this one back. */
export function useLeaving() {
  const { navigate } = usePayKit();
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    if (!isLeaving) return;
    const stay = () => setLeaving(false);
    const timer = setTimeout(stay, leavingMs);
    addEventListener("pageshow", stay);
    return () => {
      clearTimeout(timer);
      removeEventListener("pageshow", stay);
    };
  }, [isLeaving]);
  const leave = useCallback(
    (url: string) => {
      setLeaving(true);
      navigate(url);
    },
    [navigate],
  );
  return { isLeaving, leave };
}
