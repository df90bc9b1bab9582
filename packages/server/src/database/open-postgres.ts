import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Driver } from "./database.js";
import { postgresCode } from "./error.js";
import type { TextRow } from "./statement.js";

/** A pool of PayKit's own. An unreachable server is an error after five seconds instead of a request that hangs. */
export function createPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: "paykit",
  });
  // A connection lost while idle is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => {});
  return pool;
}

export function openPostgres(pool: pg.Pool, { owned }: { owned: boolean }): Driver {
  let isPrepared = true;
  const orm = drizzle(pool);
  return {
    orm,
    transaction: (run) => orm.transaction(run),
    execute: ({ name, text }, values) => {
      const query = { text, values, rowMode: "array" as const, types: textTypes };
      if (!isPrepared || name === null) return pool.query<unknown[]>(query).then(toRows);
      return pool.query<unknown[]>({ ...query, name }).then(toRows, (error) => {
        if (!lostPreparedStatement.has(postgresCode(error) ?? "")) throw error;
        isPrepared = false;
        return pool.query<unknown[]>(query).then(toRows);
      });
    },
    close: async () => {
      if (owned) await pool.end();
    },
  };
}

function toRows({ rows }: pg.QueryArrayResult<unknown[]>): TextRow[] {
  return rows as TextRow[];
}

/** Every column stays text, whatever type parsers the app has set for its own queries. */
const textTypes = { getTypeParser: () => (value: string) => value };

/**
 * What a pooler that hands each transaction another server connection, and does not track prepared statements, makes of a
 * named one. It fails before it runs, so it may be sent again without a name.
 */
const lostPreparedStatement = new Set(["26000", "42P05"]);
