import { ApiError } from "./errors.js";

/** A fault of the API: which requests it hits, what happens to them, and how often. */
export type ApiFault = {
  match?: (request: { method: string; path: string }) => boolean;
  /** Answer with this status instead of doing anything, e.g. 429 or 500. */
  status?: number;
  /** Wait before doing anything, in real milliseconds. */
  delayMs?: number;
  /** How many requests it hits; default: all until it is taken back. */
  times?: number;
  /** Do what was asked, but lose the answer: the connection breaks. */
  closeBeforeAnswer?: boolean;
};

/** A request whose answer is lost: over HTTP the socket is closed; in process this is what the fetch rejects with. */
export class ConnectionLost extends TypeError {
  override readonly name = "ConnectionLost";

  constructor() {
    super("fetch failed: the connection was closed before the answer");
  }
}

/** The fault that is in force, if any. */
export class ApiFaults {
  private fault: ApiFault | null = null;
  private left = 0;
  private readonly losing = new WeakSet<object>();

  set(fault: ApiFault | null): void {
    this.fault = fault;
    this.left = fault?.times ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the fault on for a request. `before` waits, then refuses it when the fault says so. */
  next(request: { method: string; path: string }): { before: () => Promise<void> } {
    const { fault } = this;
    if (fault === null || this.left <= 0 || fault.match?.(request) === false)
      return { before: async () => {} };
    this.left -= 1;
    if (fault.closeBeforeAnswer) this.losing.add(request);
    const { status, delayMs } = fault;
    return {
      before: async () => {
        if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
        if (status !== undefined) throw refusal(status);
      },
    };
  }

  losesAnswer(request: object): boolean {
    return this.losing.has(request);
  }
}

function refusal(status: number): ApiError {
  if (status === 429) {
    return new ApiError(
      429,
      {
        type: "invalid_request_error",
        code: "rate_limit",
        message: "Too many requests hit the API too quickly.",
      },
      { headers: { "stripe-rate-limited-reason": "global-rate" } },
    );
  }
  if (status >= 500) return new ApiError(status, { type: "api_error", message: "A fault was asked for." });
  return new ApiError(status, { type: "invalid_request_error", message: "A fault was asked for." });
}
