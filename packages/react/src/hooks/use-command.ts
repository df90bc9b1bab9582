"use client";
import type { PayKitError } from "@paykit/server/contract";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Loose } from "../client/request.js";
import type { CommandOptions } from "../mutations/command-options.js";
import type { PayKit } from "../provider/context.js";

/** What every hook that does something hands out beside the doing. */
export interface CommandView {
  /** From the click until the answer is there, or until the browser is back from the page that it named. */
  isPending: boolean;
  error: PayKitError | null;
  /** Forgets the error. */
  reset: () => void;
}

/** A page that is still there this long after it was left has not been left. */
const leavingMs = 10_000;

/**
 * Runs a command at most once at a time: while one is under way, asking again gives the same promise. When the answer
 * names a page the browser leaves for it, and a button stays pending until the browser brings this page back.
 */
export function useCommand<Answer, Body>(
  paykit: PayKit,
  options: CommandOptions<Answer, Body>,
  urlOf: (answer: Answer) => string | null,
) {
  const { mutateAsync, isPending, error, reset } = useMutation(options, paykit.queryClient);
  const underWay = useRef<Promise<Answer> | null>(null);
  const viewer = useRef(paykit.viewerId);
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    viewer.current = paykit.viewerId;
  }, [paykit.viewerId]);
  useEffect(() => {
    if (!isLeaving) return;
    const stay = () => {
      underWay.current = null;
      setLeaving(false);
    };
    const timer = setTimeout(stay, leavingMs);
    addEventListener("pageshow", stay);
    return () => {
      clearTimeout(timer);
      removeEventListener("pageshow", stay);
    };
  }, [isLeaving]);

  const settle = (url: string | null | undefined) => {
    if (url && viewer.current === paykit.viewerId) {
      setLeaving(true);
      paykit.navigate(url);
    } else underWay.current = null;
  };
  const send = async (body: Loose<Body>) => {
    try {
      const answer = await mutateAsync(body);
      settle(urlOf(answer));
      return answer;
    } catch (error) {
      settle((error as PayKitError).code === "UNAUTHENTICATED" ? paykit.signInUrl : null);
      throw error;
    }
  };
  const run = (body: Loose<Body>) => (underWay.current ??= send(body));
  return { run, isPending: isPending || isLeaving, error, reset };
}
