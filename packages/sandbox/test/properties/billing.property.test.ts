import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attempt } from "./in-process.js";
import { expectInvariants } from "./invariants.js";
import { lives } from "./operation.js";
import { liveThrough, perform } from "./perform.js";
import { expectReplayToMatch } from "./replay-events.js";
import { runs } from "./runs.js";
import { openStage, type Stage } from "./stage.js";

describe("whatever a customer, an app and time do", () => {
  it("adds up: lines, discounts, balance and charges; nothing is billed twice or after its end", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const stage = await openStage();
        await liveThrough(stage, life);
        await expectInvariants(stage);
      }),
      runs,
    );
  }, 600_000);

  it("tells it all in events: replayed in order, they rebuild every object", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const stage = await openStage();
        await liveThrough(stage, life);
        await expectReplayToMatch(stage);
      }),
      runs,
    );
  }, 600_000);

  it("does nothing the second time that a call comes with the same idempotency key", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const stage = await openStage();
        for (const [index, operation] of life.entries()) {
          const options = { idempotencyKey: `call_${index}` };
          await attempt(() => perform(stage, operation, options));
          // Time that passes, cards, pages, deletions and steps of several calls are no call with a key.
          if (["advance", "card", "cancel", "buy_with_challenge", "plan_change"].includes(operation.type))
            continue;
          const before = await latestEvent(stage);
          await attempt(() => perform(stage, operation, options));
          expect(await latestEvent(stage)).toBe(before);
        }
      }),
      runs,
    );
  }, 600_000);
});

async function latestEvent({ stripe }: Stage): Promise<string | undefined> {
  return (await stripe.events.list({ limit: 1 })).data[0]?.id;
}
