import type { Metadata } from "../world/objects/values.js";
import { invalid } from "./errors.js";

/** As a request writes metadata: `""` takes a key away, null takes all away. */
export type MetadataChange = Readonly<Record<string, string>> | null;

const MOST_KEYS = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

/** @throws ApiError 400 for more than 50 keys, a key over 40 or with brackets, a value over 500 characters */
export function mergeMetadata(before: Metadata, change: MetadataChange | undefined): Metadata {
  if (change === undefined) return before;
  if (change === null) return {};
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== "");
  for (const [key, value] of merged) {
    const param = `metadata[${key}]`;
    if (key.length > LONGEST_KEY)
      throw invalid(`Metadata keys can have up to ${LONGEST_KEY} characters.`, { param });
    if (/[[\]]/.test(key)) throw invalid("Metadata keys cannot contain square brackets.", { param });
    if (value.length > LONGEST_VALUE) {
      throw invalid(
        `Metadata values can have up to ${LONGEST_VALUE} characters, but you passed in a value that is ${value.length}.`,
        { param },
      );
    }
  }
  if (merged.length > MOST_KEYS)
    throw invalid(`Metadata can have up to ${MOST_KEYS} keys.`, { param: "metadata" });
  return Object.fromEntries(merged);
}
