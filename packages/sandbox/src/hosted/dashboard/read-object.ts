import type { ApiObject } from "../../world/hosted/dashboard.js";

/** What stands at a path of an object, as text for a table; empty when there is nothing. `items.data.0.price.id` is a path. */
export function textAt(object: ApiObject, path: string): string {
  const value = valueAt(object, path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

/** A number at a path, or null. */
export function numberAt(object: ApiObject, path: string): number | null {
  const value = valueAt(object, path);
  return typeof value === "number" ? value : null;
}

/** The id at a path, whether the object there is expanded or not. */
export function idAt(object: ApiObject, path: string): string {
  return textAt(object, path) || textAt(object, `${path}.id`);
}

function valueAt(object: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.hasOwn(value, key) ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
  }, object);
}
