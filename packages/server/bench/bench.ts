import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import pg from "pg";
import { createCatalog, feature, plan } from "../src/catalog/index.js";
import { connect } from "../src/database/index.js";
import { check } from "../src/operations/check.js";
import type { Context } from "../src/operations/context.js";
import { getSnapshot } from "../src/operations/get-snapshot.js";
import { report } from "../src/operations/report.js";
import { type Kind, loadCustomers, sizeOf } from "./load.js";
import { type Figures, measure, type Subject } from "./measure.js";
import { startServer } from "./postgres.js";

const messages = feature({ id: "messages", type: "metered" });
const credits = feature({ id: "credits", type: "metered" });
const proModels = feature({ id: "pro_models", type: "boolean" });
const catalog = createCatalog([
  plan({
    id: "pro",
    includes: [messages({ limit: 1, reset: "month" }), credits({ quantity: 1 }), proModels()],
  }),
]);

interface Row extends Figures {
  customers: number;
  inFlight: number;
  name: string;
  floor: string;
}

/** Writes to `file`. `--quick`: 10,000 customers and short rounds, and nothing is written. */
export async function bench(args: readonly string[], file: string): Promise<void> {
  const quick = args.includes("--quick");
  const sizes = quick ? [10_000] : [10_000, 1_000_000];
  const flights = [1, 8, 32];
  const server = await startServer();
  const pool = new pg.Pool({ connectionString: server.url, max: 32, min: 32 });
  pool.on("error", () => {});
  const rows: Row[] = [];
  const sequentialScans: Record<string, number> = {};
  try {
    const pids = await openAll(pool, 32);
    for (const customers of sizes) {
      console.log(`loading ${customers.toLocaleString("en")} customers`);
      const loader = new pg.Client({ connectionString: server.url });
      await loader.connect();
      await loadCustomers(loader, customers);
      await loader.query("checkpoint");
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await endAndFlush(loader, client);
      const scansBefore = await countScans(client);
      for (const inFlight of flights) {
        rows.push(...(await measureAll({ pool, pids, customers, inFlight, quick })));
      }
      // Counts are handed in a second late at most.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      sequentialScans[customers] = (await countScans(client)) - scansBefore;
      await client.end();
    }
  } finally {
    await pool.end();
    await server.stop();
  }
  print(rows);
  console.log("tables read from end to end while measuring:", sequentialScans);
  if (!quick) await save(file, { rows, sequentialScans });
}

/** A backend hands in its counts before it is gone; the loader's would otherwise arrive while others are measured. */
async function endAndFlush(loader: pg.Client, client: pg.Client): Promise<void> {
  const [backend] = (await loader.query("select pg_backend_pid() as pid")).rows;
  await loader.end();
  const isThere = async () =>
    (await client.query("select from pg_stat_activity where pid = $1", [backend.pid])).rows.length > 0;
  while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function countScans(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    "select sum(seq_scan)::int as n from pg_stat_user_tables where relname in ('paykit_grant', 'paykit_customer', 'paykit_ledger')",
  );
  return rows[0].n;
}

async function openAll(pool: pg.Pool, count: number): Promise<number[]> {
  const clients = await Promise.all(Array.from({ length: count }, () => pool.connect()));
  const pids = await Promise.all(
    clients.map(async (client) => Number((await client.query("select pg_backend_pid() as pid")).rows[0].pid)),
  );
  for (const client of clients) client.release();
  return pids;
}

interface MeasureAllInput {
  pool: pg.Pool;
  pids: number[];
  customers: number;
  inFlight: number;
  quick: boolean;
}

