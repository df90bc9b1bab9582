import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { anyStack } from "../../test/grant-arbitrary.js";
import { contextOf, makeCustomer, moveClock } from "../../test/ledger-fixture.js";
import { entitlementAt } from "../contract/index.js";
import { toWireSnapshot } from "../snapshot/index.js";
import { check } from "./check.js";
import { getSnapshot } from "./get-snapshot.js";
import { getItem } from "./items.js";

describe.each(databases)("the server and the browser on $name", ({ open }) => {
  const test = useDatabase(open);

  it("agree on any stack, now and at what comes next: check, getItem, and what the browser makes of the snapshot", async () => {
    const context = contextOf(test.current.database);
    const anyNeed = fc.integer({ min: 1, max: 90 });
    await fc.assert(
      fc.asyncProperty(anyStack, anyNeed, fc.nat({ max: 3 }), async ({ stack, now }, required, steps) => {
        const customerId = await makeCustomer(test.current.database, { grants: stack, now });
        const { entitlements } = toWireSnapshot(await getSnapshot(context, { customerId }));
        const known = entitlements.messages;
        if (known === undefined) throw new Error("The catalog has messages.");
        const at = known.upcoming.slice(0, steps).at(-1)?.at ?? now.toISOString();
        await moveClock(test.current.database, customerId, new Date(at));

        const seen = entitlementAt(known, at, required);
        const answer = await check(context, { customerId, featureId: "messages", required });
        const item = await getItem(context, { customerId, itemId: "messages" });
        const { allowed, balance, limit, unlimited } = seen;
        const resetAt = seen.nextResetAt === null ? null : new Date(seen.nextResetAt);
        expect(answer).toEqual({ allowed, balance: { limit, remaining: balance, resetAt, unlimited } });
        expect(item.quantity).toBe(balance ?? Number.POSITIVE_INFINITY);
        const { upcoming: _, ...then } =
          toWireSnapshot(await getSnapshot(context, { customerId })).entitlements.messages ?? known;
        expect(then).toEqual({ ...seen, allowed: unlimited || (balance ?? 0) >= 1 });
      }),
      { numRuns: 150 },
    );
  });
});
