import { spawnSync } from "node:child_process";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { connect } from "./connect.js";
import { defineStatement } from "./statement.js";

describe.each(databases)("connect on $name", ({ open }) => {
  const test = useDatabase(open);

  it("gives a prepared statement's row as text", async () => {
    const statement = defineStatement(
      "probe",
      sql`select ${sql.placeholder("n")}::bigint, true, null, timestamptz '2026-01-31T00:00:00Z' at time zone 'UTC'`,
    );
    expect(await test.current.database.execute(statement, { n: 9007199254740991 })).toEqual([
      ["9007199254740991", "t", null, "2026-01-31 00:00:00"],
    ]);
  });

  it("rolls back a transaction whose function rejects", async () => {
    const { database } = test.current;
    const failing = database.transaction(async (tx) => {
      await tx.execute(sql`insert into paykit_customer (customer_id) values ('rolled_back')`);
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    expect(await test.current.sql("select 1 from paykit_customer where customer_id = 'rolled_back'")).toEqual(
      [],
    );
  });

  it("leaves the schema as it is when migrated again", async () => {
    await test.current.database.migrate();
    expect(await test.current.sql("select tag from paykit_migration")).toEqual([{ tag: "0000_initial" }]);
  });
});

describe("connect", () => {
  it("does no I/O until the first call", () => {
    expect(() => connect({ database: "postgres://127.0.0.1:1/none", migrates: false })).not.toThrow();
  });

  it("rejects with DATABASE_UNAVAILABLE when nothing listens", async () => {
    const database = connect({ database: "postgres://127.0.0.1:1/none", migrates: false });
    await expect(database.query((orm) => orm.execute(sql`select 1`))).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      status: 503,
    });
  });

  it("rejects an empty database with DATABASE_OUTDATED that names the command", async () => {
    const pglite = await PGlite.create();
    onTestFinished(() => pglite.close());
    const database = connect({ database: pglite, migrates: false });
    await expect(database.query((orm) => orm.execute(sql`select 1`))).rejects.toMatchObject({
      code: "DATABASE_OUTDATED",
      message: expect.stringContaining("npx paykit migrate"),
    });
    await database.migrate();
    await expect(database.query((orm) => orm.execute(sql`select 1`))).resolves.toBeDefined();
  });

  it("migrates once when eight connections start on an empty database together", async () => {
    const { url } = inject("postgres");
    const admin = new pg.Client({ connectionString: `${url}/postgres` });
    await admin.connect();
    await admin.query("create database eight_at_once");
    onTestFinished(async () => {
      await admin.query("drop database eight_at_once with (force)");
      await admin.end();
    });
    const starting = Array.from({ length: 8 }, () =>
      connect({ database: `${url}/eight_at_once`, migrates: true }),
    );
    await Promise.all(starting.map((database) => database.query((orm) => orm.execute(sql`select 1`))));
    await Promise.all(starting.map((database) => database.close()));
  });

  it("shares one embedded database between two connections to a directory and keeps its data", async () => {
    const folder = await mkdtemp(join(tmpdir(), "paykit-embedded-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const directory = join(folder, "database");
    const [first, second] = [connect({ directory, migrates: true }), connect({ directory, migrates: true })];
    await first.query((orm) => orm.execute(sql`insert into paykit_customer (customer_id) values ('kept')`));
    const count = sql<{ n: number }>`select count(*)::int as n from paykit_customer`;
    expect(await second.query((orm) => orm.execute(count))).toMatchObject({ rows: [{ n: 1 }] });
    await first.close();
    const reopened = connect({ directory, migrates: true });
    expect(await reopened.query((orm) => orm.execute(count))).toMatchObject({ rows: [{ n: 1 }] });
    await reopened.close();
  });

  it("refuses an embedded database that another process has open, and takes over what a dead one left", async () => {
    const folder = await mkdtemp(join(tmpdir(), "paykit-embedded-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const directory = join(folder, "database");
    const open = () => connect({ directory, migrates: true });
    // The process that started this one runs as long as this one does.
    await writeFile(`${directory}.lock`, String(process.ppid));
    await expect(open().query((orm) => orm.execute(sql`select 1`))).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      message: expect.stringContaining(`Process ${process.ppid}`),
    });
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    await writeFile(`${directory}.lock`, String(gone));
    const database = open();
    await database.query((orm) => orm.execute(sql`select 1`));
    await database.close();
    await expect(access(`${directory}.lock`)).rejects.toThrow();
  });

  it("goes on without prepared statements when a pooler loses them", async () => {
    const { url, template } = inject("postgres");
    const pool = new pg.Pool({ connectionString: `${url}/${template}`, max: 1 });
    onTestFinished(() => pool.end());
    const database = connect({ database: pool, migrates: false });
    const statement = defineStatement("lost", sql`select 1`);
    await database.execute(statement, {});
    await pool.query("deallocate all");
    expect(await database.execute(statement, {})).toEqual([["1"]]);
    expect(await database.execute(statement, {})).toEqual([["1"]]);
  });
});
