import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Statement, TextRow } from "./statement.js";

/** What queries are written against: the connection itself or a transaction. */
export type Orm = PgDatabase<PgQueryResultHKT>;

/**
 * The app's database. Each call waits until the schema is known to be there and translates errors: `DATABASE_UNAVAILABLE`,
 * `DATABASE_OUTDATED`.
 */
export interface Database {
  /** Queries outside of a transaction. */
  query<T>(run: (orm: Orm) => Promise<T>): Promise<T>;
  /** Commits when `run` resolves, rolls back when it rejects. */
  transaction<T>(run: (tx: Orm) => Promise<T>): Promise<T>;
  /** One prepared statement. */
  execute(statement: Statement, values: Record<string, unknown>): Promise<TextRow[]>;
  /** Applies pending migrations. */
  migrate(): Promise<void>;
  /** Closes what PayKit opened; a pool or PGlite of yours stays open. */
  close(): Promise<void>;
}

/** A connected database, before the schema is looked at. */
export interface Driver {
  orm: Orm;
  transaction<T>(run: (tx: Orm) => Promise<T>): Promise<T>;
  execute(statement: Statement, values: unknown[]): Promise<TextRow[]>;
  close(): Promise<void>;
}
