import { createHash } from "node:crypto";
import { Placeholder, type SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";

/** A query of the hot path: compiled to text once, prepared once per connection. */
export interface Statement {
  /** What it is prepared under; null for a query that is sent as it is. */
  readonly name: string | null;
  readonly text: string;
  /** The values in the order of the text's parameters. */
  bind(values: Record<string, unknown>): unknown[];
}

/** A row as text, in the order of the selected columns; the caller knows the types. */
export type TextRow = readonly (string | null)[];

const dialect = new PgDialect();

/**
 * Compiles a query written with `sql` and `sql.placeholder`. The name carries a hash of the text, so that two versions of
 * this package can share a connection.
 */
export function defineStatement(name: string, query: SQL): Statement {
  const statement = defineQuery(query);
  const hash = createHash("sha256").update(statement.text).digest("hex").slice(0, 12);
  return { ...statement, name: `paykit_${name}_${hash}` };
}

/** Compiles a query that is not worth preparing, because its text depends on what is asked. */
export function defineQuery(query: SQL): Statement {
  const { sql: text, params } = dialect.sqlToQuery(query);
  const keys = params.map(keyOf);
  const distinct = [...new Set(keys)];
  const numberOf = (position: number) => distinct.indexOf(keys[position - 1] ?? "") + 1;
  return {
    name: null,
    // A value that is named twice is sent once.
    text: text.replace(/\$(\d+)/g, (_, position) => `$${numberOf(Number(position))}`),
    bind: (values) => distinct.map((key) => (typeof key === "string" ? values[key] : key.value)),
  };
}

/** Of a placeholder its name; anything else stands for itself. */
function keyOf(param: unknown): string | { value: unknown } {
  return param instanceof Placeholder ? String(param.name) : { value: param };
}
