import Stripe from "stripe";
import { createSandbox } from "../../src/index.js";

/** The SDK on a sandbox of its own. */
export function newStripe(): Stripe {
  const sandbox = createSandbox();
  return new Stripe(sandbox.secretKey, {
    httpClient: Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) =>
      sandbox.handler(new Request(input, init)),
    ),
    maxNetworkRetries: 0,
    telemetry: false,
  });
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
