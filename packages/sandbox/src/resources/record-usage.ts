import { DAY } from "../engine/instant.js";
import { fromDecimal } from "../engine/rational.js";
import { invalid } from "../wire/errors.js";
import { randomText } from "../world/new-id.js";
import type { Meter, MeterEvent } from "../world/objects/platform.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";

const OLDEST_EVENT_DAYS = 35;

/** Events may be ahead of the clock by this much. */
const FUTURE_SECONDS = 300;

export function recordUsage(
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

export function eventKey(name: string, identifier: string): string {
  return `${name} ${identifier}`;
}
