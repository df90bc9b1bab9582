import Stripe from "stripe";
import type { Target } from "./target.js";

const POLL_MS = 2_000;

/** A test account at Stripe. Clocks there take their time, and take their customers with them when they are deleted. */
export function accountTarget(key: string): Target & { deleteClocks(): Promise<void> } {
  if (!/^[sr]k_test_/.test(key))
    throw new Error("STRIPE_TEST_KEY must be a test key: sk_test_… or rk_test_…");
  const stripe = new Stripe(key);
  const startedAt = Math.floor(Date.now() / 1_000);
  return {
    name: "a test account at Stripe",
    stripe,
    stranger: new Stripe("sk_test_nobody"),
    advance: async (clock, to) => {
      await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
      while ((await stripe.testHelpers.testClocks.retrieve(clock)).status === "advancing") {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    deleteClocks: async () => {
      const clocks = await stripe.testHelpers.testClocks
        .list({ limit: 100 })
        .autoPagingToArray({ limit: 1_000 });
      for (const { id, created } of clocks) {
        if (created >= startedAt) await stripe.testHelpers.testClocks.del(id);
      }
    },
  };
}
