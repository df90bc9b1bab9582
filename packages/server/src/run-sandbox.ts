import { PayKitError, routes } from "./contract/index.js";

export type Handler = (request: Request) => Promise<Response>;

export interface RunningSandbox {
  url: string;
  webhookSecret: string;
}

interface Shared {
  running: Promise<RunningSandbox> | undefined;
  /** The newest handler: a reloaded module takes the deliveries over. */
  handler: Handler;
  basePath: string;
}

const key = Symbol.for("paykit.sandbox");
const shared = globalThis as typeof globalThis & { [key]?: Shared };

/**
 * The local sandbox in Stripe's place, one per process. It hangs on `globalThis`, because a bundler loads this module once
 * for a page and once for a route handler, and again at every hot reload. Its events come to our handler without a port.
 */
export function runSandbox({
  basePath,
  handler,
}: {
  basePath: string;
  handler: Handler;
}): Promise<RunningSandbox> {
  const current: Shared = shared[key] ?? { running: undefined, handler, basePath };
  shared[key] = current;
  current.handler = handler;
  current.basePath = basePath;
  current.running ??= start(current);
  current.running.catch(() => {
    current.running = undefined;
  });
  return current.running;
}

async function start(current: Shared): Promise<RunningSandbox> {
  const { startSandbox } = await importSandbox();
  const webhookSecret = "whsec_sandbox";
  const sandbox = await startSandbox({
    port: 0,
    persist: ".paykit/sandbox.json",
    webhooks: [
      {
        url: `http://paykit.local${current.basePath}${routes.webhook}`,
        secret: webhookSecret,
        deliver: (request: Request) => current.handler(request),
      },
    ],
  });
  return { url: sandbox.url, webhookSecret };
}

interface SandboxModule {
  startSandbox: (options: {
    port: number;
    persist: string;
    webhooks: { url: string; secret: string; deliver: Handler }[];
  }) => Promise<{ url: string }>;
}

async function importSandbox(): Promise<SandboxModule> {
  try {
    const name = "@paykit/sandbox";
    return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ name)) as SandboxModule;
  } catch (cause) {
    throw new PayKitError(
      "CONFIG_INVALID",
      "Without stripe.secretKey PayKit runs on a local sandbox in development, and that needs the package `@paykit/sandbox`. Install it (`npm install --save-dev @paykit/sandbox`), or set stripe.secretKey.",
      { cause },
    );
  }
}
