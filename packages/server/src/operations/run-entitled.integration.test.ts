import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { contextOf, grantRow, makeCustomer } from "../../test/ledger-fixture.js";
import { check } from "./check.js";
import { runEntitled } from "./run-entitled.js";

describe.each(databases)("runEntitled on $name", ({ open }) => {
  const test = useDatabase(open);
  const context = () => contextOf(test.current.database);

  async function somebodyWith(quantity: number) {
    const customerId = await makeCustomer(test.current.database, { grants: [grantRow({ quantity })] });
    const of = { customerId, feature: "messages" };
    const left = async () =>
      (await check(context(), { customerId, featureId: "messages" })).balance?.remaining;
    return { of, left };
  }

  it("counts work that succeeds, by what it used", async () => {
    const { of, left } = await somebodyWith(100);
    const outcome = await runEntitled(
      context(),
      { ...of, required: 40, used: (words: number) => words },
      async () => {
        expect(await left()).toBe(60);
        return 25;
      },
    );
    expect(outcome).toMatchObject({ allowed: true, result: 25, balance: { remaining: 75 } });
    expect(await left()).toBe(75);
  });

  it("does not run what is not covered", async () => {
    const { of } = await somebodyWith(3);
    const outcome = await runEntitled(context(), { ...of, required: 4 }, () =>
      Promise.reject(new Error("ran")),
    );
    expect(outcome).toMatchObject({ allowed: false, balance: { remaining: 3 } });
  });

  it("counts nothing when the work throws or does not succeed", async () => {
    const { of, left } = await somebodyWith(10);
    await expect(runEntitled(context(), of, () => Promise.reject(new Error("model down")))).rejects.toThrow(
      "model down",
    );
    await runEntitled(context(), { ...of, isSuccess: () => false }, async () => "half done");
    expect(await left()).toBe(10);
  });

  it("counts once per key although the work was done twice, in turn and at once", async () => {
    const { of, left } = await somebodyWith(10);
    const work = () =>
      runEntitled(context(), { ...of, required: 4, idempotencyKey: "job" }, async () => "done");
    await work();
    expect(await left()).toBe(6);
    await work();
    await Promise.all([work(), work()]).catch(() => undefined);
    expect(await left()).toBe(6);
  });

  it("lets work that was counted be done again although nothing is left", async () => {
    const { of, left } = await somebodyWith(4);
    const work = () =>
      runEntitled(context(), { ...of, required: 4, idempotencyKey: "job" }, async () => "done");
    await work();
    expect(await work()).toMatchObject({ allowed: true, result: "done" });
    expect(await left()).toBe(0);
  });

  it("lets one of two at once spend the last unit", async () => {
    const { of, left } = await somebodyWith(1);
    const outcomes = await Promise.all([1, 2].map(() => runEntitled(context(), of, async () => "done")));
    expect(outcomes.filter(({ allowed }) => allowed)).toHaveLength(1);
    expect(await left()).toBe(0);
  });

  it("runs what a boolean feature allows", async () => {
    const grants = [grantRow({ featureId: "pro_models", quantity: 0 })];
    const customerId = await makeCustomer(test.current.database, { grants });
    const run = (id: string) =>
      runEntitled(context(), { customerId: id, feature: "pro_models" }, async () => 1);
    expect(await run(customerId)).toEqual({ allowed: true, result: 1, balance: null });
    expect(await run("somebody else")).toEqual({ allowed: false, balance: null });
  });
});
