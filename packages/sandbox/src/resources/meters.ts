import { invalid, missing } from "../wire/errors.js";
import { having, type PageParams, paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId } from "../world/new-id.js";
import type { Meter } from "../world/objects/platform.js";
import type { World } from "../world/world.js";
import { findMeter } from "./find-meter.js";
import { eventKey, recordUsage } from "./record-usage.js";
import { summarizeUsage } from "./summarize-usage.js";

type MeterParams = {
  customer_mapping?: Meter["customer_mapping"];
  default_aggregation: Meter["default_aggregation"];
  display_name: string;
  event_name: string;
  event_time_window?: "day" | "hour";
  value_settings?: Meter["value_settings"];
};

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
        world.list("billing.meter").filter(having({ status: params.status })),
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
      const data = summarizeUsage(world, meter, params);
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
