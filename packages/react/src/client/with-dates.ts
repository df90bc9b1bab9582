type Dated<T, K extends keyof T> = Omit<T, K> & { [P in K]: Date | Extract<T[P], null> };

/** A copy with the named ISO 8601 strings as `Date`s; null stays null. */
export function withDates<T extends object, K extends keyof T>(wire: T, ...keys: K[]): Dated<T, K> {
  const dates = keys.map((key) => [key, wire[key] === null ? null : new Date(String(wire[key]))]);
  return { ...wire, ...Object.fromEntries(dates) };
}
