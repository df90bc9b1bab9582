import qs from "qs";

/** Parameters before they are checked: strings, lists and hashes of them. */
export type RawParameters = Readonly<Record<string, unknown>>;

/**
 * Reads `a[b]=c` and `a[0][b]=c`, as the SDK writes forms and queries. Everything is still a string; `checkParameters`
 * gives each value its type.
 */
export function decode(text: string): RawParameters {
  return qs.parse(text, { depth: 12, arrayLimit: 1_000, parameterLimit: 10_000, allowPrototypes: false });
}
