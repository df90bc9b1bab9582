"use client";
import type { PayKitError } from "@paykit/server/contract";
import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { Loose } from "../client/request.js";
import type { CommandOptions } from "../mutations/command-options.js";
import type { PayKit } from "../provider/context.js";
import { useLeaving } from "./use-leaving.js";

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
  const finish = useCallback(() => {
    underWay.current = null;
  }, []);
  const [isLeaving, setLeaving] = useLeaving(finish);
  const viewer = useRef(paykit.viewerId);
  useEffect(() => {
    viewer.current = paykit.viewerId;
  }, [paykit.viewerId]);

  const settle = (url: string | null | undefined) => {
    if (url && viewer.current === paykit.viewerId) {
      setLeaving(true);
      paykit.navigate(url);
    } else finish();
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
