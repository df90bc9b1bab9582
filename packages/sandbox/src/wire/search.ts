import { invalid } from "./errors.js";

type Clause = {
  path: readonly string[];
  operator: ":" | "~" | ">" | "<" | ">=" | "<=";
  value: string;
  isNegated: boolean;
};

/** One step of a query: `-status:'active'`, `metadata['plan']:'pro'`, `created>1700000000`. */
const CLAUSE =
  /^\s*(-)?([a-z_]+)(?:\[["']([^"']+)["']\])?\s*(:|~|>=|<=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(null|[\w.]+))/i;

/**
 * Reads a search query into a predicate over API objects. `AND` and `OR` join clauses, but not both in one query.
 *
 * @throws ApiError 400 for a query that is not one, or names a field that cannot be searched
 */
export function parseSearch(query: string, fields: readonly string[]): (object: object) => boolean {
  const { clauses, join } = readClauses(query);
  for (const { path } of clauses) {
    if (!fields.includes(path[0] ?? "")) {
      throw invalid(`Field \`${path[0]}\` is an unsupported search field for this resource.`, {
        param: "query",
      });
    }
  }
  return (object) =>
    join === "OR"
      ? clauses.some((clause) => matches(clause, object))
      : clauses.every((clause) => matches(clause, object));
}

function readClauses(query: string): { clauses: Clause[]; join: "AND" | "OR" } {
  const clauses: Clause[] = [];
  const joins = new Set<string>();
  let rest = query;
  for (;;) {
    const match = CLAUSE.exec(rest);
    if (match === null) throw invalid(`The query could not be read at: ${rest.trim()}`, { param: "query" });
    const [whole, minus, field = "", key, operator, double, single, bare] = match;
    clauses.push({
      path: key === undefined ? [field] : [field, key],
      operator: operator as Clause["operator"],
      value: double ?? single ?? bare ?? "",
      isNegated: minus !== undefined,
    });
    rest = rest.slice(whole.length);
    const next = /^\s+(AND|OR)\s+/i.exec(rest);
    if (next === null) break;
    joins.add((next[1] ?? "").toUpperCase());
    rest = rest.slice(next[0].length);
  }
  if (rest.trim() !== "") throw invalid(`The query could not be read at: ${rest.trim()}`, { param: "query" });
  if (joins.size > 1) throw invalid("A query cannot combine AND and OR.", { param: "query" });
  return { clauses, join: joins.has("OR") ? "OR" : "AND" };
}

function matches({ path, operator, value, isNegated }: Clause, object: object): boolean {
  const found = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], object);
  return compare(found, operator, value) !== isNegated;
}

function compare(found: unknown, operator: Clause["operator"], value: string): boolean {
  if (value === "null" && operator === ":") return found === undefined || found === null;
  if (found === undefined || found === null) return false;
  const text = String(found).toLowerCase();
  switch (operator) {
    case ":":
      return text === value.toLowerCase();
    case "~":
      return text.includes(value.toLowerCase());
    case ">":
      return Number(found) > Number(value);
    case "<":
      return Number(found) < Number(value);
    case ">=":
      return Number(found) >= Number(value);
    case "<=":
      return Number(found) <= Number(value);
  }
}
