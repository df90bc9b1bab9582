import type { PGlite } from "@electric-sql/pglite";
import type { Pool } from "pg";
import { PayKitError } from "../contract/index.js";
import type { Database, Driver } from "./database.js";
import { fromDatabaseError } from "./error.js";
import { assertMigrated, migrate } from "./migrate.js";
import { openEmbedded, openPGlite } from "./open-pglite.js";
import { createPool, openPostgres } from "./open-postgres.js";

export interface ConnectOptions {
  /** A Postgres URL, a `pg.Pool`, a PGlite; left out, an embedded Postgres in `directory`. */
  database?: string | Pool | PGlite | undefined;
  /** Where the embedded Postgres keeps its files. Default `.paykit/database`. */
  directory?: string;
  /** Whether the first call brings the schema up to date (development) or insists that it is (production). */
  migrates: boolean;
}

/** Does no I/O: opens, and looks at the schema, at the first call. What fails then is tried again at the next call. */
export function connect(options: ConnectOptions): Database {
  const open = once(() => openDriver(options));
  let current: Driver | null = null;
  const ready = once(async () => {
    const driver = await open.value();
    await (options.migrates ? migrate(driver) : assertMigrated(driver.orm));
    current = driver;
    return driver;
  });
  return {
    query: (run) => translated(async () => run((await ready.value()).orm)),
    transaction: (run) => translated(async () => (await ready.value()).transaction(run)),
    // The hot path: once the driver is there, nothing stands between the caller and it.
    execute: (statement, values) =>
      (current === null
        ? ready.value().then((driver) => driver.execute(statement, statement.bind(values)))
        : current.execute(statement, statement.bind(values))
      ).catch(rethrowTranslated),
    migrate: () => translated(async () => migrate(await open.value())),
    close: async () => {
      ready.reset();
      current = null;
      await open.reset()?.then((driver) => driver.close());
    },
  };
}

async function openDriver({ database, directory = ".paykit/database" }: ConnectOptions): Promise<Driver> {
  if (database === undefined) return openEmbedded(directory);
  if (typeof database === "string") return openPostgres(createPool(checkUrl(database)), { owned: true });
  if ("totalCount" in database) return openPostgres(database, { owned: false });
  return openPGlite(database, async () => {});
}

function checkUrl(url: string): string {
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new PayKitError(
    "CONFIG_INVALID",
    "`database` of createPayKit takes a URL that begins with postgres:// or postgresql://, a pg.Pool or a PGlite.",
  );
}

async function translated<T>(run: () => Promise<T>): Promise<T> {
  return run().catch(rethrowTranslated);
}

function rethrowTranslated(error: unknown): never {
  throw fromDatabaseError(error);
}

/** Runs `make` at the first call and keeps what it gave, unless it failed. */
function once<T>(make: () => Promise<T>) {
  let current: Promise<T> | undefined;
  return {
    value: (): Promise<T> => {
      if (current === undefined) {
        const made = make();
        current = made;
        made.catch(() => {
          if (current === made) current = undefined;
        });
      }
      return current;
    },
    reset: (): Promise<T> | undefined => {
      const last = current;
      current = undefined;
      return last;
    },
  };
}
