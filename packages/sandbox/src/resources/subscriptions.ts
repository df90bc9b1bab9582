import { cancelNow } from "../billing/cancel-subscription.js";
import { createSubscription } from "../billing/create-subscription.js";
import { endDiscount } from "../billing/discounts.js";
import { pauseSubscription } from "../billing/pause-operation.js";
import { resumeSubscription } from "../billing/resume-operation.js";
import { trackSubscription } from "../billing/track-subscription.js";
import { updateSubscription } from "../billing/update-subscription.js";
import { missing } from "../wire/errors.js";
import { paginate } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { BillingMode } from "../world/objects/subscription.js";
import type { ProrationBehavior } from "../world/objects/values.js";
import { findSubscription } from "./find-subscription.js";
import { listSubscriptions, type SubscriptionListParams } from "./list-subscriptions.js";
import { search } from "./search.js";
import type { CreateParams, UpdateParams } from "./subscription-params.js";
import { toNewSubscription } from "./to-new-subscription.js";
import { cancellationDetails, toSubscriptionUpdate } from "./to-subscription-update.js";

export const subscriptions: readonly Route[] = [
  route<CreateParams>(["POST", "/v1/subscriptions"], "SubscriptionCreateParams", ({ world, params }) =>
    createSubscription(world, toNewSubscription(world, params)),
  ),
  route<SubscriptionListParams>(["GET", "/v1/subscriptions"], "SubscriptionListParams", ({ world, params }) =>
    paginate(listSubscriptions(world, params), params, "/v1/subscriptions"),
  ),
  search("subscription", "/v1/subscriptions/search", "SubscriptionSearchParams", [
    "created",
    "metadata",
    "status",
  ]),
  route(["GET", "/v1/subscriptions/:id"], "SubscriptionRetrieveParams", ({ world, id }) =>
    findSubscription(world, id),
  ),
  route<UpdateParams>(
    ["POST", "/v1/subscriptions/:id"],
    "SubscriptionUpdateParams",
    ({ world, id, params }) =>
      updateSubscription(world, findSubscription(world, id).id, toSubscriptionUpdate(world, id, params)),
  ),
  route<{
    cancellation_details?: { comment?: string | null; feedback?: string | null };
    invoice_now?: boolean;
    prorate?: boolean;
  }>(["DELETE", "/v1/subscriptions/:id"], "SubscriptionCancelParams", ({ world, id, params }) => {
    const { status } = findSubscription(world, id);
    if (status === "canceled" || status === "incomplete_expired") throw missing("subscription", id);
    return cancelNow(world, id, {
      reason: "cancellation_requested",
      invoiceNow: params.invoice_now ?? false,
      prorate: params.prorate ?? false,
      ...(params.cancellation_details ? { details: cancellationDetails(params.cancellation_details) } : {}),
    });
  }),
  route(["DELETE", "/v1/subscriptions/:id/discount"], "SubscriptionDeleteDiscountParams", ({ world, id }) => {
    const [first] = findSubscription(world, id).discounts;
    if (first === undefined) throw missing("discount", `of ${id}`);
    const { hidden: _, ...discount } = world.get("discount", first);
    trackSubscription(world, id, () => world.change("subscription", id, { discounts: [] }));
    endDiscount(world, first);
    return { ...discount, deleted: true };
  }),
  route<{ billing_mode: { type: "flexible"; flexible?: BillingMode["flexible"] } }>(
    ["POST", "/v1/subscriptions/:id/migrate"],
    "SubscriptionMigrateParams",
    ({ world, id, params }) => {
      const { customer } = findSubscription(world, id);
      trackSubscription(world, id, () =>
        world.change("subscription", id, {
          billing_mode: {
            flexible: {
              proration_discounts: params.billing_mode.flexible?.proration_discounts ?? "included",
            },
            type: "flexible",
            updated_at: world.nowFor(customer),
          },
        }),
      );
      return world.get("subscription", id);
    },
  ),
  route<{
    invoicing_behavior?: "invoice" | "pending_invoice_item";
    bill_for?: { unused_time_from?: { type: "now" | "none" | "item_current_period_start" } };
  }>(["POST", "/v1/subscriptions/:id/pause"], "SubscriptionPauseParams", ({ world, id, params }) =>
    pauseSubscription(world, findSubscription(world, id).id, {
      invoices: params.invoicing_behavior === "invoice",
      unusedTimeFrom: params.bill_for?.unused_time_from?.type ?? "now",
    }),
  ),
  route<{
    billing_cycle_anchor?: { type: "now" | "unchanged" };
    payment_behavior?: "resume_on_payment_attempt" | "resume_on_payment_success";
    proration_behavior?: ProrationBehavior;
    proration_date?: number;
  }>(["POST", "/v1/subscriptions/:id/resume"], "SubscriptionResumeParams", ({ world, id, params }) =>
    resumeSubscription(world, findSubscription(world, id).id, {
      anchor: params.billing_cycle_anchor?.type ?? "now",
      onSuccess: params.payment_behavior === "resume_on_payment_success",
      prorationBehavior: params.proration_behavior ?? "create_prorations",
    }),
  ),
];
