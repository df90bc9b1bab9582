import type { Interval } from "../../engine/cadence.js";
import type { Metadata } from "./values.js";

export type Product = {
  id: string;
  object: "product";
  active: boolean;
  created: number;
  default_price: string | null;
  description: string | null;
  images: readonly string[];
  livemode: false;
  marketing_features: readonly { name: string }[];
  metadata: Metadata;
  name: string;
  package_dimensions: { height: number; length: number; weight: number; width: number } | null;
  shippable: boolean | null;
  statement_descriptor: string | null;
  tax_code: string | null;
  tax_details: null;
  type: "service";
  unit_label: string | null;
  updated: number;
  url: string | null;
};

export type PriceTier = {
  flat_amount: number | null;
  flat_amount_decimal: string | null;
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  up_to: number | null;
};

export type Recurring = {
  interval: Interval;
  interval_count: number;
  meter: string | null;
  trial_period_days: number | null;
  usage_type: "licensed" | "metered";
};

export type Price = {
  id: string;
  object: "price";
  active: boolean;
  billing_scheme: "per_unit" | "tiered";
  created: number;
  currency: string;
  custom_unit_amount: { maximum: number | null; minimum: number | null; preset: number | null } | null;
  livemode: false;
  lookup_key: string | null;
  metadata: Metadata;
  nickname: string | null;
  product: string;
  recurring: Recurring | null;
  tax_behavior: "unspecified" | "inclusive" | "exclusive";
  tiers_mode: "graduated" | "volume" | null;
  transform_quantity: { divide_by: number; round: "up" | "down" } | null;
  type: "one_time" | "recurring";
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  hidden: { tiers: readonly PriceTier[] | null };
};

export type ProductFeature = {
  id: string;
  object: "product_feature";
  entitlement_feature: string;
  livemode: false;
  hidden: { product: string };
};

export type Feature = {
  id: string;
  object: "entitlements.feature";
  active: boolean;
  livemode: false;
  lookup_key: string;
  metadata: Metadata;
  name: string;
};

export type ActiveEntitlement = {
  id: string;
  object: "entitlements.active_entitlement";
  feature: string;
  livemode: false;
  lookup_key: string;
  hidden: { customer: string };
};
