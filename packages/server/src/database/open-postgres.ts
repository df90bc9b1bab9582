import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Driver } from "./database.js";
import { postgresCode } from "./error.js";
import type { Statement, TextRow } from "./statement.js";

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
    execute: (statement, values) => {
      const { name, text } = statement;
      const sendUnnamed = () => pool.query<unknown[]>({ ...textRows, text, values }).then(toRows);
      if (!isPrepared || name === null) return sendUnnamed();
      return pool.query<unknown[]>(toPrepared(statement, name, values)).then(toRows, (error) => {
        if (!lostPreparedStatement.has(postgresCode(error) ?? "")) throw error;
        isPrepared = false;
        return sendUnnamed();
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

const prepared = new WeakMap<Statement, PreparedQuery>();

type PreparedQuery = pg.QueryArrayConfig & { types: pg.CustomTypesConfig };

/**
 * The query for one call: its own values, and everything else from a prototype that all calls of the statement share. The
 * driver copies each property that a query has of its own, descriptor by descriptor, at every call.
 */
function toPrepared(statement: Statement, name: string, values: unknown[]): PreparedQuery {
  const known = prepared.get(statement) ?? { ...textRows, name, text: statement.text };
  prepared.set(statement, known);
  const query = Object.create(known) as PreparedQuery;
  query.values = values;
  return query;
}

/** Every column stays text, whatever type parsers the app has set for its own queries. */
const textRows = {
  rowMode: "array" as const,
  types: { getTypeParser: () => (value: string) => value } as pg.CustomTypesConfig,
};

/**
 * What a pooler that hands each transaction another server connection, and does not track prepared statements, makes of a
 * named one. It fails before it runs, so it may be sent again without a name.
 */
const lostPreparedStatement = new Set(["26000", "42P05"]);
