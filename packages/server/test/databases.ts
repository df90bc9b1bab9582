import { randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { connect } from "../src/database/connect.js";
import type { Database } from "../src/database/database.js";

export interface TestDatabase {
  database: Database;
  /** Raw SQL, for what a test has to see or to spoil. */
  sql: <Row>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** The same database over a connection that refuses every write. */
  readOnly: (run: (database: Database) => Promise<void>) => Promise<void>;
  /** What `createPayKit` takes as `database`: the same database. */
  option: string | PGlite;
  close: () => Promise<void>;
}

export interface DatabaseKind {
  name: string;
  open: () => Promise<TestDatabase>;
}

async function openPGlite(): Promise<TestDatabase> {
  const loadDataDir = await openAsBlob(inject("pgliteDataDir"));
  const pglite = await PGlite.create({ loadDataDir });
  return {
    database: connect({ database: pglite, migrates: false }),
    sql: async <Row>(text: string, values: unknown[] = []) => (await pglite.query<Row>(text, values)).rows,
    readOnly: async (run) => {
      await pglite.exec("set default_transaction_read_only = on");
      await run(connect({ database: pglite, migrates: false }));
      await pglite.exec("set default_transaction_read_only = off");
    },
    option: pglite,
    close: () => pglite.close(),
  };
}

async function openPostgres(): Promise<TestDatabase> {
  const { url, template } = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(url, `create database ${name} template ${template}`);
  const option = `${url}/${name}`;
  const database = connect({ database: option, migrates: false });
  const pool = new pg.Pool({ connectionString: option, max: 2 });
  return {
    database,
    sql: async <Row>(text: string, values: unknown[] = []) =>
      (await pool.query<Row & pg.QueryResultRow>(text, values)).rows,
    readOnly: async (run) => {
      const database = connect({
        database: `${option}?options=-c%20default_transaction_read_only%3Don`,
        migrates: false,
      });
      await run(database);
      await database.close();
    },
    option,
    close: async () => {
      await Promise.all([database.close(), pool.end()]);
      await onServer(url, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** Both databases that PayKit runs on: `describe.each(databases)("check on $name", ({ open }) => ...)`. */
export const databases: DatabaseKind[] = [
  { name: "PGlite", open: openPGlite },
  { name: "PostgreSQL 18", open: openPostgres },
];

/** Opens a fresh database for a `describe` and closes it after. */
export function useDatabase(open: DatabaseKind["open"]): { readonly current: TestDatabase } {
  let opened: TestDatabase | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await opened?.close();
  });
  return {
    get current() {
      if (opened === undefined) throw new Error("The database is open in tests and hooks only");
      return opened;
    },
  };
}
