import { defaultBasePath, type ErrorBody, type PayKitError, type routes } from "@paykit/server/contract";
import type { Connection } from "./connection.js";

export type Route = (typeof routes)[keyof typeof routes];

/** A body with fields that may be undefined, as components pass them on; JSON leaves them out. */
export type Loose<T> = { [K in keyof T]: T[K] | undefined };

/** A route with a query, or without one when there is nothing to say. */
export function withSearch(path: Route, fields: Record<string, string>): Path {
  const search = new URLSearchParams(fields).toString();
  return search ? `${path}?${search}` : path;
}

type Path = Route | `${Route}?${string}`;

const timeoutMs = 30_000;

/**
 * Sends `body` as JSON, or asks without one. Rejects with a `PayKitError`: what the handler said, or `NETWORK_FAILED` when
 * no answer came that is the handler's.
 */
export async function request<Answer>(
  { basePath = defaultBasePath, fetch = globalThis.fetch }: Connection,
  path: Path,
  body?: object,
): Promise<Answer> {
  const post = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  let status = 503;
  let answer: Answer | ErrorBody = noAnswer;
  try {
    const response = await fetch(basePath + path, { ...post, signal: AbortSignal.timeout(timeoutMs) });
    answer = await response.json();
    if (response.ok) return answer as Answer;
    status = response.status;
  } catch {}
  throw toError(answer as ErrorBody, status);
}

const noAnswer = {
  error: { code: "NETWORK_FAILED", message: "No connection. Please try again.", requestId: "" },
} as const;

/** A `PayKitError` as `isPayKitError` knows it, made without the class: its table of statuses stays on the server. */
function toError({ error }: ErrorBody, status: number): PayKitError {
  return Object.assign(new Error(error.message), { ...error, name: "PayKitError" as const, status });
}
