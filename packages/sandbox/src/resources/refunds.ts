import { cancelRefund, createRefund } from "../payments/refund.js";
import { definedOnly } from "../wire/defined-only.js";
import { invalid, missing, missingReference, parameterMissing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { Refund } from "../world/objects/refund.js";
import type { World } from "../world/world.js";

type RefundParams = {
  amount?: number;
  charge?: string;
  metadata?: MetadataChange;
  payment_intent?: string;
  reason?: NonNullable<Refund["reason"]>;
};

export const refunds: readonly Route[] = [
  route<RefundParams>(["POST", "/v1/refunds"], "RefundCreateParams", ({ world, params }) =>
    createRefund(world, chargeOf(world, params), {
      metadata: mergeMetadata({}, params.metadata),
      ...definedOnly({ amount: params.amount, reason: params.reason }),
    }),
  ),
  route<PageParams & { charge?: string; created?: Range; payment_intent?: string }>(
    ["GET", "/v1/refunds"],
    "RefundListParams",
    ({ world, params }) => {
      const found = world
        .list("refund")
        .filter(createdWithin(params))
        .filter(having({ charge: params.charge, payment_intent: params.payment_intent }));
      return paginate(found, params, "/v1/refunds");
    },
  ),
  route(["GET", "/v1/refunds/:id"], "RefundRetrieveParams", ({ world, id }) => findRefund(world, id)),
  route<{ metadata?: MetadataChange }>(
    ["POST", "/v1/refunds/:id"],
    "RefundUpdateParams",
    ({ world, id, params }) => {
      const before = findRefund(world, id);
      world.track("refund", id, "refund.updated", () =>
        world.change("refund", id, { metadata: mergeMetadata(before.metadata, params.metadata) }),
      );
      return world.get("refund", id);
    },
  ),
  route(["POST", "/v1/refunds/:id/cancel"], "RefundCancelParams", ({ world, id }) =>
    cancelRefund(world, findRefund(world, id).id),
  ),
];

function chargeOf(world: World, { charge, payment_intent }: RefundParams): string {
  if (charge !== undefined) {
    if (world.find("charge", charge) === undefined) throw missingReference("charge", charge, "charge");
    return charge;
  }
  if (payment_intent === undefined) throw parameterMissing("payment_intent");
  const intent = world.find("payment_intent", payment_intent);
  if (intent === undefined) throw missingReference("payment_intent", payment_intent, "payment_intent");
  if (intent.latest_charge === null) {
    throw invalid("This PaymentIntent does not have a successful charge to refund.", {
      code: "charge_not_refundable",
      param: "payment_intent",
    });
  }
  return intent.latest_charge;
}

function findRefund(world: World, id: string): Refund {
  const refund = world.find("refund", id);
  if (refund === undefined) throw missing("refund", id);
  return refund;
}
