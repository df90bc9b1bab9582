import { afterAll, describe, expect, it } from "vitest";
import { DeviationFinder } from "../shape/find-deviations.js";
import { loadSdkTypes } from "../shape/sdk-types.js";
import { accountTarget } from "./account-target.js";
import { cancellations } from "./cancellations.scenario.js";
import { catalog } from "./catalog.scenario.js";
import { changes } from "./changes.scenario.js";
import { customers } from "./customers.scenario.js";
import { failures } from "./failures.scenario.js";
import { invoices } from "./invoices.scenario.js";
import { payments } from "./payments.scenario.js";
import { plans } from "./plans.scenario.js";
import { platform } from "./platform.scenario.js";
import { reads } from "./reads.scenario.js";
import { sandboxTarget } from "./sandbox-target.js";
import { schedules } from "./schedules.scenario.js";
import { sessions } from "./sessions.scenario.js";
import type { Scenario } from "./target.js";
import { trials } from "./trials.scenario.js";
import { upkeep } from "./upkeep.scenario.js";

/** In the order in which a newcomer would read them. */
const scenarios: readonly Scenario[] = [
  customers,
  catalog,
  payments,
  invoices,
  plans,
  changes,
  trials,
  cancellations,
  failures,
  schedules,
  sessions,
  platform,
  reads,
  upkeep,
];

describe("the sandbox", () => {
  const target = sandboxTarget();
  for (const scenario of scenarios) scenario(target);

  describe("in everything it answered and sent above", () => {
    const finder = new DeviationFinder(loadSdkTypes());
    const { recording, sandbox } = target;

    it("has the shapes that the SDK declares, in every response", () => {
      const found = recording.answers.flatMap(({ call, body }) =>
        finder.inResponse(body).map((deviation) => `${call}: ${deviation}`),
      );
      expect(countEach(found)).toEqual([]);
      expect(recording.answers.length).toBeGreaterThan(500);
    });

    it("has the shapes that the SDK declares, in every webhook", async () => {
      await sandbox.settled();
      const found = recording.events.flatMap((event) => finder.inEvent(event));
      expect(countEach(found)).toEqual([]);
      expect(recording.events.length).toBeGreaterThan(500);
    });
  });
});

const key = process.env.STRIPE_TEST_KEY;
if (key) {
  describe("a test account at Stripe", { timeout: 600_000 }, () => {
    const target = accountTarget(key);
    for (const scenario of scenarios) scenario(target);
    afterAll(() => target.deleteClocks(), 600_000);
  });
}

/** Each deviation once, without the numbers of lists, and how often it was seen. */
function countEach(deviations: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const deviation of deviations) {
    const general = deviation.replace(/\[\d+\]/g, "[]").replace(/\/[a-z]+_[A-Za-z0-9_]+(?=[/:])/g, "/:id");
    counts.set(general, (counts.get(general) ?? 0) + 1);
  }
  return [...counts].map(([deviation, count]) => `${deviation} (${count} times)`);
}
