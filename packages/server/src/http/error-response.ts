import { type ErrorBody, isPayKitError, PayKitError } from "../contract/index.js";

export interface Failure {
  code: ErrorBody["error"]["code"];
  status: number;
  /** What the person may read: of an error of the server's own, nothing but how to find it in the log. */
  message: string;
}

/** What of an error may leave the server. */
export function toFailure(error: unknown): Failure {
  const known = isPayKitError(error) ? error : new PayKitError("INTERNAL", "", { cause: error });
  const { code, status } = known;
  return { code, status, message: status >= 500 ? genericMessage(status) : known.message };
}

function genericMessage(status: number): string {
  if (status === 503) return "The service cannot answer right now. Try again in a moment.";
  if (status === 502) return "The payment provider refused the request. The server's log says why.";
  return "The server failed. Its log says why, under the request id.";
}

export function toJsonError({ code, message, status }: Failure, requestId: string): Response {
  const body: ErrorBody = { error: { code, message, requestId } };
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}
