/**
 * `npm run demo`: the example in production mode beside a sandbox that plays Stripe, on this machine alone. PORT and
 * SANDBOX_PORT choose the ports.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildExample, buildPackages } from "./build.mjs";
import { install } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { isPortFree } from "./ports.mjs";
import { binary, exampleFolder, start, stopAll } from "./workspace.mjs";

const distDir = ".next";
const dataFolder = join(exampleFolder, ".paykit");
const appPort = Number(process.env.PORT ?? 3000);
const sandboxPort = Number(process.env.SANDBOX_PORT ?? 4242);
const appUrl = `http://127.0.0.1:${appPort}`;
/** @type {(() => Promise<void>)[]} */
const cleanups = [stopAll];
let isEnding = false;

process.once("SIGINT", () => end(0));
process.once("SIGTERM", () => end(0));
process.once("SIGHUP", () => end(0));

requireNode();
await requirePort("PORT", appPort);
await requirePort("SANDBOX_PORT", sandboxPort);
await must(install());
await must(buildPackages());
await must(buildExample({ distDir }));

const secrets = readSecrets();
const sandbox = await startSandbox();
const app = start(
  binary("next", exampleFolder),
  ["start", "--hostname", "127.0.0.1", "--port", String(appPort)],
  {
    cwd: exampleFolder,
    env: {
      NEXT_DIST_DIR: distDir,
      STRIPE_SECRET_KEY: "sk_test_demo",
      STRIPE_WEBHOOK_SECRET: secrets.webhook,
      STRIPE_API_URL: sandbox.url,
      TIME_TRAVEL: "1",
      DATABASE_URL: "",
      BETTER_AUTH_SECRET: secrets.auth,
      BETTER_AUTH_URL: appUrl,
      BETTER_AUTH_TELEMETRY: "0",
    },
  },
);
app.once("close", (code) => end(code ?? 1));
await isAnswering(appUrl);
console.log(welcome());

async function startSandbox() {
  const { startSandbox } = await import("../packages/sandbox/dist/index.js");
  const started = await startSandbox({
    port: sandboxPort,
    persist: join(dataFolder, "sandbox.json"),
    webhooks: [{ url: `${appUrl}/api/paykit/webhook`, secret: secrets.webhook }],
  });
  cleanups.push(() => started.close());
  return started;
}

/** What stays the same from one start to the next, so that a sign-in and a signed webhook outlive a restart. */
function readSecrets() {
  const path = join(dataFolder, "demo-secrets.json");
  if (!existsSync(path)) {
    mkdirSync(dataFolder, { recursive: true });
    const made = {
      auth: randomBytes(32).toString("hex"),
      webhook: `whsec_${randomBytes(24).toString("hex")}`,
    };
    writeFileSync(path, JSON.stringify(made), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * @param {string} variable
 * @param {number} port
 */
async function requirePort(variable, port) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    console.error(
      `${variable} is not a port: choose a number from 1 to 65535, as in ${variable}=3001 npm run demo`,
    );
    process.exit(1);
  }
  if (await isPortFree(port)) return;
  console.error(`Port ${port} is taken. Choose another: ${variable}=${port + 1} npm run demo`);
  process.exit(1);
}

/**
 * Ends here when the work failed; it has said why.
 * @param {Promise<number>} work resolves to an exit code
 */
async function must(work) {
  const code = await work;
  if (code !== 0) await end(code);
}

/** @param {string} url */
async function isAnswering(url) {
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Ends what was started, then this process. Never resolves, so that nothing else is started meanwhile.
 * @param {number} code
 * @returns {Promise<never>}
 */
async function end(code) {
  if (isEnding) return new Promise(() => {});
  isEnding = true;
  for (const cleanUp of cleanups) await cleanUp();
  process.exit(code);
}

function welcome() {
  return `
PayKit's demo is running.

  The app       ${appUrl}
  The sandbox   ${sandbox.url}   what Stripe would show you: customers, invoices, events, the clock

Things to try
  1. Sign up with any e-mail address and password. You are on Free, with 100 messages a month.
  2. Press Upgrade. The checkout page is the sandbox's.
       4000 0000 0000 0002   is declined, and says so
       4242 4242 4242 4242   pays (any future date, any CVC)
  3. You are back, on Pro. Send a message: 1,999 of 2,000 are left.
  4. Billing, Manage billing: cancel, and see until when Pro stays.
  5. The bar at the bottom lets a month pass, makes your card fail, and delays or loses webhooks.

Ctrl-C ends everything. Your data stays in ${join("examples", "nextjs", ".paykit")}; delete it to begin anew.`;
}
