import { defaultBasePath, type ErrorBody, type ErrorCode, type PayKitError } from "@paykit/server/contract";
import type { Connection } from "./connection.js";

const timeoutMs = 30_000;

/** Sends `body` as JSON, or asks without one. Rejects with a `PayKitError`; no answer at all is `NETWORK_FAILED`. */
export async function request<Answer>(connection: Connection, path: string, body?: object): Promise<Answer> {
  const { basePath = defaultBasePath, fetch = globalThis.fetch } = connection;
  const init: RequestInit = { credentials: "same-origin", signal: AbortSignal.timeout(timeoutMs) };
  if (body !== undefined) {
    init.method = "POST";
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(basePath + path, init).catch((cause: unknown) => {
    throw createError({ code: "NETWORK_FAILED", status: 503, message: "No answer came. Try again.", cause });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as Answer;
  throw createError({
    code: "INTERNAL",
    message: "",
    ...(answer as ErrorBody | null)?.error,
    status: response.status,
  });
}

interface ErrorFields {
  code: ErrorCode;
  message: string;
  status: number;
  requestId?: string;
  cause?: unknown;
}

/** A `PayKitError` as `isPayKitError` knows it, made without the class: its table of statuses stays on the server. */
function createError({ message, ...fields }: ErrorFields): PayKitError {
  return Object.assign(new Error(message), { name: "PayKitError" as const, ...fields });
}
