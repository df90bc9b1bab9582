/** A key of its own for every click. `randomUUID` is missing on pages without HTTPS, such as a phone on the local network. */
export function createIdempotencyKey(): string {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join("-");
}
