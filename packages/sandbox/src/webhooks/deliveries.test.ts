import { describe, expect, it } from "vitest";
import { Deliveries, type OutgoingEvent } from "./deliveries.js";

const FIRST: OutgoingEvent = { id: "evt_1", type: "customer.created", body: '{"id":"evt_1"}' };
const SECOND: OutgoingEvent = { id: "evt_2", type: "customer.updated", body: '{"id":"evt_2"}' };

/** An endpoint that answers with the statuses given, then 200, on a clock that the test moves. */
function setUp({
  statuses = [],
  enabledEvents = ["*"],
}: {
  statuses?: number[];
  enabledEvents?: string[];
} = {}) {
  const received: string[] = [];
  const answers = [...statuses];
  let now = new Date("2026-11-22T12:00:00Z");
  const deliveries = new Deliveries({
    endpoints: () => [
      {
        id: "we_1",
        url: "http://app.test/hook",
        secret: "whsec_1",
        enabledEvents,
        deliver: async (request) => {
          const { id } = (await request.json()) as { id: string };
          received.push(id);
          return new Response(null, { status: answers.shift() ?? 200 });
        },
      },
    ],
    machine: () => now,
    retryDelaysMs: [5_000, 60_000],
  });
  const wait = (ms: number) => {
    now = new Date(now.getTime() + ms);
    return deliveries.settled();
  };
  return { deliveries, received, wait };
}

describe("Deliveries", () => {
  it("sends events in order, once each", async () => {
    const { deliveries, received } = setUp();
    deliveries.enqueue([FIRST, SECOND]);
    await deliveries.settled();
    expect(received).toEqual(["evt_1", "evt_2"]);
    expect(deliveries.of("evt_1")).toMatchObject([{ state: "delivered", attempts: [{ status: 200 }] }]);
    await deliveries.close();
  });

  it("sends only what an endpoint asked for", async () => {
    const { deliveries, received } = setUp({ enabledEvents: ["customer.updated"] });
    deliveries.enqueue([FIRST, SECOND]);
    await deliveries.settled();
    expect(received).toEqual(["evt_2"]);
    await deliveries.close();
  });

  it("tries again after 5 s and 1 min, then gives up", async () => {
    const { deliveries, received, wait } = setUp({ statuses: [500, 302, 404] });
    deliveries.enqueue([FIRST]);
    await deliveries.settled();
    expect(deliveries.of("evt_1")).toMatchObject([{ state: "waiting" }]);
    await wait(4_999);
    expect(received).toHaveLength(1);
    await wait(1);
    expect(received).toHaveLength(2);
    await wait(60_000);
    expect(received).toHaveLength(3);
    expect(deliveries.of("evt_1")).toMatchObject([
      { state: "failed", attempts: [{ status: 500 }, { status: 302 }, { status: 404 }], nextAttemptAt: null },
    ]);
    expect(deliveries.pendingOf("evt_1")).toBe(1);
    await deliveries.close();
  });

  it("delays, duplicates, reorders and drops on demand, and replays what was dropped", async () => {
    const { deliveries, received, wait } = setUp();
    deliveries.faults = { delayMs: 30_000, duplicate: true, reorder: true };
    deliveries.enqueue([FIRST, SECOND]);
    await deliveries.settled();
    expect(received).toEqual([]);
    await wait(30_000);
    expect(received).toEqual(["evt_2", "evt_2", "evt_1", "evt_1"]);

    received.length = 0;
    deliveries.faults = { drop: true };
    deliveries.enqueue([FIRST]);
    await deliveries.settled();
    expect(received).toEqual([]);
    expect(deliveries.of("evt_1").at(-1)).toMatchObject({ state: "dropped", attempts: [] });
    await deliveries.replay(FIRST);
    expect(received).toEqual(["evt_1"]);
    await deliveries.close();
  });
});
