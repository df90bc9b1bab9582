import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { check } from "../src/operations/check.js";
import { databases, useDatabase } from "./databases.js";
import { contextOf, grantRow, makeCustomer, readLedger, utc } from "./ledger-fixture.js";
import type { WorkerOrder } from "./report-worker.js";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const postgres = databases.filter(({ name }) => name !== "PGlite");

describe.each(postgres)("200 callers in 4 processes on $name", ({ open }) => {
  const test = useDatabase(open);

  async function work(order: Omit<WorkerOrder, "url">) {
    const url = String(test.current.option);
    const processes = Array.from({ length: 4 }, (_, n) => {
      const own = { ...order, url, keyPrefix: order.keyPrefix === null ? null : `${order.keyPrefix}-${n}` };
      const script = join(here, "run-typescript.mjs");
      return run(process.execPath, [script, join(here, "report-worker.ts"), JSON.stringify(own)]);
    });
    const outputs = await Promise.all(processes);
    return outputs.map(({ stdout }) => JSON.parse(stdout) as { succeeded: number; isConsistent: boolean });
  }

  async function stateOf(customerId: string) {
    const { balance } = await check(contextOf(test.current.database), { customerId, featureId: "messages" });
    const used = (await readLedger(test.current.database, customerId)).filter(({ succeeded }) => succeeded);
    return {
      remaining: balance?.remaining,
      uses: used.length,
      sum: used.reduce((sum, { amount }) => sum + amount, 0),
    };
  }

  const total = (answers: { succeeded: number }[]) =>
    answers.reduce((sum, { succeeded }) => sum + succeeded, 0);

  it("lets exactly 100 of 200 succeed on a balance of 100, and the history adds up", async () => {
    const customerId = await makeCustomer(test.current.database, { grants: [grantRow()] });
    const answers = await work({ customerId, calls: 50, amount: 1, keyPrefix: null });
    expect(total(answers)).toBe(100);
    expect(await stateOf(customerId)).toEqual({ remaining: 0, uses: 100, sum: -100 });
  });

  it("lets exactly 100 succeed across five stacked grants", async () => {
    const grants = [10, 20, 30, 15, 25].map((quantity, n) =>
      grantRow({ grantId: `gift:${n}`, quantity, expiresAt: utc(`2026-0${n + 3}-01T00:00:00`) }),
    );
    const customerId = await makeCustomer(test.current.database, { grants });
    expect(total(await work({ customerId, calls: 50, amount: 1, keyPrefix: null }))).toBe(100);
    expect(await stateOf(customerId)).toEqual({ remaining: 0, uses: 100, sum: -100 });
  });

  it("renews once although all 200 find the renewal due: 33 uses of 3, and 1 is left", async () => {
    const grants = [grantRow({ remaining: 2, repeat: [1, "month"] })];
    const customerId = await makeCustomer(test.current.database, { grants, now: utc("2026-04-01T00:00:00") });
    expect(total(await work({ customerId, calls: 50, amount: 3, keyPrefix: null }))).toBe(33);
    expect(await stateOf(customerId)).toEqual({ remaining: 1, uses: 33, sum: -99 });
  });

  it("counts each once when every call is made twice under its key, and both get one answer", async () => {
    const customerId = await makeCustomer(test.current.database, { grants: [grantRow()] });
    const answers = await work({ customerId, calls: 50, amount: 1, keyPrefix: "job" });
    expect(total(answers)).toBe(100);
    expect(answers.every(({ isConsistent }) => isConsistent)).toBe(true);
    expect(await stateOf(customerId)).toEqual({ remaining: 0, uses: 100, sum: -100 });
  });
});
