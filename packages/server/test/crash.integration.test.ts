import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type StartedSandbox, startSandbox } from "@paykit/sandbox";
import Stripe from "stripe";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CrashOrder } from "./crash-child.js";
import { databases, type TestDatabase } from "./databases.js";
import { createTestPayKit, request, type shopProducts } from "./paykit.js";

const webhookSecret = "whsec_crash";
// Beside the package's dependencies, so that what is not bundled is found.
const folder = mkdtempSync(fileURLToPath(new URL("../node_modules/.crash-", import.meta.url)));
let database: TestDatabase;
let sandbox: StartedSandbox;
let paykit: ReturnType<typeof createTestPayKit<typeof shopProducts>>["paykit"];
let stripe: Stripe;

beforeAll(async () => {
  const postgres = databases.find(({ name }) => name.startsWith("PostgreSQL"));
  if (postgres === undefined) throw new Error("there is no PostgreSQL to test on");
  [database, sandbox] = await Promise.all([postgres.open(), startSandbox(), bundleChild()]);
  const options = { secretKey: sandbox.secretKey, webhookSecret, apiUrl: sandbox.url };
  paykit = createTestPayKit(database.option, { stripe: options, on: { "*": async () => {} } }).paykit;
  const { hostname, port } = new URL(sandbox.url);
  stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
});
afterAll(async () => {
  await paykit.close();
  await sandbox.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

async function bundleChild() {
  await build({
    logLevel: "silent",
    configFile: false,
    resolve: { conditions: ["@paykit/source"] },
    ssr: { resolve: { conditions: ["@paykit/source"] } },
    build: {
      ssr: fileURLToPath(new URL("./crash-child.ts", import.meta.url)),
      outDir: folder,
      minify: false,
      rolldownOptions: { output: { entryFileNames: "child.mjs" } },
    },
  });
}

interface Delivery {
  body: string;
  signature: string;
}

async function buy(productId: string): Promise<Delivery> {
  const opened = await paykit.handler(request("/checkout", { json: { productId } }));
  const { url } = (await opened.json()) as { url: string };
  const form = {
    cardNumber: "4242424242424242",
    cardExpiry: "12 / 34",
    cardCvc: "123",
    email: "ann@example.com",
  };
  await fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  const { data } = await stripe.events.list({ type: "checkout.session.completed", limit: 1 });
  const payload = JSON.stringify(data[0]);
  return {
    body: payload,
    signature: await stripe.webhooks.generateTestHeaderStringAsync({ payload, secret: webhookSecret }),
  };
}

async function deliver({ body, signature }: Delivery): Promise<number> {
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  const url = "https://app.example.com/api/paykit/webhook";
  return (await paykit.handler(new Request(url, { method: "POST", headers, body }))).status;
}

/** As if the event had never arrived. */
async function forget() {
  for (const table of ["subscription", "grant", "purchase", "notice", "event"]) {
    await database.sql(`delete from paykit_${table}`);
  }
  await database.sql("update paykit_customer set sync_applied = 0, synced_at = null, default_plans = '{}'");
  await paykit.upsertCustomer({ id: "ann" });
}

/** Handles the delivery in a process of its own, which is killed after so many steps. True when it was. */
async function handleAndDie(delivery: Delivery, steps: number): Promise<boolean> {
  const order: CrashOrder = {
    ...{ database: String(database.option), apiUrl: sandbox.url, webhookSecret, steps },
    ...delivery,
  };
  const child = spawn(process.execPath, [join(folder, "child.mjs")], { stdio: ["pipe", "ignore", "pipe"] });
  const errors: string[] = [];
  child.stderr.on("data", (text) => errors.push(String(text)));
  child.stdin.end(JSON.stringify(order));
  const [status, signal] = await once(child, "close");
  if (signal === "SIGKILL") return true;
  expect([status, errors]).toEqual([0, []]);
  return false;
}

async function stateOf() {
  const customer = await paykit.getCustomer({ id: "ann" });
  return {
    plan: customer?.subscriptions[0]?.planId,
    messages: customer?.entitlements.messages.balance,
    credits: customer?.entitlements.credits.balance,
    products: customer?.products,
  };
}

describe("POST /webhook in a process that is killed", () => {
  it("is right after Stripe's next attempt, at whichever step it died, and grants nothing twice", async () => {
    await buy("pro");
    const delivery = await buy("credit_pack");
    const after = {
      ...{ plan: "pro", messages: 2000, credits: 500 },
      products: [{ productId: "credit_pack", quantity: 1 }],
    };
    let deaths = 0;
    for (;;) {
      await forget();
      if (!(await handleAndDie(delivery, deaths))) break;
      deaths += 1;
      // What the dead process was telling the app is free again long before Stripe tries anew.
      await database.sql("update paykit_notice set claimed_until = now()");
      expect(await deliver(delivery)).toBe(200);
      expect(await stateOf()).toEqual(after);
      expect(await database.sql("select 1 from paykit_notice where delivered_at is null")).toEqual([]);
      expect(await database.sql("select 1 from paykit_event")).toHaveLength(1);
    }
    expect(await stateOf()).toEqual(after);
    // A look at the event and the customer, three requests, a transaction, the notices, the event.
    expect(deaths).toBeGreaterThan(20);
  }, 180_000);
});
