import fc from "fast-check";
import Stripe from "stripe";
import { describe, it } from "vitest";
import { createSandbox } from "../../src/index.js";
import { expectInvariants } from "./invariants.js";
import { lives, openStage, perform } from "./operations.js";
import { expectReplayToMatch } from "./replay-events.js";

const RUNS = 25;

function newStripe(): Stripe {
  const sandbox = createSandbox();
  return new Stripe(sandbox.secretKey, {
    httpClient: Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) =>
      sandbox.handler(new Request(input, init)),
    ),
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

describe("whatever a customer, an app and time do", () => {
  it("adds up: lines, discounts, balance and charges; nothing is billed twice or after its end", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const stage = await openStage(newStripe());
        for (const operation of life) await attempt(() => perform(stage, operation));
        await expectInvariants(stage);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  it("tells it all in events: replayed in order, they rebuild every object", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const stage = await openStage(newStripe());
        for (const operation of life) await attempt(() => perform(stage, operation));
        await expectReplayToMatch(stage);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});

/** A request may be refused, and has done nothing then; anything else that goes wrong is a fault. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isRefused = error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500;
    if (!isRefused) throw error;
  }
}
