import type { StoredObject } from "../world/objects/index.js";
import { invalid, missing } from "./errors.js";

export type PageParams = { limit?: number; starting_after?: string; ending_before?: string };

/** The filter `created`: an instant, or bounds of one. */
export type Range = number | { gt?: number; gte?: number; lt?: number; lte?: number };

/** A page of the API: newest first, exclusive cursors. Takes the objects oldest first, as they are kept. */
export function paginate<T extends StoredObject>(objects: readonly T[], params: PageParams, url: string) {
  const limit = params.limit ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalid("Invalid integer: limit must be between 1 and 100.", {
      code: "parameter_invalid_integer",
      param: "limit",
    });
  }
  if (params.starting_after !== undefined && params.ending_before !== undefined) {
    throw invalid("You may only specify one of these parameters: ending_before, starting_after.", {
      code: "parameters_exclusive",
      param: "starting_after",
    });
  }
  const newestFirst = sortNewestFirst(objects);
  const { data, has_more } = slice(newestFirst, params, limit);
  return { object: "list" as const, data, has_more, url };
}

function slice<T extends StoredObject>(objects: readonly T[], params: PageParams, limit: number) {
  if (params.ending_before !== undefined) {
    const end = indexOf(objects, params.ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return { data: objects.slice(start, end), has_more: start > 0 };
  }
  const start =
    params.starting_after === undefined ? 0 : indexOf(objects, params.starting_after, "starting_after") + 1;
  return { data: objects.slice(start, start + limit), has_more: start + limit < objects.length };
}

/** By creation; of the same second, the later made comes first. */
export function sortNewestFirst<T extends StoredObject>(objects: readonly T[]): T[] {
  return [...objects].reverse().sort((one, other) => createdAt(other) - createdAt(one));
}

export function isWithin(at: number, range: Range | undefined): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return at === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return at > gt && at >= gte && at < lt && at <= lte;
}

function createdAt(object: StoredObject): number {
  return "created" in object ? object.created : 0;
}

function indexOf(objects: readonly StoredObject[], id: string, param: string): number {
  const index = objects.findIndex((object) => object.id === id);
  if (index === -1) throw missing(objects[0]?.object ?? "object", id, param);
  return index;
}

/** A filter that keeps what has each wanted value; what is not asked for lets all through. */
export function having<W extends object>(wanted: W): (one: { [K in keyof W]: unknown }) => boolean {
  const asked = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return (one) => asked.every(([key, value]) => one[key as keyof W] === value);
}

/** A filter by the usual `created`. */
export function createdWithin({
  created: range,
}: {
  created?: Range;
}): (one: { created: number }) => boolean {
  return ({ created }) => isWithin(created, range);
}
