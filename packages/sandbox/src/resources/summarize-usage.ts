import { DAY, HOUR } from "../engine/instant.js";
import { aggregateUsage } from "../engine/meter-usage.js";
import { randomText } from "../world/new-id.js";
import type { Meter } from "../world/objects/platform.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";

/** One summary for the whole span, or one for each day or hour that had usage, newest first. */
export function summarizeUsage(
  world: World,
  meter: Meter,
  {
    customer,
    start_time,
    end_time,
    value_grouping_window: window,
  }: { customer: string; start_time: number; end_time: number; value_grouping_window?: "day" | "hour" },
) {
  const usage = world
    .ofMeter(meter.event_name, requireCustomer(world, customer).id)
    .map(({ timestamp, hidden }) => ({ at: timestamp, value: hidden.value }));
  const step = window === undefined ? end_time - start_time : window === "day" ? DAY : HOUR;
  const spans = Array.from({ length: Math.ceil((end_time - start_time) / step) }, (_, index) => ({
    start: start_time + index * step,
    end: Math.min(end_time, start_time + (index + 1) * step),
  }));
  return spans
    .filter(({ start, end }) => window === undefined || usage.some(({ at }) => at >= start && at < end))
    .reverse()
    .map((period) => ({
      id: `mtrusg_test_61${randomText(14)}`,
      object: "billing.meter_event_summary",
      aggregated_value: Number(aggregateUsage(usage, meter.default_aggregation.formula, period)),
      end_time: period.end,
      livemode: false,
      meter: meter.id,
      start_time: period.start,
    }));
}
