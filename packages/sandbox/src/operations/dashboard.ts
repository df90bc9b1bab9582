import type { SandboxClock } from "../clock/sandbox-clock.js";
import { addInterval } from "../engine/cadence.js";
import { sortNewestFirst } from "../wire/paginate.js";
import type { ApiObject, DashboardOperations, DeliveryView, EventView } from "../world/hosted/dashboard.js";
import type { Noun } from "../world/objects/index.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";

/** The dashboard's side of `HostedOperations`. */
export function dashboardOperations({
  world,
  clock,
  deliveriesOf,
  replay,
  advance,
}: {
  world: World;
  clock: SandboxClock;
  deliveriesOf: (eventId: string) => DeliveryView[];
  replay: (eventId: string) => Promise<void>;
  advance: (to: Date) => Promise<void>;
}): DashboardOperations {
  const nextRenewal = () => nextRenewalAt(world);
  return {
    list: (object, { limit = 50 } = {}) =>
      sortNewestFirst(world.list(object as Noun))
        .slice(0, limit)
        .map((one) => renderStored(world, one)),
    get: (object, id) => {
      const found = world.find(object as Noun, id);
      return found === undefined ? null : renderStored(world, found);
    },
    events: ({ limit = 50 } = {}) =>
      sortNewestFirst(world.list("event"))
        .slice(0, limit)
        .map((event) => ({
          event: event as ApiObject & EventView["event"],
          deliveries: deliveriesOf(event.id),
        })),
    replay,
    clock: {
      now: () => clock.now(),
      nextRenewalAt: () => toDate(nextRenewal()),
      advance: async (step) => {
        const now = clock.instant();
        if (step === "next_renewal") {
          const at = nextRenewal();
          // An hour on, the renewal's invoice is finalized and paid.
          if (at !== null) await advance(new Date((at + 3_601) * 1_000));
          return;
        }
        await advance(new Date(addInterval(now, { interval: step, intervalCount: 1 }) * 1_000));
      },
    },
  };
}

/** Of the subscriptions on the sandbox's own clock. */
function nextRenewalAt(world: World): number | null {
  const ends = world
    .list("subscription")
    .filter(
      ({ status, test_clock }) =>
        test_clock === null && ["active", "trialing", "past_due", "unpaid"].includes(status),
    )
    .flatMap(({ items }) => items.data.map((id) => world.get("subscription_item", id).current_period_end));
  return ends.length === 0 ? null : Math.min(...ends);
}

function toDate(at: number | null): Date | null {
  return at === null ? null : new Date(at * 1_000);
}
