import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSandbox, type Sandbox, type SandboxOptions } from "./create-sandbox.js";
import { keepInFile } from "./keep-in-file.js";
import { ConnectionLost } from "./wire/api-faults.js";

export type StartOptions = Omit<SandboxOptions, "url"> & {
  /** Default 0: a free one. */
  port?: number;
  /** A file that keeps the state over restarts; left out, nothing is kept. */
  persist?: string;
};

export type StartedSandbox = Sandbox & { readonly port: number };

const HOST = "127.0.0.1";

/**
 * Starts a sandbox that listens on 127.0.0.1, and nowhere else.
 *
 * @throws the listener's error, e.g. `EADDRINUSE` for a port that is taken
 */
export async function startSandbox({
  port: wanted = 0,
  persist,
  ...options
}: StartOptions = {}): Promise<StartedSandbox> {
  let sandbox: Sandbox | null = null;
  const server = createServer(
    getRequestListener(async (request, { incoming }) => {
      if (sandbox === null) return new Response("starting", { status: 503 });
      try {
        return await sandbox.handler(request);
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        incoming.socket.destroy();
        return new Response(null, { status: 500 });
      }
    }),
  );
  const port = await listen(server, wanted);
  const started = createSandbox({ ...options, url: `http://localhost:${port}` });
  const keeper = persist === undefined ? null : keepInFile(started, persist);
  sandbox = started;
  return {
    ...started,
    port,
    close: async () => {
      await started.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      keeper?.flush();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}
