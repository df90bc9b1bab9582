import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { anyStack } from "../../test/grant-arbitrary.js";
import { contextOf, makeCustomer } from "../../test/ledger-fixture.js";
import { evaluateEntitlement } from "../contract/index.js";
import { toWireSnapshot } from "../snapshot/index.js";
import { check } from "./check.js";
import { getSnapshot } from "./get-snapshot.js";
import { getItem } from "./items.js";

describe.each(databases)("the server and the browser on $name", ({ open }) => {
  const test = useDatabase(open);

  it("agree on any stack: check, getItem, the snapshot, and the evaluator on the snapshot's grants", async () => {
    const context = contextOf(test.current.database);
    await fc.assert(
      fc.asyncProperty(anyStack, fc.integer({ min: 1, max: 90 }), async ({ stack, now }, required) => {
        const customerId = await makeCustomer(test.current.database, { grants: stack, now });
        const answer = await check(context, { customerId, featureId: "messages", required });
        const item = await getItem(context, { customerId, itemId: "messages" });
        const wire = toWireSnapshot(await getSnapshot(context, { customerId }));
        const shown = wire.entitlements.messages;
        const evaluated = evaluateEntitlement({
          ...{
            featureId: "messages",
            type: "metered",
            grants: shown?.grants ?? [],
            now: new Date(wire.now),
            required,
          },
        });
        const { allowed, balance, limit, unlimited, nextResetAt } = evaluated;
        expect(answer).toEqual({
          allowed,
          balance: { limit, remaining: balance, resetAt: nextResetAt, unlimited },
        });
        expect(item.quantity).toBe(balance ?? Number.POSITIVE_INFINITY);
        expect(shown).toMatchObject({
          ...{ balance, limit, unlimited, usage: evaluated.usage, allowed: unlimited || (balance ?? 0) >= 1 },
          nextResetAt: nextResetAt?.toISOString() ?? null,
        });
      }),
      { numRuns: 150 },
    );
  });
});
