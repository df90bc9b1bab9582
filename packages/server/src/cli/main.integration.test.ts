import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

const name = `cli_${randomUUID().replaceAll("-", "")}`;
const { url } = inject("postgres");
const database = `${url}/${name}`;
const main = fileURLToPath(new URL("./main.ts", import.meta.url));

async function onServer<Row>(target: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: target });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

beforeAll(async () => void (await onServer(`${url}/postgres`, `create database ${name} template template0`)));
afterAll(async () => void (await onServer(`${url}/postgres`, `drop database ${name} with (force)`)));

/** The command in a process of its own, from its source. */
async function paykit(args: string[], env: Record<string, string> = {}) {
  // Commander reads the arguments of `node --eval` in another way; this is to be a command like any other.
  const code = `process.execArgv = [];
    process.argv = ["node", "paykit", ...${JSON.stringify(args)}];
    const { runnerImport } = await import("vite");
    const resolve = { conditions: ["@paykit/source", "node"] };
    await runnerImport(${JSON.stringify(main)}, { configFile: false, logLevel: "error", resolve, ssr: { resolve } });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: fileURLToPath(new URL("../../../..", import.meta.url)),
    env: { PATH: process.env.PATH, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { exitCode, output: output.trim() };
}

const tables = "select table_name from information_schema.tables where table_name like 'paykit_%'";

describe("paykit migrate", () => {
  it("says which database it lacks, and exits with 1", async () => {
    expect(await paykit(["migrate"])).toEqual({
      exitCode: 1,
      output: "Say which database: set DATABASE_URL, or pass --database postgres://...",
    });
  });

  it("makes the tables in the database of DATABASE_URL, and exits with 0", async () => {
    expect(await onServer(database, tables)).toEqual([]);
    const done = { exitCode: 0, output: "The database is up to date." };
    expect(await paykit(["migrate"], { DATABASE_URL: database })).toEqual(done);
    expect(await onServer(database, tables)).toContainEqual({ table_name: "paykit_customer" });
  });

  it("changes nothing the second time, with --database", async () => {
    const applied = "select tag, applied_at from paykit_migration";
    const before = await onServer(database, applied);
    expect(await paykit(["migrate", "--database", database])).toMatchObject({ exitCode: 0 });
    expect(await onServer(database, applied)).toEqual(before);
  });

  it("tells a database that cannot be reached by its code, and not the password", async () => {
    const { exitCode, output } = await paykit([
      "migrate",
      "--database",
      "postgres://me:secret@127.0.0.1:1/x",
    ]);
    expect(exitCode).toBe(1);
    expect(output).toContain("DATABASE_UNAVAILABLE");
    expect(output).not.toContain("secret");
  });
});
