/** What an error answer carries besides its status; everything but `type` and `message` is left out when it is not set. */
export type ErrorBody = {
  type: "invalid_request_error" | "card_error" | "idempotency_error" | "api_error";
  code?: string;
  decline_code?: string;
  param?: string;
  message: string;
  charge?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  setup_intent?: unknown;
  advice_code?: string;
  network_decline_code?: string;
};

/**
 * The one error that answers a request. It undoes everything that the request did, unless it says that what was done
 * stays (a declined payment leaves its payment intent and its failed charge).
 */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly options: { keepsChanges?: boolean; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(body.message);
  }

  /** The answer's body, always under `error`: the SDK takes any other body for a success. */
  toJson(): { error: ErrorBody & { doc_url?: string } } {
    const { code } = this.body;
    return { error: code === undefined ? this.body : { ...this.body, doc_url: docUrl(code) } };
  }
}

export function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes#${code.replaceAll("_", "-")}`;
}

/** A 400: the request itself is at fault. */
export function invalid(message: string, { code, param }: { code?: string; param?: string } = {}): ApiError {
  return new ApiError(400, {
    type: "invalid_request_error",
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  });
}

/** A 404 for an id that names nothing; the message is for a person, `customer` and `cus_1` make it. */
export function missing(noun: string, id: string, param = "id"): ApiError {
  return new ApiError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    param,
    message: `No such ${noun.replaceAll(".", " ").replaceAll("_", " ")}: '${id}'`,
  });
}

/** A reference in a parameter to something that is not there: a 400 that names the parameter. */
export function missingReference(noun: string, id: string, param: string): ApiError {
  return invalid(`No such ${noun.replaceAll("_", " ")}: '${id}'`, { code: "resource_missing", param });
}

export function parameterMissing(param: string): ApiError {
  return invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}
