"use client";
import { useEffect, useState } from "react";

/** A page that is still there this long after it was left has not been left. */
const leavingMs = 10_000;

/** Whether the browser is about to leave the page; over when it brings the page back, or stays. */
export function useLeaving(onStay: () => void) {
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    if (!isLeaving) return;
    const stay = () => {
      onStay();
      setLeaving(false);
    };
    const timer = setTimeout(stay, leavingMs);
    addEventListener("pageshow", stay);
    return () => {
      clearTimeout(timer);
      removeEventListener("pageshow", stay);
    };
  }, [isLeaving, onStay]);
  return [isLeaving, setLeaving] as const;
}
