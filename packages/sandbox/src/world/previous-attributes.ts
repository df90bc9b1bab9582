/**
 * What a `*.updated` event says of the state before: the old values of what changed. Hashes are compared key by key, a
 * changed list appears whole, and a key that is new appears as null.
 */
export function previousAttributes(before: Hash, after: Hash): Hash {
  const previous: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]];
    if (isSame(old, now)) continue;
    previous[key] = isHash(old) && isHash(now) ? previousAttributes(old, now) : (old ?? null);
  }
  return previous;
}

type Hash = Readonly<Record<string, unknown>>;

function isHash(value: unknown): value is Hash {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  }
  if (!isHash(one) || !isHash(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]));
}
