import { DAY, HOUR } from "../engine/instant.js";
import { aggregateUsage } from "../engine/meter-usage.js";
import { fromDecimal } from "../engine/rational.js";
import { invalid, missing } from "../wire/errors.js";
import { type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId, randomText } from "../world/new-id.js";
import type { Meter, MeterEvent } from "../world/objects/platform.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./customers.js";

type MeterParams = {
  customer_mapping?: Meter["customer_mapping"];
  default_aggregation: Meter["default_aggregation"];
  display_name: string;
  event_name: string;
  event_time_window?: "day" | "hour";
  value_settings?: Meter["value_settings"];
};

const OLDEST_EVENT_DAYS = 35;
/** Events may be ahead of the clock by this much. */
const FUTURE_SECONDS = 300;

export const meters: readonly Route[] = [
  route<MeterParams>(["POST", "/v1/billing/meters"], "Billing.MeterCreateParams", ({ world, params }) => {
    if (
      world
        .list("billing.meter")
        .some(({ event_name, status }) => event_name === params.event_name && status === "active")
    ) {
      throw invalid(`An active meter already uses the event name ${params.event_name}.`, {
        code: "resource_already_exists",
        param: "event_name",
      });
    }
    const now = world.nowOn(null);
    const meter = world.put<Meter>({
      id: newId("billing.meter"),
      object: "billing.meter",
      created: now,
      customer_mapping: params.customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
      default_aggregation: params.default_aggregation,
      display_name: params.display_name,
      event_name: params.event_name,
      event_time_window: params.event_time_window ?? null,
      livemode: false,
      status: "active",
      status_transitions: { deactivated_at: null },
      updated: now,
      value_settings: params.value_settings ?? { event_payload_key: "value" },
    });
    world.emit("billing.meter.created", meter);
    return meter;
  }),
  route<PageParams & { status?: Meter["status"] }>(
    ["GET", "/v1/billing/meters"],
    "Billing.MeterListParams",
    ({ world, params }) =>
      paginate(
        world
          .list("billing.meter")
          .filter(({ status }) => params.status === undefined || status === params.status),
        params,
        "/v1/billing/meters",
      ),
  ),
  route(["GET", "/v1/billing/meters/:id"], "Billing.MeterRetrieveParams", ({ world, id }) =>
    findMeter(world, id),
  ),
  route<{ display_name?: string }>(
    ["POST", "/v1/billing/meters/:id"],
    "Billing.MeterUpdateParams",
    ({ world, id, params }) => {
      const { display_name } = findMeter(world, id);
      world.track("billing.meter", id, "billing.meter.updated", () =>
        world.change("billing.meter", id, {
          display_name: params.display_name ?? display_name,
          updated: world.nowOn(null),
        }),
      );
      return world.get("billing.meter", id);
    },
  ),
  route(["POST", "/v1/billing/meters/:id/deactivate"], "Billing.MeterDeactivateParams", ({ world, id }) =>
    setStatus(world, id, "inactive"),
  ),
  route(["POST", "/v1/billing/meters/:id/reactivate"], "Billing.MeterReactivateParams", ({ world, id }) =>
    setStatus(world, id, "active"),
  ),
  route<
    PageParams & {
      customer: string;
      start_time: number;
      end_time: number;
      value_grouping_window?: "day" | "hour";
    }
  >(
    ["GET", "/v1/billing/meters/:id/event_summaries"],
    "Billing.MeterListEventSummariesParams",
    ({ world, id, params }) => {
      const meter = findMeter(world, id);
      const data = summaries(world, meter, params);
      return {
        object: "list",
        data: data.slice(0, params.limit ?? 10),
        has_more: data.length > (params.limit ?? 10),
        url: `/v1/billing/meters/${id}/event_summaries`,
      };
    },
  ),
  route<{ event_name: string; identifier?: string; payload: Record<string, string>; timestamp?: number }>(
    ["POST", "/v1/billing/meter_events"],
    "Billing.MeterEventCreateParams",
    ({ world, params }) => {
      const event = recordUsage(world, params);
      const { id: _, ...shown } = event;
      return shown;
    },
  ),
  route<{ event_name: string; type: "cancel"; cancel?: { identifier?: string } }>(
    ["POST", "/v1/billing/meter_event_adjustments"],
    "Billing.MeterEventAdjustmentCreateParams",
    ({ world, params }) => {
      const identifier = params.cancel?.identifier ?? "";
      const event = world.find("billing.meter_event", eventKey(params.event_name, identifier));
      if (event === undefined) throw missing("meter event", identifier, "cancel[identifier]");
      world.remove("billing.meter_event", event.id);
      return {
        object: "billing.meter_event_adjustment",
        cancel: { identifier },
        event_name: params.event_name,
        livemode: false,
        status: "complete",
        type: "cancel",
      };
    },
  ),
];

