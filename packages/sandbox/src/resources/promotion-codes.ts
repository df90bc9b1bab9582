import { requireCoupon } from "../billing/discounts.js";
import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId, randomText } from "../world/new-id.js";
import type { PromotionCode } from "../world/objects/discount.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";

type CodeParams = {
  active?: boolean;
  code?: string;
  customer?: string;
  expires_at?: number;
  max_redemptions?: number;
  metadata?: MetadataChange;
  promotion: { coupon?: string; type: "coupon" };
  restrictions?: {
    first_time_transaction?: boolean;
    minimum_amount?: number;
    minimum_amount_currency?: string;
  };
};

export const promotionCodes: readonly Route[] = [
  route<CodeParams>(["POST", "/v1/promotion_codes"], "PromotionCodeCreateParams", ({ world, params }) =>
    create(world, params),
  ),
  route<
    PageParams & { active?: boolean; code?: string; coupon?: string; created?: Range; customer?: string }
  >(["GET", "/v1/promotion_codes"], "PromotionCodeListParams", ({ world, params }) => {
    const { code, coupon } = params;
    const found = world
      .list("promotion_code")
      .filter(createdWithin(params))
      .filter(having({ active: params.active }))
      .filter((one) => code === undefined || one.code.toLowerCase() === code.toLowerCase())
      .filter((one) => coupon === undefined || one.promotion.coupon === coupon)
      .filter(having({ customer: params.customer }));
    return paginate(found, params, "/v1/promotion_codes");
  }),
  route(["GET", "/v1/promotion_codes/:id"], "PromotionCodeRetrieveParams", ({ world, id }) =>
    findCode(world, id),
  ),
  route<{ active?: boolean; metadata?: MetadataChange }>(
    ["POST", "/v1/promotion_codes/:id"],
    "PromotionCodeUpdateParams",
    ({ world, id, params }) => {
      const before = findCode(world, id);
      if (params.active === true) requireCoupon(world, before.promotion.coupon);
      world.track("promotion_code", id, "promotion_code.updated", () =>
        world.change("promotion_code", id, {
          active: params.active ?? before.active,
          metadata: mergeMetadata(before.metadata, params.metadata),
        }),
      );
      return world.get("promotion_code", id);
    },
  ),
];

function create(world: World, params: CodeParams): PromotionCode {
  const coupon = requireCoupon(world, params.promotion.coupon ?? "", "promotion[coupon]");
  const text = params.code ?? randomText(8).toUpperCase();
  if (!/^[A-Za-z0-9-]+$/.test(text))
    throw invalid("A code has only letters, digits and dashes.", { param: "code" });
  const customer = params.customer === undefined ? null : requireCustomer(world, params.customer).id;
  const isTaken = world
    .list("promotion_code")
    .some((one) => one.active && one.customer === customer && one.code.toLowerCase() === text.toLowerCase());
  if (isTaken) {
    throw invalid(`An active promotion code with \`code: ${text}\` already exists.`, {
      code: "resource_already_exists",
      param: "code",
    });
  }
  const code = world.put<PromotionCode>({
    id: newId("promotion_code"),
    object: "promotion_code",
    active: params.active ?? true,
    code: text,
    created: world.nowOn(null),
    customer,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: {
      first_time_transaction: params.restrictions?.first_time_transaction ?? false,
      minimum_amount: params.restrictions?.minimum_amount ?? null,
      minimum_amount_currency: params.restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  });
  world.emit("promotion_code.created", code);
  return code;
}

function findCode(world: World, id: string): PromotionCode {
  const code = world.find("promotion_code", id);
  if (code === undefined) throw missing("promotion code", id);
  return code;
}
