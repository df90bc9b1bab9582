import { createHash } from "node:crypto";

/**
 * A key that says what is done, so that doing it again is answered with the first answer. Stripe refuses a key with other
 * parameters, so whatever may differ between two honest attempts has to be among the parts. At most 255 characters.
 */
export function toIdempotencyKey(action: string, ...parts: readonly (string | number | null)[]): string {
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40);
  return `paykit-${action}-${hash}`;
}
