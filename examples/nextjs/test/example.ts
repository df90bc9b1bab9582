import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "@paykit/sandbox";
import { buildExample } from "../../../scripts/build.mjs";
import { freePort } from "../../../scripts/ports.mjs";
import { binary, exampleFolder, start } from "../../../scripts/workspace.mjs";

const distDir = ".next-test";

export type Example = Awaited<ReturnType<typeof startExample>>;

/** The production build of the example beside a sandbox, on free ports, with a database of its own. */
export async function startExample({ timeTravel = false } = {}) {
  if ((await buildExample({ distDir })) !== 0) throw new Error("The example does not build.");
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
  app.stdout?.on("data", (chunk) => {
    log += chunk;
  });
  app.stderr?.on("data", (chunk) => {
    log += chunk;
  });
  await isAnswering(url, () => app.exitCode === null || fail(log));
  return {
    url,
    sandbox,
    /** What the app has written so far, for a test that looks for errors in it. */
    log: () => log,
    close: async () => {
      const ended = once(app, "close");
      app.kill("SIGTERM");
      await ended;
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks until there is an answer; `check` throws when there will never be one. */
async function isAnswering(url: string, check: () => unknown) {
  for (;;) {
    check();
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function fail(log: string): never {
  throw new Error(`The example ended before it answered:\n${log}`);
}
