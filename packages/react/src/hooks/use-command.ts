"use client";
import type { SubscribeResult, UrlAnswer } from "@paykit/server/contract";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import type { Loose, Route } from "../client/request.js";
import { commandOptions } from "../mutations/command-options.js";
import type { PayKit } from "../provider/context.js";

/** What commands answer with; some of them name a page to see next. */
type Named = Partial<UrlAnswer & SubscribeResult<string>>;

/**
 * Runs a command at most once at a time: while one is under way, asking again gives the same promise. When the answer
 * names a page the browser leaves for it, and the command stays under way until the browser brings this page back.
 */
export function useCommand<Answer extends Named, Body extends object>(paykit: PayKit, path: Route) {
  const underWay = useRef<Promise<Answer> | null>(null);
  const { mutateAsync, isPending, error, reset } = useMutation(
    {
      ...commandOptions<Answer, Body>(paykit, path),
      onSuccess: ({ url, paymentUrl, requiredAction }) =>
        leave(paykit, url ?? paymentUrl ?? requiredAction?.url),
      onError: ({ status }) => leave(paykit, status === 401 && paykit.signInUrl),
      onSettled: () => {
        underWay.current = null;
      },
    },
    paykit.queryClient,
  );
  const run = (body: Loose<Body>) => (underWay.current ??= mutateAsync(body));
  return { run, isPending, error, reset };
}

/** A page that is still there this long after it was left has not been left. */
const leavingMs = 10_000;

/** Leaves for a page, unless somebody else is signed in by now. Resolves when the browser brings this one back, or stays. */
function leave({ navigate, viewer, viewerId }: PayKit, url: string | false | null | undefined) {
  if (!url || viewer.current !== viewerId) return;
  if (navigate) navigate(url);
  else location.assign(url);
  return new Promise((stay) => {
    setTimeout(stay, leavingMs);
    addEventListener("pageshow", stay, { once: true });
  });
}
