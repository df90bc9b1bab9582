import { defaultBasePath, type PayKitError, type routes } from "@paykit/server/contract";
import { askedCustomerId, type Connection } from "./connection.js";

export type Route = (typeof routes)[keyof typeof routes];

/** A body with fields that may be undefined, as components pass them on; JSON leaves them out. */
export type Loose<T> = { [K in keyof T]: T[K] | undefined };

/** What is sent beside the customer that the connection asks for: a query, or the body of a command. */
export interface Asked {
  path: Route;
  query?: Record<string, string>;
  body?: object;
}

const timeoutMs = 30_000;

/**
 * Asks, or sends a body as JSON. Rejects with a `PayKitError`: what the handler said, or `NETWORK_FAILED` when no answer came
 * that is the handler's.
 */
export async function request<Answer>(connection: Connection, { path, query, body }: Asked): Promise<Answer> {
  const { basePath = defaultBasePath, fetch = globalThis.fetch } = connection;
  const fields = { ...askedCustomerId(connection), ...query, ...body };
  const search = body ? "" : `${new URLSearchParams(fields as Record<string, string>)}`;
  const failure: Pick<PayKitError, "name" | "code" | "message" | "status"> = {
    name: "PayKitError",
    code: "NETWORK_FAILED",
    message: "No connection. Please try again.",
    status: 503,
  };
  try {
    const response = await fetch(basePath + path + (search && `?${search}`), {
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fields),
      }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    Object.assign(failure, answer.error, { status: response.status });
  } catch {}
  // As `isPayKitError` knows it, without the class, whose table of statuses stays on the server.
  throw Object.assign(new Error(failure.message), failure);
}
