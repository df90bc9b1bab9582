import { PayKitError } from "../contract/index.js";

export type BodyKind = "json" | "form";

/** Which of the two accepted kinds of body the request announces. Errors: CONTENT_TYPE_UNSUPPORTED. */
export function bodyKind(request: Request): BodyKind {
  const kind = kinds.get(mediaType(request));
  if (kind !== undefined) return kind;
  throw new PayKitError(
    "CONTENT_TYPE_UNSUPPORTED",
    "Send the body as application/json, or as the fields of an HTML form.",
  );
}

export function isForm(request: Request): boolean {
  return kinds.get(mediaType(request)) === "form";
}

/** The body as a plain object; nothing is known of its fields yet. Errors: BODY_MALFORMED. */
export function parseBody(text: string, kind: BodyKind): Record<string, unknown> {
  return kind === "form" ? parseForm(text) : parseJson(text);
}

const kinds = new Map<string, BodyKind>([
  ["application/json", "json"],
  ["application/x-www-form-urlencoded", "form"],
]);

function mediaType(request: Request): string {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  return type.trim().toLowerCase();
}

function parseJson(text: string): Record<string, unknown> {
  const value = tryJson(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new PayKitError("BODY_MALFORMED", "The body is not a JSON object.");
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fields that are lists: a form repeats them. */
const lists = new Set(["addOnPlanIds"]);

/** A form knows only strings, sends empty fields too, and may repeat one. */
function parseForm(text: string): Record<string, unknown> {
  const body = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === "") continue;
    if (lists.has(name)) {
      body.set(name, [...((body.get(name) as string[] | undefined) ?? []), value]);
      continue;
    }
    if (body.has(name)) throw new PayKitError("BODY_MALFORMED", "The form sends a field twice.");
    body.set(name, name === "quantity" && /^\d{1,9}$/.test(value) ? Number(value) : value);
  }
  return Object.fromEntries(body);
}
