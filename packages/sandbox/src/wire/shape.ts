/**
 * What a parameter may be. `keys` ending in `!` are required; `empty` may also be unset by an empty value; `either` is
 * the first that fits; `any` is taken as it is.
 */
export type Shape =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "decimal"
  | "any"
  | { enum: readonly string[] }
  | { list: Shape }
  | { map: Shape }
  | { keys: Readonly<Record<string, Shape>> }
  | { empty: Shape }
  | { either: readonly Shape[] };
