import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "@paykit/sandbox";
import { freePort } from "../../../scripts/ports.mjs";
import { binary, exampleFolder, start } from "../../../scripts/workspace.mjs";

/** The production build that the tests run. */
export const distDir = ".next-test";

/** A start that takes longer than this has failed. */
const startMs = 240_000;

/** The built example beside a sandbox, on free ports, with a database of its own. */
export async function startExample({ timeTravel = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "paykit-example-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const webhookSecret = `whsec_${randomBytes(24).toString("hex")}`;
  const webhooks = [{ url: `${url}/api/paykit/webhook`, secret: webhookSecret }];
  const sandbox = await startSandbox({ port: 0, webhooks });
  const app = start(
    binary("next", exampleFolder),
    ["start", "--hostname", "127.0.0.1", "--port", `${port}`],
    {
      cwd: exampleFolder,
      output: "pipe",
      env: {
        NODE_ENV: "production",
        NEXT_DIST_DIR: distDir,
        DATABASE_URL: "",
        DATABASE_FOLDER: join(folder, "database"),
        STRIPE_SECRET_KEY: "sk_test_example",
        STRIPE_WEBHOOK_SECRET: webhookSecret,
        STRIPE_API_URL: sandbox.url,
        TIME_TRAVEL: timeTravel ? "1" : "",
        BETTER_AUTH_SECRET: randomBytes(32).toString("hex"),
        BETTER_AUTH_URL: url,
      },
    },
  );
  let log = "";
  for (const stream of [app.stdout, app.stderr]) {
    stream?.on("data", (chunk) => {
      log += chunk;
    });
  }
  const close = async () => {
    const ended = app.exitCode === null && app.signalCode === null && once(app, "close");
    app.kill("SIGTERM");
    await ended;
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await isAnswering(url, () => app.exitCode === null);
  } catch {
    await close();
    throw new Error(`The example does not answer:\n${log}`);
  }
  return { url, sandboxUrl: sandbox.url, close };
}

/** Asks until there is an answer; rejects when there will be none. */
async function isAnswering(url: string, isAlive: () => boolean) {
  const deadline = Date.now() + startMs;
  while (isAlive() && Date.now() < deadline) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("No answer.");
}
