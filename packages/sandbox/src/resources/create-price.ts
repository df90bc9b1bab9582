import { fromDecimal, toDecimal } from "../engine/rational.js";
import { invalid, missingReference } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { newId } from "../world/new-id.js";
import type { Price, PriceTier, Recurring } from "../world/objects/catalog.js";
import type { World } from "../world/world.js";
import { createProduct, type ProductParams } from "./create-product.js";

type TierData = {
  flat_amount?: number;
  flat_amount_decimal?: string;
  unit_amount?: number;
  unit_amount_decimal?: string;
  up_to: number | "inf";
};

export type PriceData = {
  currency: string;
  product?: string;
  product_data?: ProductParams;
  active?: boolean;
  billing_scheme?: Price["billing_scheme"];
  custom_unit_amount?: { enabled: boolean; maximum?: number; minimum?: number; preset?: number };
  lookup_key?: string;
  metadata?: MetadataChange;
  nickname?: string;
  recurring?: {
    interval: Recurring["interval"];
    interval_count?: number;
    meter?: string;
    trial_period_days?: number;
    usage_type?: Recurring["usage_type"];
  };
  tax_behavior?: Price["tax_behavior"];
  tiers?: TierData[];
  tiers_mode?: NonNullable<Price["tiers_mode"]>;
  transfer_lookup_key?: boolean;
  transform_quantity?: NonNullable<Price["transform_quantity"]>;
  unit_amount?: number;
  unit_amount_decimal?: string;
};

const LONGEST_MONTHS = 36;

/** A price, of a product that is there or is made with it. */
export function createPrice(
  world: World,
  data: PriceData,
  { isInline = false }: { isInline?: boolean } = {},
): Price {
  const product = data.product_data ? createProduct(world, data.product_data).id : (data.product ?? "");
  if (!world.find("product", product)) throw missingReference("product", product, "product");
  const id = newId("price");
  if (data.lookup_key)
    takeLookupKey(world, data.lookup_key, { by: id, transfer: data.transfer_lookup_key ?? false });
  const tiers = data.tiers ? toTiers(data.tiers) : null;
  const amount = tiers !== null || data.custom_unit_amount?.enabled ? NO_AMOUNT : amountOf(data);
  const price = world.put<Price>({
    id,
    object: "price",
    active: isInline ? false : (data.active ?? true),
    billing_scheme: data.billing_scheme ?? (tiers === null ? "per_unit" : "tiered"),
    created: world.nowOn(null),
    currency: data.currency.toLowerCase(),
    custom_unit_amount: data.custom_unit_amount?.enabled
      ? {
          maximum: data.custom_unit_amount.maximum ?? null,
          minimum: data.custom_unit_amount.minimum ?? null,
          preset: data.custom_unit_amount.preset ?? null,
        }
      : null,
    livemode: false,
    lookup_key: data.lookup_key ?? null,
    metadata: mergeMetadata({}, data.metadata),
    nickname: data.nickname ?? null,
    product,
    recurring: data.recurring ? toRecurring(world, data.recurring) : null,
    tax_behavior: data.tax_behavior ?? "unspecified",
    tiers_mode: data.tiers_mode ?? null,
    transform_quantity: data.transform_quantity ?? null,
    type: data.recurring ? "recurring" : "one_time",
    ...amount,
    hidden: { tiers },
  });
  world.emit("price.created", price);
  return price;
}

const NO_AMOUNT = { unit_amount: null, unit_amount_decimal: null };

function amountOf({
  unit_amount,
  unit_amount_decimal,
}: {
  unit_amount?: number;
  unit_amount_decimal?: string;
}) {
  if (unit_amount !== undefined && unit_amount_decimal !== undefined) {
    throw invalid("You may only specify one of these parameters: unit_amount, unit_amount_decimal.", {
      code: "parameters_exclusive",
      param: "unit_amount",
    });
  }
  if (unit_amount === undefined && unit_amount_decimal === undefined) {
    throw invalid("A price needs one of `unit_amount` and `unit_amount_decimal`.", {
      code: "parameter_missing",
      param: "unit_amount",
    });
  }
  return decimals(unit_amount, unit_amount_decimal, "unit_amount");
}

/** Both forms of an amount; the whole one is null when the decimal is not whole. */
function decimals(whole: number | undefined, decimal: string | undefined, param: string) {
  const exact = toDecimal(fromDecimal(decimal ?? String(whole ?? 0)));
  if (exact.startsWith("-"))
    throw invalid(`Invalid non-negative integer: ${param}`, { code: "parameter_invalid_integer", param });
  return { unit_amount: exact.includes(".") ? null : Number(exact), unit_amount_decimal: exact };
}

function toTiers(tiers: readonly TierData[]): PriceTier[] {
  if (tiers.at(-1)?.up_to !== "inf")
    throw invalid("The last tier must have `up_to` set to `inf`.", { param: "tiers" });
  return tiers.map((tier) => {
    const flat =
      tier.flat_amount === undefined && tier.flat_amount_decimal === undefined
        ? null
        : decimals(tier.flat_amount, tier.flat_amount_decimal, "flat_amount");
    const unit =
      tier.unit_amount === undefined && tier.unit_amount_decimal === undefined
        ? null
        : decimals(tier.unit_amount, tier.unit_amount_decimal, "unit_amount");
    return {
      flat_amount: flat?.unit_amount ?? null,
      flat_amount_decimal: flat?.unit_amount_decimal ?? null,
      unit_amount: unit?.unit_amount ?? null,
      unit_amount_decimal: unit?.unit_amount_decimal ?? null,
      up_to: tier.up_to === "inf" ? null : tier.up_to,
    };
  });
}

function toRecurring(world: World, given: NonNullable<PriceData["recurring"]>): Recurring {
  const count = given.interval_count ?? 1;
  const months = { day: count / 31, week: count / 5, month: count, year: count * 12 }[given.interval];
  if (count < 1 || months > LONGEST_MONTHS) {
    throw invalid("A price recurs at least every three years.", { param: "recurring[interval_count]" });
  }
  if (given.meter !== undefined && !world.find("billing.meter", given.meter)) {
    throw missingReference("meter", given.meter, "recurring[meter]");
  }
  const isMetered =
    given.usage_type === "metered" || (given.usage_type === undefined && given.meter !== undefined);
  if (isMetered && given.meter === undefined) {
    throw invalid("A metered price must be backed by a meter.", {
      code: "parameter_missing",
      param: "recurring[meter]",
    });
  }
  return {
    interval: given.interval,
    interval_count: count,
    meter: given.meter ?? null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: isMetered ? "metered" : "licensed",
  };
}

/** A lookup key names one price; it moves to another only when that is asked for. */
export function takeLookupKey(
  world: World,
  key: string,
  { by, transfer }: { by: string; transfer: boolean },
): void {
  const holder = world.list("price").find((price) => price.lookup_key === key && price.id !== by);
  if (!holder) return;
  if (!transfer) {
    throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, {
      code: "resource_already_exists",
      param: "lookup_key",
    });
  }
  world.track("price", holder.id, "price.updated", () =>
    world.change("price", holder.id, { lookup_key: null }),
  );
}
