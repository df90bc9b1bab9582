import type { Metadata } from "./values.js";

export type Meter = {
  id: string;
  object: "billing.meter";
  created: number;
  customer_mapping: { event_payload_key: string; type: "by_id" };
  default_aggregation: { formula: "sum" | "count" | "last" };
  display_name: string;
  event_name: string;
  event_time_window: "day" | "hour" | null;
  livemode: false;
  status: "active" | "inactive";
  status_transitions: { deactivated_at: number | null };
  updated: number;
  value_settings: { event_payload_key: string };
};

export type MeterEvent = {
  object: "billing.meter_event";
  created: number;
  event_name: string;
  identifier: string;
  livemode: false;
  payload: Readonly<Record<string, string>>;
  timestamp: number;
  /** Kept under its identifier. */
  id: string;
  hidden: { customer: string; value: string; isCanceled: boolean };
};

export type EventData = { object: unknown; previous_attributes?: Readonly<Record<string, unknown>> };

export type StripeEvent = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: EventData;
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};

export type WebhookEndpoint = {
  id: string;
  object: "webhook_endpoint";
  api_version: string | null;
  application: null;
  created: number;
  description: string | null;
  enabled_events: readonly string[];
  livemode: false;
  metadata: Metadata;
  status: "enabled" | "disabled";
  url: string;
  hidden: { secret: string };
};

export type TestClock = {
  id: string;
  object: "test_helpers.test_clock";
  created: number;
  deletes_after: number;
  frozen_time: number;
  livemode: false;
  name: string | null;
  status: "ready" | "advancing" | "internal_failure";
  status_details: { advancing?: { target_frozen_time: number } };
};
