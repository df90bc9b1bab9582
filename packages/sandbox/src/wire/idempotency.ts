import { createHash } from "node:crypto";
import { ApiError } from "./errors.js";

/** An answer that can be given again, word for word. */
export type StoredAnswer = { status: number; body: string; requestId: string };

type Entry = { fingerprint: string; at: number; answer: StoredAnswer | null };

/** How long a key is remembered, in milliseconds; after that it is new. */
const KEPT_MS = 24 * 3_600_000;
const LONGEST_KEY = 255;

/**
 * The first answer to each idempotency key. Answers to requests that were refused before they began (a malformed one, a
 * conflict) are not kept.
 */
export class IdempotencyKeys {
  private readonly entries = new Map<string, Entry>();

  /**
   * The answer to give again, or null when the request is to be run, which takes the key.
   *
   * @throws ApiError 400 `idempotency_error` for other parameters; 409 `idempotency_key_in_use` while the first runs
   */
  begin(
    key: string,
    request: { method: string; path: string; body: string },
    nowMs: number,
  ): StoredAnswer | null {
    if (key.length > LONGEST_KEY)
      throw conflict(400, `Idempotency keys can have up to ${LONGEST_KEY} characters.`);
    const fingerprint = createHash("sha256")
      .update(`${request.method} ${request.path}\n${request.body}`)
      .digest("base64");
    const known = this.entries.get(key);
    if (known === undefined || nowMs - known.at > KEPT_MS) {
      this.entries.set(key, { fingerprint, at: nowMs, answer: null });
      return null;
    }
    if (known.fingerprint !== fingerprint) {
      throw conflict(
        400,
        `The idempotency key '${key}' was first used with other parameters; a different request needs a key of its own.`,
      );
    }
    if (known.answer === null) {
      throw conflict(
        409,
        `Another request with the idempotency key '${key}' is still running.`,
        "idempotency_key_in_use",
      );
    }
    return known.answer;
  }

  finish(key: string, answer: StoredAnswer): void {
    const entry = this.entries.get(key);
    if (entry) this.entries.set(key, { ...entry, answer });
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }

  /** The answers that are known, as plain data. */
  dump(): IdempotencyDump {
    return [...this.entries].flatMap(([key, { answer, ...rest }]) =>
      answer === null ? [] : [{ key, ...rest, answer }],
    );
  }

  load(entries: IdempotencyDump): void {
    this.clear();
    for (const { key, ...entry } of entries) this.entries.set(key, entry);
  }
}

export type IdempotencyDump = { key: string; fingerprint: string; at: number; answer: StoredAnswer }[];

function conflict(status: number, message: string, code?: string): ApiError {
  return new ApiError(
    status,
    { type: "idempotency_error", message, ...(code === undefined ? {} : { code }) },
    status === 409 ? { headers: { "stripe-should-retry": "true" } } : {},
  );
}
