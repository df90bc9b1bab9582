/**
 * Every code a `PayKitError` can carry, with its HTTP status. `docs/errors/<CODE>.md` says for each what causes it and
 * what to do. Codes are NOUN_CONDITION and never change their meaning.
 */
export const errorStatus = {
  AUTHORIZATION_DENIED: 403,
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  CARD_DECLINED: 402,
  CATALOG_INVALID: 500,
  CONFIG_INVALID: 500,
  CONTENT_TYPE_UNSUPPORTED: 415,
  CURRENCY_MISMATCH: 409,
  CUSTOMER_ID_MISMATCH: 403,
  CUSTOMER_UNKNOWN: 404,
  DATABASE_OUTDATED: 500,
  DATABASE_UNAVAILABLE: 503,
  ENTITLEMENT_DENIED: 403,
  FEATURE_UNKNOWN: 400,
  IDEMPOTENCY_KEY_REUSED: 409,
  IDENTIFY_NOT_CONFIGURED: 500,
  INPUT_INVALID: 400,
  INTERNAL: 500,
  KEY_UNKNOWN: 400,
  METHOD_NOT_ALLOWED: 405,
  NETWORK_FAILED: 503,
  ORIGIN_UNTRUSTED: 403,
  PLAN_UNKNOWN: 400,
  PRODUCT_OWNED: 409,
  PRODUCT_UNKNOWN: 400,
  QUOTE_EXPIRED: 409,
  RESERVATION_UNKNOWN: 404,
  ROUTE_UNKNOWN: 404,
  SESSION_UNKNOWN: 404,
  SIGNATURE_INVALID: 400,
  SIGNATURE_MISSING: 400,
  STRIPE_CUSTOMER_MISSING: 409,
  STRIPE_FAILED: 502,
  STRIPE_RATE_LIMITED: 503,
  STRIPE_UNAVAILABLE: 503,
  SUBSCRIPTION_CHANGED: 409,
  TEST_CLOCK_FORBIDDEN: 409,
  UNAUTHENTICATED: 401,
  UNTRUSTED_URL: 400,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** The body of every answer with a status of 400 or more. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; requestId: string };
}

/**
 * The one error that PayKit rejects with. `code` is for programs, `message` tells a person what to do next, `status` is
 * the HTTP status that the handler answers with. `cause` holds the original error on the server and never leaves it.
 */
export class PayKitError extends Error {
  override readonly name = "PayKitError";
  readonly code: ErrorCode;
  readonly status: number;
  /** The id that the server's log has for the failed request; set on errors that came over the wire. */
  readonly requestId?: string;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; requestId?: string } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.status = errorStatus[code];
    if (options.requestId !== undefined) this.requestId = options.requestId;
  }
}

/** Tells a `PayKitError` from other errors, also when two copies of the package are loaded. */
export function isPayKitError(error: unknown): error is PayKitError {
  return error instanceof Error && error.name === "PayKitError" && "code" in error;
}
