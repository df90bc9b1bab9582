import { invalid } from "../wire/errors.js";
import type { ApiObject } from "./hosted/dashboard.js";
import type { Noun, StoredObject } from "./objects/index.js";
import { type Spec, specs } from "./specs.js";
import type { World } from "./world.js";

/** What to expand, as a tree: `["latest_invoice.payments"]` is `{ latest_invoice: { payments: {} } }`. */
export type Expansion = { [key: string]: Expansion };

const DEEPEST_EXPANSION = 4;

/** @throws ApiError 400 when a path is deeper than four levels (lists' `data` not counted) */
export function toExpansion(paths: readonly string[]): Expansion {
  const root: Expansion = {};
  for (const path of paths) {
    const keys = path.split(".");
    if (keys.filter((key) => key !== "data").length > DEEPEST_EXPANSION) {
      throw invalid(`You cannot expand more than ${DEEPEST_EXPANSION} levels of a property: ${path}`, {
        param: "expand",
      });
    }
    keys.reduce((node, key) => {
      node[key] ??= {};
      return node[key];
    }, root);
  }
  return root;
}

/**
 * The API's form of a stored object (or of a list or hash of them): what is hidden is left out, what the API always
 * embeds is looked up, and what the request expands too.
 *
 * @throws ApiError 400 for a property that cannot be expanded
 */
export function render(world: World, value: unknown, expansion: Expansion = {}): unknown {
  if (Array.isArray(value)) return value.map((one) => render(world, one, expansion));
  if (!isHash(value)) return value;
  // An event holds its object as it was, and of what is deleted little is left: nothing in them is looked up.
  if (value.object === "event" || value.deleted === true) return value;
  const spec = specOf(value);
  if (spec === undefined) return renderHash(new Rendering(world, {}), value, { path: "", expansion });
  return renderObject(new Rendering(world, spec), value, expansion);
}

export function renderStored(world: World, object: StoredObject): ApiObject {
  return render(world, object) as ApiObject;
}

class Rendering {
  constructor(
    readonly world: World,
    readonly spec: Spec,
  ) {}
}

type Place = { path: string; expansion: Expansion };

function renderObject(
  rendering: Rendering,
  object: Readonly<Record<string, unknown>>,
  expansion: Expansion,
): Record<string, unknown> {
  const { world, spec } = rendering;
  const { hidden: _, ...shown } = object;
  const added: Record<string, unknown> = {};
  const stored = object as unknown as StoredObject;
  for (const [key, compute] of Object.entries(spec.derives ?? {})) {
    if (!(key in object)) added[key] = compute(stored, world);
  }
  if (Object.keys(expansion).length === 0) return { ...withEmbeds(rendering, shown), ...added };
  const rest = { ...expansion };
  for (const [key, compute] of Object.entries(spec.includes ?? {})) {
    const inner = rest[key];
    if (inner === undefined) continue;
    delete rest[key];
    const value = compute(stored, world);
    if (value !== undefined) added[key] = render(world, value, inner);
  }
  return { ...renderHash(rendering, shown, { path: "", expansion: rest }), ...added };
}

/** The common case, and every event: nothing is expanded, so all but what the API always embeds stays as it is stored. */
function withEmbeds(
  { world, spec }: Rendering,
  shown: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.entries(spec.embeds ?? {}).reduce(
    (out, [path, noun]) =>
      replaceAt(out, path.split("."), (id) => resolve(world, { noun, id, expansion: {} })) as typeof shown,
    shown,
  );
}

function replaceAt(value: unknown, path: readonly string[], replace: (id: string) => unknown): unknown {
  const [key, ...rest] = path;
  if (Array.isArray(value)) return value.map((one) => replaceAt(one, path, replace));
  if (key === undefined) return typeof value === "string" ? replace(value) : value;
  return isHash(value) ? { ...value, [key]: replaceAt(value[key], rest, replace) } : value;
}

function renderHash(
  rendering: Rendering,
  hash: Readonly<Record<string, unknown>>,
  { path, expansion }: Place,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(hash)) {
    const at = path === "" ? key : `${path}.${key}`;
    out[key] = renderField(rendering, value, {
      path: at,
      expansion: expansion[key] ?? {},
      isExpanded: key in expansion,
    });
  }
  for (const key of Object.keys(expansion)) if (!(key in hash)) throw notExpandable(key);
  return out;
}

function renderField(rendering: Rendering, value: unknown, place: Place & { isExpanded: boolean }): unknown {
  const { spec, world } = rendering;
  const embedded = spec.embeds?.[place.path];
  const referenced = place.isExpanded ? spec.references?.[place.path] : undefined;
  const noun = embedded ?? referenced;
  if (typeof value === "string") {
    if (noun !== undefined) return resolve(world, { noun, id: value, expansion: place.expansion });
    if (place.isExpanded) throw notExpandable(place.path);
    return value;
  }
  if (Array.isArray(value)) return value.map((one) => renderField(rendering, one, place));
  if (!isHash(value)) return value;
  const inner = specOf(value);
  if (inner !== undefined) return renderObject(new Rendering(world, inner), value, place.expansion);
  return renderHash(rendering, value, place);
}

function resolve(
  world: World,
  { noun, id, expansion }: { noun: Noun; id: string; expansion: Expansion },
): unknown {
  const found = world.find(noun, id) ?? world.tombstone(noun, id);
  return found === undefined ? id : render(world, found, expansion);
}

/** Lists and hashes have no spec of their own: their paths go on those of the object they are in. */
function specOf(value: Readonly<Record<string, unknown>>): Spec | undefined {
  const { object } = value;
  if (typeof object !== "string" || object === "list" || object === "search_result") return undefined;
  return specs[object as Noun] ?? {};
}

function notExpandable(path: string) {
  return invalid(`This property cannot be expanded (${path}).`, { param: "expand" });
}

function isHash(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