function recordUsage(
  world: World,
  {
    event_name,
    identifier = randomText(24),
    payload,
    timestamp,
  }: { event_name: string; identifier?: string; payload: Record<string, string>; timestamp?: number },
): MeterEvent {
  const meter = world
    .list("billing.meter")
    .find((one) => one.event_name === event_name && one.status === "active");
  if (meter === undefined)
    throw invalid(`No active meter found with the event name ${event_name}.`, { param: "event_name" });
  const customer = requireCustomer(world, payload[meter.customer_mapping.event_payload_key]);
  const now = world.nowFor(customer.id);
  const at = timestamp ?? now;
  // A test clock may be taken to where the event already is.
  const isLive = customer.test_clock === null;
  if (isLive && (at > now + FUTURE_SECONDS || at < now - OLDEST_EVENT_DAYS * DAY)) {
    throw invalid(
      `A meter event lies within the last ${OLDEST_EVENT_DAYS} days and at most 5 minutes ahead.`,
      { param: "timestamp" },
    );
  }
  const value = readValue(meter, payload);
  const id = eventKey(event_name, identifier);
  if (world.find("billing.meter_event", id)) {
    throw invalid(`An event already exists with identifier ${identifier}.`, {
      code: "resource_already_exists",
      param: "identifier",
    });
  }
  return world.put<MeterEvent>({
    id,
    object: "billing.meter_event",
    created: now,
    event_name,
    identifier,
    livemode: false,
    payload,
    timestamp: at,
    hidden: { customer: customer.id, value, isCanceled: false },
  });
}

function readValue(meter: Meter, payload: Record<string, string>): string {
  const { event_payload_key: key } = meter.value_settings;
  const value = payload[key];
  if (meter.default_aggregation.formula === "count") return value ?? "1";
  if (value === undefined)
    throw invalid(`The payload has no ${key}.`, { code: "parameter_missing", param: `payload[${key}]` });
  try {
    fromDecimal(value);
    return value;
  } catch {
    throw invalid(`The payload's ${key} is no number.`, { param: `payload[${key}]` });
  }
}

/** One summary for the whole span, or one for each day or hour that had usage, newest first. */
function summaries(
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

function setStatus(world: World, id: string, status: Meter["status"]): Meter {
  if (findMeter(world, id).status === status)
    throw invalid(`The meter is already ${status}.`, { code: "status_transition_invalid" });
  const now = world.nowOn(null);
  const changed = world.change("billing.meter", id, {
    status,
    status_transitions: { deactivated_at: status === "inactive" ? now : null },
    updated: now,
  });
  world.emit(status === "inactive" ? "billing.meter.deactivated" : "billing.meter.reactivated", changed);
  return changed;
}

function findMeter(world: World, id: string): Meter {
  const meter = world.find("billing.meter", id);
  if (meter === undefined) throw missing("meter", id);
  return meter;
}

function eventKey(name: string, identifier: string): string {
  return `${name} ${identifier}`;
}
