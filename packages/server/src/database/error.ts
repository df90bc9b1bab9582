import { PayKitError } from "../contract/index.js";

/** The SQLSTATE or system error code of an error, wherever a driver or Drizzle has put it. */
export function postgresCode(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return null;
}

export function isUniqueViolation(error: unknown): boolean {
  return postgresCode(error) === "23505";
}

/** Turns "cannot reach it" into `DATABASE_UNAVAILABLE` and leaves every other error as it is. */
export function fromDatabaseError(error: unknown): unknown {
  if (error instanceof PayKitError || !isUnavailable(error)) return error;
  return new PayKitError(
    "DATABASE_UNAVAILABLE",
    "The database cannot be reached. Check that it runs and that the `database` option of createPayKit points at it.",
    { cause: error },
  );
}

const systemCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
]);
/** Connection exceptions, refused logins, shutdown, too many connections. */
const sqlStates = /^(08|28|57P0|53300|3D000)/;

function isUnavailable(error: unknown): boolean {
  const code = postgresCode(error);
  if (code !== null) return systemCodes.has(code) || sqlStates.test(code);
  return messages(error).some((message) =>
    /timeout exceeded|connection terminated|after calling end/i.test(message),
  );
}

function messages(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...messages(error.cause)] : [];
}
