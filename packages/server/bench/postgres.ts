import { readFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { connect } from "../src/database/connect.js";
import { freePort } from "../test/free-port.js";
import { importPostgres } from "../test/reachable-postgres.js";

export interface BenchServer {
  url: string;
  stop: () => Promise<void>;
}

/** A PostgreSQL as an app would run it: durable, every commit flushed; only the caches are larger than the default. */
export async function startServer(): Promise<BenchServer> {
  const port = await freePort();
  const { Server, remove } = await importPostgres();
  const server = new Server({
    databaseDir: join(tmpdir(), `paykit-bench-${process.pid}`),
    port,
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    postgresFlags: [
      ...["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      ...["-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB", "-c", "checkpoint_timeout=60min"],
    ],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase("bench");
  const url = `postgresql://postgres:password@127.0.0.1:${port}/bench`;
  const database = connect({ database: url, migrates: true });
  await database.migrate();
  await database.close();
  return { url, stop: () => server.stop().finally(remove) };
}

/**
 * CPU seconds that these backends have used so far; null where there is no /proc, or one of them has ended.
 */
export async function serverCpuSeconds(pids: readonly number[]): Promise<number | null> {
  try {
    const ticks = await Promise.all(pids.map(cpuTicks));
    return ticks.reduce((sum, n) => sum + n, 0) / 100;
  } catch {
    return null;
  }
}

async function cpuTicks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const [, rest = ""] = stat.split(") ");
  const fields = rest.split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
