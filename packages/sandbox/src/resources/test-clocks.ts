import { cancelNow } from "../billing/cancel-subscription.js";
import { runUntil } from "../clock/run-until.js";
import { DAY } from "../engine/instant.js";
import { invalid, missing } from "../wire/errors.js";
import { type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId } from "../world/new-id.js";
import type { TestClock } from "../world/objects/platform.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";

const KEPT_DAYS = 30;

export const testClocks: readonly Route[] = [
  route<{ frozen_time: number; name?: string; customer?: string }>(
    ["POST", "/v1/test_helpers/test_clocks"],
    "TestHelpers.TestClockCreateParams",
    ({ world, params }) => {
      const now = world.nowOn(null);
      const clock = world.put<TestClock>({
        id: newId("test_helpers.test_clock"),
        object: "test_helpers.test_clock",
        created: now,
        deletes_after: now + KEPT_DAYS * DAY,
        frozen_time: params.frozen_time,
        livemode: false,
        name: params.name ?? null,
        status: "ready",
        status_details: {},
      });
      world.emit("test_helpers.test_clock.created", clock);
      if (params.customer !== undefined) join(world, requireCustomer(world, params.customer).id, clock);
      return clock;
    },
  ),
  route<PageParams>(
    ["GET", "/v1/test_helpers/test_clocks"],
    "TestHelpers.TestClockListParams",
    ({ world, params }) =>
      paginate(world.list("test_helpers.test_clock"), params, "/v1/test_helpers/test_clocks"),
  ),
  route(["GET", "/v1/test_helpers/test_clocks/:id"], "TestHelpers.TestClockRetrieveParams", ({ world, id }) =>
    findClock(world, id),
  ),
  route(
    ["DELETE", "/v1/test_helpers/test_clocks/:id"],
    "TestHelpers.TestClockDeleteParams",
    ({ world, id }) => {
      const clock = findClock(world, id);
      for (const customer of world.list("customer").filter(({ test_clock }) => test_clock === id)) {
        for (const { id: subscription, status } of world.ofCustomer("subscription", customer.id)) {
          if (status !== "canceled" && status !== "incomplete_expired")
            cancelNow(world, subscription, { reason: null });
        }
        world.emit("customer.deleted", world.get("customer", customer.id));
        world.bury("customer", customer.id);
      }
      world.remove("test_helpers.test_clock", id);
      world.emit("test_helpers.test_clock.deleted", clock);
      return { id, object: "test_helpers.test_clock", deleted: true };
    },
  ),
  route<{ frozen_time: number }>(
    ["POST", "/v1/test_helpers/test_clocks/:id/advance"],
    "TestHelpers.TestClockAdvanceParams",
    ({ world, id, params, later }) => {
      const clock = findClock(world, id);
      requireAdvance(clock, params.frozen_time);
      const advancing = world.change("test_helpers.test_clock", id, {
        status: "advancing",
        status_details: { advancing: { target_frozen_time: params.frozen_time } },
      });
      world.emit("test_helpers.test_clock.advancing", advancing);
      later(() => advance(world, id, params.frozen_time));
      return advancing;
    },
  ),
];

/** Does all that is due on the clock, and leaves it ready at its new time. */
function advance(world: World, id: string, to: number): void {
  const finish = (patch: Partial<TestClock>, type: string) =>
    world.transact(() => {
      const done = world.change("test_helpers.test_clock", id, { status_details: {}, ...patch });
      world.emit(type, done);
    });
  try {
    runUntil(world, id, to);
    finish({ status: "ready", frozen_time: to }, "test_helpers.test_clock.ready");
  } catch (error) {
    console.error(error);
    finish({ status: "internal_failure" }, "test_helpers.test_clock.internal_failure");
  }
}

function requireAdvance(clock: TestClock, to: number): void {
  if (clock.status === "advancing") {
    throw invalid("This clock is still advancing; wait until it is ready.", { param: "id" });
  }
  if (to <= clock.frozen_time) {
    throw invalid("A test clock can only be advanced to a time after the one it is frozen at.", {
      param: "frozen_time",
    });
  }
}

/** A customer who is there already comes under the clock, with all that is theirs. */
function join(world: World, customer: string, clock: TestClock): void {
  const subscriptions = world.ofCustomer("subscription", customer);
  for (const one of subscriptions) world.remove("subscription", one.id);
  world.track("customer", customer, "customer.updated", () =>
    world.change("customer", customer, { test_clock: clock.id }),
  );
  for (const one of subscriptions) world.put({ ...one, test_clock: clock.id });
}

function findClock(world: World, id: string): TestClock {
  const clock = world.find("test_helpers.test_clock", id);
  if (!clock) throw missing("test clock", id);
  return clock;
}
