import { capturePaymentIntent } from "../payments/payment-intent.js";
import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { Charge } from "../world/objects/charge.js";
import type { World } from "../world/world.js";
import { search } from "./search.js";

export const charges: readonly Route[] = [
  route<PageParams & { created?: Range; customer?: string; payment_intent?: string }>(
    ["GET", "/v1/charges"],
    "ChargeListParams",
    ({ world, params }) => {
      const all =
        params.customer === undefined ? world.list("charge") : world.ofCustomer("charge", params.customer);
      const found = all
        .filter(createdWithin(params))
        .filter(having({ payment_intent: params.payment_intent }));
      return paginate(found, params, "/v1/charges");
    },
  ),
  search("charge", "/v1/charges/search", "ChargeSearchParams", [
    "amount",
    "created",
    "currency",
    "customer",
    "disputed",
    "metadata",
    "refunded",
    "status",
  ]),
  route(["GET", "/v1/charges/:id"], "ChargeRetrieveParams", ({ world, id }) => findCharge(world, id)),
  route<{ description?: string; metadata?: MetadataChange; receipt_email?: string }>(
    ["POST", "/v1/charges/:id"],
    "ChargeUpdateParams",
    ({ world, id, params }) => {
      const before = findCharge(world, id);
      world.track("charge", id, "charge.updated", () =>
        world.change("charge", id, {
          description: params.description ?? before.description,
          metadata: mergeMetadata(before.metadata, params.metadata),
          receipt_email: params.receipt_email ?? before.receipt_email,
        }),
      );
      return world.get("charge", id);
    },
  ),
  route<{ amount?: number }>(
    ["POST", "/v1/charges/:id/capture"],
    "ChargeCaptureParams",
    ({ world, id, params }) => {
      const { payment_intent, captured } = findCharge(world, id);
      if (captured || payment_intent === null)
        throw invalid(`Charge ${id} has already been captured.`, { code: "charge_already_captured" });
      capturePaymentIntent(world, payment_intent, params.amount);
      return world.get("charge", id);
    },
  ),
  route<PageParams & { created?: Range; currency?: string; source?: string; type?: string }>(
    ["GET", "/v1/balance_transactions"],
    "BalanceTransactionListParams",
    ({ world, params }) => {
      const found = world
        .list("balance_transaction")
        .filter(createdWithin(params))
        .filter(having({ currency: params.currency, source: params.source, type: params.type }));
      return paginate(found, params, "/v1/balance_transactions");
    },
  ),
  route(["GET", "/v1/balance_transactions/:id"], "BalanceTransactionRetrieveParams", ({ world, id }) => {
    const found = world.find("balance_transaction", id);
    if (found === undefined) throw missing("balance transaction", id);
    return found;
  }),
];

function findCharge(world: World, id: string): Charge {
  const charge = world.find("charge", id);
  if (charge === undefined) throw missing("charge", id);
  return charge;
}
