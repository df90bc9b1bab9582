import { describe, expect, it } from "vitest";
import { coalesce } from "./coalesce.js";

function gatedWork() {
  const begun: { key: string; finish: (value: number) => void; fail: (error: Error) => void }[] = [];
  const run = coalesce(
    (key) => new Promise<number>((finish, fail) => void begun.push({ key, finish, fail })),
  );
  return { begun, run };
}

describe("coalesce", () => {
  it("runs twice for 12 calls at once, and the 11 late ones share the second run", async () => {
    const { begun, run } = gatedWork();
    const calls = Array.from({ length: 12 }, () => run("ann"));
    begun[0]?.finish(1);
    await expect(calls[0]).resolves.toBe(1);
    expect(begun).toHaveLength(2);
    begun[1]?.finish(2);
    await expect(Promise.all(calls.slice(1))).resolves.toEqual(Array(11).fill(2));
  });

  it("keeps keys apart", () => {
    const { begun, run } = gatedWork();
    void run("ann");
    void run("bob");
    expect(begun.map(({ key }) => key)).toEqual(["ann", "bob"]);
  });

  it("runs for those who wait although the run before them failed", async () => {
    const { begun, run } = gatedWork();
    const first = run("ann");
    const second = run("ann");
    begun[0]?.fail(new Error("down"));
    await expect(first).rejects.toThrow("down");
    begun[1]?.finish(2);
    await expect(second).resolves.toBe(2);
  });

  it("begins a new run once all are done", async () => {
    const { begun, run } = gatedWork();
    const first = run("ann");
    begun[0]?.finish(1);
    await first;
    void run("ann");
    expect(begun).toHaveLength(2);
  });
});
