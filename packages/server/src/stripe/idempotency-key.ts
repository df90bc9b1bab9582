import { createHash } from "node:crypto";

/** A key that PayKit chose, not one that the SDK makes up for a request without. */
export type IdempotencyKey = string & { readonly chosenBy: "paykit" };

/**
 * A key that says what is done, so that doing it again is answered with the first answer. Stripe refuses a key with other
 * parameters, so whatever may differ between two honest attempts has to be among the parts. At most 255 characters.
 */
export function toIdempotencyKey(
  action: string,
  ...parts: readonly (string | number | null)[]
): IdempotencyKey {
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40);
  return `paykit-${action}-${hash}` as IdempotencyKey;
}
