import type { RawParameters } from "./decode.js";
import { type ApiError, invalid, parameterMissing } from "./errors.js";
import { parameters } from "./parameters.generated.js";
import type { Shape } from "./shape.js";

/**
 * Checks a request against the shape of its parameter type and gives every value its type: integers, booleans, lists.
 * An empty value unsets (null) where the shape allows it.
 *
 * @throws ApiError 400 `parameter_unknown`, `parameter_missing`, `parameter_invalid_empty`, `parameter_invalid_integer`
 */
export function checkParameters(name: string, raw: RawParameters): Record<string, unknown> {
  const shape = parameters[name];
  if (shape === undefined) throw new Error(`no parameter type is called ${name}`);
  return checkKeys(shape, raw, "");
}

function checkKeys(shape: Shape, raw: RawParameters, path: string): Record<string, unknown> {
  if (typeof shape === "string" || !("keys" in shape)) throw new Error(`${path} is no hash`);
  const checked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    const inner = shape.keys[key] ?? shape.keys[`${key}!`];
    const at = join(path, key);
    if (inner === undefined) throw unknown(at);
    checked[key] = check(inner, value, at);
  }
  for (const key of Object.keys(shape.keys)) {
    const required = key.endsWith("!") ? key.slice(0, -1) : null;
    if (required !== null && !(required in checked)) throw parameterMissing(join(path, required));
  }
  return checked;
}

function check(shape: Shape, value: unknown, path: string): unknown {
  if (typeof shape === "string") return checkScalar(shape, value, path);
  if ("empty" in shape) return value === "" ? null : check(shape.empty, value, path);
  if ("enum" in shape) return checkEnum(shape.enum, value, path);
  if ("list" in shape)
    return toList(value, path).map((one, index) => check(shape.list, one, join(path, index)));
  if ("map" in shape) return checkMap(shape.map, value, path);
  if ("keys" in shape) return checkKeys(shape, toHash(value, path), path);
  return checkEither(shape.either, value, path);
}

function checkScalar(shape: Exclude<Shape, object>, value: unknown, path: string): unknown {
  if (shape === "any") return value;
  if (typeof value !== "string") throw invalid(`Invalid ${path}: must be a ${shape}.`, { param: path });
  switch (shape) {
    case "string":
      return value;
    case "integer":
      if (/^-?\d+$/.test(value)) return Number(value);
      throw invalid(`Invalid integer: ${value}`, { code: "parameter_invalid_integer", param: path });
    case "number":
      if (value !== "" && Number.isFinite(Number(value))) return Number(value);
      throw invalid(`Invalid number: ${value}`, { param: path });
    case "decimal":
      if (/^-?(\d+\.?\d{0,12}|\.\d{1,12})$/.test(value)) return value;
      throw invalid(`Invalid decimal: ${value}; must contain at maximum 12 decimal places.`, {
        code: "parameter_invalid_decimal",
        param: path,
      });
    case "boolean":
      if (value === "true" || value === "false") return value === "true";
      throw invalid(`Invalid boolean: ${value}`, { param: path });
  }
}

function checkEnum(literals: readonly string[], value: unknown, path: string): string {
  if (typeof value === "string" && literals.includes(value)) return value;
  if (value === "") throw emptied(path);
  const options = literals.join(", ");
  throw invalid(`Invalid ${path}: must be one of ${options}`, { param: path });
}

function checkEither(shapes: readonly Shape[], value: unknown, path: string): unknown {
  let last: unknown;
  for (const shape of shapes) {
    try {
      return check(shape, value, path);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function checkMap(shape: Shape, value: unknown, path: string): Record<string, unknown> | null {
  if (value === "") return null;
  const entries = Object.entries(toHash(value, path));
  return Object.fromEntries(
    entries.map(([key, one]) => [key, one === "" ? "" : check(shape, one, join(path, key))]),
  );
}

function toList(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  if (isHash(value)) return Object.values(value);
  throw invalid("Invalid array", { param: path });
}

function toHash(value: unknown, path: string): RawParameters {
  if (isHash(value)) return value;
  throw value === "" ? emptied(path) : invalid("Invalid object", { param: path });
}

function isHash(value: unknown): value is RawParameters {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function emptied(path: string): ApiError {
  return invalid(`Invalid empty value: '${path}' cannot be unset. Leave it out, or give it a value.`, {
    code: "parameter_invalid_empty",
    param: path,
  });
}

function unknown(path: string): ApiError {
  return invalid(`Received unknown parameter: ${path}`, { code: "parameter_unknown", param: path });
}

function join(path: string, key: string | number): string {
  return path === "" ? String(key) : `${path}[${key}]`;
}
