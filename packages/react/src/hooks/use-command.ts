"use client";
import type { PayKitError } from "@paykit/server/contract";
import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { createIdempotencyKey } from "../client/idempotency-key.js";
import { usePayKit } from "../provider/context.js";
import { useLeaving } from "./use-leaving.js";

/** What every hook that does something hands out beside the doing. */
export interface CommandView {
  /** From the click until the answer is there, or until the browser is back from the page that it named. */
  isPending: boolean;
  error: PayKitError | null;
  /** Forgets the error. */
  reset: () => void;
}

/** Runs a command at most once at a time: while one is under way, asking again gives the same promise. */
export function useCommand<Answer, Body extends object>(
  options: UseMutationOptions<Answer, PayKitError, Body>,
  urlOf: (answer: Answer) => string | null,
) {
  const { mutateAsync, isPending, error, reset } = useMutation(options, usePayKit().queryClient);
  const { isLeaving, leave } = useLeaving();
  const underWay = useRef<Promise<Answer> | null>(null);
  useEffect(() => {
    if (!isLeaving) underWay.current = null;
  }, [isLeaving]);

  const send = async (body: Body) => {
    let url: string | null = null;
    try {
      const answer = await mutateAsync({ idempotencyKey: createIdempotencyKey(), ...body });
      url = urlOf(answer);
      if (url !== null) leave(url);
      return answer;
    } finally {
      if (url === null) underWay.current = null;
    }
  };
  const run = (body: Body) => {
    underWay.current ??= send(body);
    return underWay.current;
  };
  return { run, isPending: isPending || isLeaving, error, reset };
}