async function measureAll({ pool, pids, customers, inFlight, quick }: MeasureAllInput): Promise<Row[]> {
  const context: Context = {
    database: connect({ database: pool, migrates: false }),
    catalog,
    usesTestClocks: false,
  };
  const groups = [reads(context, pool, customers), writes(context, pool, customers), hot(context, pool)];
  const rows: Row[] = [];
  for (const [floor, ...others] of groups) {
    if (floor === undefined) continue;
    const subjects = [floor, ...others];
    const figures = await measure({
      subjects,
      inFlight,
      pids,
      rounds: quick ? 5 : 9,
      roundMs: quick ? 300 : 400,
    });
    for (const [name, figure] of figures)
      rows.push({ customers, inFlight, name, floor: floor.name, ...figure });
    print(rows.slice(-subjects.length));
  }
  return rows;
}

/** Spreads calls over all customers of a kind, in an order that no cache foresees. */
function idOf(kind: Kind, customers: number, n: number): string {
  return `${kind}_${((n * 7_919) % sizeOf(kind, customers)) + 1}`;
}

function reads(context: Context, pool: pg.Pool, customers: number): Subject[] {
  const ofKind = (name: string, kind: Kind): Subject => ({
    name,
    call: (n) => check(context, { customerId: idOf(kind, customers, n), featureId: "messages" }),
  });
  return [
    {
      name: "floor: select by primary key",
      call: (n) =>
        pool.query({
          name: "bench_floor_select",
          text: "select remaining from bench_floor where customer_id = $1",
          values: [idOf("monthly", customers, n)],
        }),
    },
    ofKind("check, one grant", "monthly"),
    ofKind("check, five stacked", "stacked"),
    ofKind("check, renewal due", "due"),
    {
      name: "snapshot",
      call: (n) => getSnapshot(context, { customerId: idOf("monthly", customers, n) }),
    },
  ];
}

function writes(context: Context, pool: pg.Pool, customers: number): Subject[] {
  const ofKind = (name: string, kind: Kind): Subject => ({
    name,
    call: (n) => report(context, { customerId: idOf(kind, customers, n), featureId: "messages" }),
  });
  return [
    floorUpdate(pool, "floor: update by primary key", (n) => idOf("monthly", customers, n)),
    ofKind("report, one grant", "monthly"),
    {
      name: "report, one grant, with a key",
      call: (n) =>
        report(context, {
          customerId: idOf("monthly", customers, n),
          featureId: "messages",
          idempotencyKey: `${process.hrtime.bigint()}-${n}`,
        }),
    },
    ofKind("report, five stacked", "stacked"),
    ofKind("report, renewal due", "due"),
    ofKind("report, unlimited", "unlimited"),
    ofKind("report, not enough", "empty"),
  ];
}

/** Everybody reports for one customer, whose row is then the queue that everybody stands in. */
function hot(context: Context, pool: pg.Pool): Subject[] {
  return [
    floorUpdate(pool, "floor: update of one row", () => "monthly_1"),
    {
      name: "report, one hot customer",
      call: () => report(context, { customerId: "monthly_1", featureId: "messages" }),
    },
  ];
}

function floorUpdate(pool: pg.Pool, name: string, idFor: (n: number) => string): Subject {
  return {
    name,
    call: (n) =>
      pool.query({
        name: "bench_floor_update",
        text: "update bench_floor set remaining = remaining - 1 where customer_id = $1 returning remaining",
        values: [idFor(n)],
      }),
  };
}

function print(rows: readonly Row[]): void {
  console.table(
    rows.map(
      ({ customers, inFlight, name, opsPerSecond, p50Ms, p99Ms, ratio, clientCpuUs, serverCpuUs }) => ({
        customers,
        "in flight": inFlight,
        what: name,
        "ops/s": opsPerSecond,
        "p50 ms": p50Ms,
        "p99 ms": p99Ms,
        "x floor": ratio,
        "client us": clientCpuUs,
        "server us": serverCpuUs,
      }),
    ),
  );
}

interface Results {
  rows: Row[];
  sequentialScans: Record<string, number>;
}

async function save(file: string, results: Results): Promise<void> {
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? "unknown" };
  await writeFile(
    file,
    `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, ...results }, null, 2)}\n`,
  );
  console.log(`written to ${file}`);
}
