import { ApiError } from "./errors.js";

/** @throws ApiError 401 without a test key; a live key is refused by name, so that none is ever sent here unnoticed */
export function requireKey(request: Request): void {
  const key = keyOf(request.headers.get("authorization") ?? "");
  if (key === "") {
    throw unauthorized(
      "You did not provide an API key. Send one in the Authorization header, as in `Authorization: Bearer sk_test_sandbox`.",
    );
  }
  if (/^[sr]k_live_/.test(key)) {
    throw unauthorized("This is a sandbox, and it refuses live keys. Use any key that begins with sk_test_.");
  }
  if (!/^[sr]k_test_/.test(key)) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
}

function keyOf(authorization: string): string {
  const [scheme = "", value = ""] = authorization.split(" ");
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return "";
  return Buffer.from(value, "base64").toString().split(":")[0] ?? "";
}

function masked(key: string): string {
  return `${key.slice(0, 7)}${"*".repeat(Math.max(0, key.length - 11))}${key.slice(-4)}`;
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, { type: "invalid_request_error", message });
}
