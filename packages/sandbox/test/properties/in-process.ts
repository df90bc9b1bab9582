import Stripe from "stripe";
import { createSandbox } from "../../src/index.js";

/** A sandbox of its own: the SDK on it, and a visitor who fills in forms. */
export function openSandbox() {
  const sandbox = createSandbox();
  const stripe = new Stripe(sandbox.secretKey, {
    httpClient: Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) =>
      sandbox.handler(new Request(input, init)),
    ),
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const submit = async (url: string, fields: Record<string, string>): Promise<void> => {
    await sandbox.handler(new Request(url, { method: "POST", body: new URLSearchParams(fields) }));
  };
  return { stripe, submit };
}

/** A request may be refused, and has done nothing then; anything else that goes wrong is a fault. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isRefused = error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500;
    if (!isRefused) throw error;
  }
}
