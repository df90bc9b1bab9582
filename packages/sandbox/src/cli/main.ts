import { Command, InvalidArgumentError } from "commander";
import { startSandbox } from "../start-sandbox.js";

const program = new Command("paykit-sandbox")
  .description(
    "Stripe Billing on this machine, with time travel. Modelled on Stripe's documentation, not made by Stripe.",
  )
  .option("--port <number>", "port on 127.0.0.1", readPort, 12_111)
  .option("--forward-to <url>", "send signed webhooks here")
  .option("--secret <whsec>", "signing secret of the webhooks", "whsec_sandbox")
  .option("--persist <file>", "keep the state in this file")
  .action(run);

type Flags = { port: number; forwardTo?: string; secret: string; persist?: string };

async function run({ port, forwardTo, secret, persist }: Flags): Promise<void> {
  const sandbox = await startSandbox({
    port,
    ...(forwardTo === undefined ? {} : { webhooks: [{ url: forwardTo, secret }] }),
    ...(persist === undefined ? {} : { persist }),
  });
  console.log(`Dashboard  ${sandbox.url}`);
  console.log(`API        host 127.0.0.1, port ${sandbox.port}, protocol http, key ${sandbox.secretKey}`);
  if (forwardTo !== undefined) console.log(`Webhooks   ${forwardTo}, secret ${secret}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

try {
  await program.parseAsync();
} catch (error) {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  console.error(isTaken ? "This port is taken. Choose another with --port, or 0 for a free one." : error);
  process.exitCode = 1;
}
