import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { startSandbox } from "./start-sandbox.js";

function clientOf(port: number): Stripe {
  return new Stripe("sk_test_1", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0 });
}

describe("startSandbox", () => {
  it("serves the SDK on a free port of 127.0.0.1", async () => {
    const sandbox = await startSandbox();
    const customer = await clientOf(sandbox.port).customers.create({ email: "ada@example.com" });
    expect(customer.email).toBe("ada@example.com");
    expect(sandbox.requests).toMatchObject([{ method: "POST", path: "/v1/customers", status: 200 }]);
    await sandbox.close();
  });

  it("keeps its state over a restart", async () => {
    const directory = mkdtempSync(join(tmpdir(), "sandbox-"));
    const persist = join(directory, "state.json");
    const first = await startSandbox({ persist });
    const { id } = await clientOf(first.port).customers.create({ name: "Ada" });
    await first.clock.advance(new Date(first.clock.now().getTime() + 86_400_000));
    await first.close();

    const second = await startSandbox({ persist });
    expect(await clientOf(second.port).customers.retrieve(id)).toMatchObject({ name: "Ada" });
    expect(second.clock.now().getTime() - Date.now()).toBeGreaterThan(86_000_000);
    await second.close();
    rmSync(directory, { recursive: true });
  });

  it("does what was asked and loses the answer, and the SDK's retry does it once", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.api({ closeBeforeAnswer: true, times: 1 });
    const stripe = new Stripe("sk_test_1", {
      host: "127.0.0.1",
      port: sandbox.port,
      protocol: "http",
      maxNetworkRetries: 2,
    });
    await stripe.customers.create({ name: "Ada" });
    expect((await stripe.customers.list()).data).toHaveLength(1);
    await sandbox.close();
  });
});
