import { sql } from "drizzle-orm";
import { PayKitError } from "../contract/index.js";
import type { Driver, Orm } from "./database.js";
import { migrations } from "./migrations.generated.js";

export interface Migration {
  tag: string;
  hash: string;
  statements: readonly string[];
}

/** Any number that no other software is likely to lock. */
const lockId = 7_290_451_083;

/** Applies what is pending, all or nothing. Any number of processes may call it at once. */
export async function migrate({ transaction }: Pick<Driver, "transaction">): Promise<void> {
  await transaction(async (tx) => {
    // Held until the transaction ends, so it works through a transaction pooler too.
    await tx.execute(sql`select pg_advisory_xact_lock(${lockId})`);
    await tx.execute(sql`create table if not exists paykit_migration (
      tag text primary key,
      hash text not null,
      applied_at timestamptz not null default now()
    )`);
    for (const { tag, hash, statements } of await listPending(tx)) {
      for (const statement of statements) await tx.execute(sql.raw(statement));
      await tx.execute(sql`insert into paykit_migration (tag, hash) values (${tag}, ${hash})`);
    }
  });
}

/** Rejects with `DATABASE_OUTDATED` when a migration of this version has not been applied. */
export async function assertMigrated(orm: Orm): Promise<void> {
  const [pending] = await listPending(orm);
  if (pending === undefined) return;
  throw new PayKitError(
    "DATABASE_OUTDATED",
    `The database lacks the migration "${pending.tag}" of this version of PayKit. Run \`npx paykit migrate\`, or call \`await paykit.migrate()\` in your deployment, before the app starts.`,
  );
}

async function listPending(orm: Orm): Promise<Migration[]> {
  const [table] = await rows<{ found: boolean }>(
    orm,
    sql`select to_regclass('paykit_migration') is not null as found`,
  );
  if (!table?.found) return [...migrations];
  const applied = await rows<{ tag: string }>(orm, sql`select tag from paykit_migration`);
  const tags = new Set(applied.map(({ tag }) => tag));
  return migrations.filter(({ tag }) => !tags.has(tag));
}

async function rows<Row>(orm: Orm, query: ReturnType<typeof sql>): Promise<Row[]> {
  const result = (await orm.execute(query)) as { rows: Row[] };
  return result.rows;
}
