import { isCouponValid } from "../billing/discounts.js";
import { invalid, missing, parameterMissing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { randomText } from "../world/new-id.js";
import type { Coupon } from "../world/objects/discount.js";
import type { World } from "../world/world.js";

type CouponParams = {
  id?: string;
  amount_off?: number;
  applies_to?: { products?: string[] };
  currency?: string;
  duration?: Coupon["duration"];
  duration_in_months?: number;
  max_redemptions?: number;
  metadata?: MetadataChange;
  name?: string;
  percent_off?: number;
  redeem_by?: number;
};

export const coupons: readonly Route[] = [
  route<CouponParams>(["POST", "/v1/coupons"], "CouponCreateParams", ({ world, params }) =>
    create(world, params),
  ),
  route<PageParams & { created?: Range }>(["GET", "/v1/coupons"], "CouponListParams", ({ world, params }) => {
    const found = world
      .list("coupon")
      .filter(({ created, hidden }) => !hidden.isDeleted && isWithin(created, params.created));
    return paginate(found, params, "/v1/coupons");
  }),
  route(["GET", "/v1/coupons/:id"], "CouponRetrieveParams", ({ world, id }) => findCoupon(world, id)),
  route<Pick<CouponParams, "metadata" | "name">>(
    ["POST", "/v1/coupons/:id"],
    "CouponUpdateParams",
    ({ world, id, params }) => {
      const before = findCoupon(world, id);
      world.track("coupon", id, "coupon.updated", () =>
        world.change("coupon", id, {
          metadata: mergeMetadata(before.metadata, params.metadata),
          name: params.name ?? before.name,
        }),
      );
      return world.get("coupon", id);
    },
  ),
  route(["DELETE", "/v1/coupons/:id"], "CouponDeleteParams", ({ world, id }) => {
    const coupon = findCoupon(world, id);
    world.emit("coupon.deleted", coupon);
    // Those who have the discount keep it; new ones cannot get it.
    world.change("coupon", id, { valid: false, hidden: { ...coupon.hidden, isDeleted: true } });
    for (const code of world.list("promotion_code").filter(({ promotion }) => promotion.coupon === id)) {
      world.track("promotion_code", code.id, "promotion_code.updated", () =>
        world.change("promotion_code", code.id, { active: false }),
      );
    }
    return { id, object: "coupon", deleted: true };
  }),
];

function create(world: World, params: CouponParams): Coupon {
  requireTerms(params);
  const id = params.id ?? randomText(8);
  if (world.find("coupon", id))
    throw invalid("Coupon already exists.", { code: "resource_already_exists", param: "id" });
  const coupon: Coupon = {
    id,
    object: "coupon",
    amount_off: params.amount_off ?? null,
    created: world.nowOn(null),
    currency: params.amount_off === undefined ? null : (params.currency ?? "usd").toLowerCase(),
    duration: params.duration ?? "once",
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
    hidden: { products: params.applies_to?.products ?? null, isDeleted: false },
  };
  const stored = world.put({ ...coupon, valid: isCouponValid(coupon, coupon.created) });
  world.emit("coupon.created", stored);
  return stored;
}

function requireTerms({
  amount_off,
  percent_off,
  currency,
  duration,
  duration_in_months,
}: CouponParams): void {
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw invalid("Must provide exactly one of `percent_off` and `amount_off`.", {
      code: "parameter_missing",
      param: "percent_off",
    });
  }
  if (percent_off !== undefined && (percent_off <= 0 || percent_off > 100)) {
    throw invalid("`percent_off` must be greater than 0 and at most 100.", { param: "percent_off" });
  }
  if (amount_off !== undefined && amount_off <= 0) {
    throw invalid("`amount_off` must be a positive integer.", {
      code: "parameter_invalid_integer",
      param: "amount_off",
    });
  }
  if (amount_off !== undefined && currency === undefined) throw parameterMissing("currency");
  if (duration === "repeating" && duration_in_months === undefined)
    throw parameterMissing("duration_in_months");
  if (duration !== "repeating" && duration_in_months !== undefined) {
    throw invalid("`duration_in_months` is only for a duration of `repeating`.", {
      param: "duration_in_months",
    });
  }
}

function findCoupon(world: World, id: string): Coupon {
  const coupon = world.find("coupon", id);
  if (coupon === undefined || coupon.hidden.isDeleted) throw missing("coupon", id);
  return coupon;
}
