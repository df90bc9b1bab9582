import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pg-proxy";
import { PayKitError } from "../contract/index.js";
import type { Driver, Orm } from "./database.js";
import { lockEmbedded, unlockEmbedded } from "./embedded-lock.js";
import type { TextRow } from "./statement.js";

/**
 * Drizzle reaches PGlite through its proxy driver: its PGlite driver imports PGlite itself, which an app that brings its
 * own Postgres need not have installed, and which a bundler must leave where it is.
 */
export function openPGlite(pglite: PGlite, close: () => Promise<void>): Driver {
  return {
    orm: toOrm(pglite),
    transaction: (run) => pglite.transaction((tx) => run(toOrm(tx))),
    execute: async (statement, values) => {
      const { rows } = await pglite.query<TextRow>(statement.text, values, {
        rowMode: "array",
        parsers: textParsers,
      });
      return rows;
    },
    close,
  };
}

function toOrm(connection: Pick<PGlite, "query">): Orm {
  return drizzle(async (text, values, method) => {
    if (method === "all") {
      return connection.query<unknown[]>(text, values, { rowMode: "array", parsers: dateParsers });
    }
    // The proxy driver hands on what stands in `rows`; the drivers of Postgres hand on the whole result.
    return { rows: (await connection.query(text, values, { parsers: dateParsers })) as unknown as unknown[] };
  }) as unknown as Orm;
}

/**
 * The embedded database in `directory`, one per directory and process. It hangs on `globalThis`, because a bundler loads
 * this module once for a page and once for a route handler, and again at every hot reload.
 */
export async function openEmbedded(directory: string): Promise<Driver> {
  const path = resolve(directory);
  const opening = instances.get(path) ?? createEmbedded(path);
  instances.set(path, opening);
  // A failed start is not kept: the next call tries again.
  opening.catch(() => instances.delete(path));
  const pglite = await opening;
  return openPGlite(pglite, async () => {
    instances.delete(path);
    if (!pglite.closed) await pglite.close();
    await unlockEmbedded(path);
  });
}

async function createEmbedded(path: string): Promise<PGlite> {
  const { PGlite } = await importPGlite();
  await mkdir(dirname(path), { recursive: true });
  await lockEmbedded(path);
  return PGlite.create({ dataDir: path });
}

async function importPGlite() {
  try {
    return await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ "@electric-sql/pglite");
  } catch (cause) {
    throw new PayKitError(
      "CONFIG_INVALID",
      "Without `database`, PayKit keeps its data in an embedded Postgres in development, and that needs the package `@electric-sql/pglite`. Install it (`npm install --save-dev @electric-sql/pglite`), or set `database` to a Postgres URL.",
      { cause },
    );
  }
}

const shared = globalThis as typeof globalThis & { [key: symbol]: unknown };
const key = Symbol.for("paykit.embedded-databases");
const instances: Map<string, Promise<PGlite>> = (shared[key] as Map<string, Promise<PGlite>>) ?? new Map();
shared[key] = instances;

/** bool, int8, int4, text, json, timestamp, timestamptz, numeric, jsonb stay text, as they do from `pg`. */
const textParsers = Object.fromEntries(
  [16, 20, 23, 25, 114, 1114, 1184, 1700, 3802].map((oid) => [oid, (value: string) => value]),
);

/** date, timestamp, timestamptz, interval: Drizzle's columns translate the text. */
const dateParsers = Object.fromEntries(
  [1082, 1114, 1184, 1186].map((oid) => [oid, (value: string) => value]),
);
