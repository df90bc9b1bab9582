import { cancelNow } from "../billing/cancel-subscription.js";
import { createSubscription } from "../billing/create-subscription.js";
import { type DiscountRequest, endDiscount } from "../billing/discounts.js";
import { pauseSubscription } from "../billing/pause-operation.js";
import { resumeSubscription } from "../billing/resume-operation.js";
import { trackSubscription } from "../billing/track-subscription.js";
import { updateSubscription } from "../billing/update-subscription.js";
import type { CancelAtWord } from "../engine/cancel-at.js";
import { DAY } from "../engine/instant.js";
import { trialEnd } from "../engine/trial.js";
import { invalid, missing, missingReference } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type {
  BillingMode,
  InvoiceDefaults,
  Subscription,
  SubscriptionStatus,
} from "../world/objects/subscription.js";
import type { CollectionMethod, PaymentBehavior, ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./customers.js";
import { search } from "./search.js";
import { addExtraItems, type ExtraItemParams, type ItemParams, toItemChange } from "./subscription-params.js";

type SharedParams = {
  add_invoice_items?: ExtraItemParams[];
  cancel_at?: number | CancelAtWord | null;
  cancel_at_period_end?: boolean;
  collection_method?: CollectionMethod;
  days_until_due?: number;
  default_payment_method?: string;
  description?: string | null;
  discounts?: DiscountRequest[] | null;
  invoice_settings?: {
    custom_fields?: InvoiceDefaults["custom_fields"];
    description?: string;
    footer?: string;
  };
  items?: ItemParams[];
  metadata?: MetadataChange;
  off_session?: boolean;
  payment_behavior?: PaymentBehavior;
  payment_settings?: {
    payment_method_types?: string[] | null;
    save_default_payment_method?: "off" | "on_subscription";
  };
  pending_invoice_item_interval?: Subscription["pending_invoice_item_interval"];
  proration_behavior?: ProrationBehavior;
  trial_end?: number | "now";
  trial_from_plan?: boolean;
  trial_settings?: { end_behavior: Partial<Subscription["trial_settings"]["end_behavior"]> };
};

export type CreateParams = SharedParams & {
  customer?: string;
  billing_cycle_anchor?: number;
  billing_cycle_anchor_config?: {
    day_of_month: number;
    hour?: number;
    minute?: number;
    month?: number;
    second?: number;
  };
  billing_mode?: { type: BillingMode["type"]; flexible?: BillingMode["flexible"] };
  currency?: string;
  trial_period_days?: number;
};

export type UpdateParams = SharedParams & {
  billing_cycle_anchor?: { type: "now" | "unchanged" };
  cancellation_details?: { comment?: string | null; feedback?: string | null };
  pause_collection?: {
    behavior: "keep_as_draft" | "mark_uncollectible" | "void";
    resumes_at?: number;
  } | null;
  proration_date?: number;
};

type ListParams = PageParams & {
  collection_method?: CollectionMethod;
  created?: Range;
  current_period_end?: Range;
  current_period_start?: Range;
  customer?: string;
  price?: string;
  status?: SubscriptionStatus | "all" | "ended";
  test_clock?: string;
};

const LONGEST_TRIAL_DAYS = 730;

export const subscriptions: readonly Route[] = [
  route<CreateParams>(["POST", "/v1/subscriptions"], "SubscriptionCreateParams", ({ world, params }) =>
    create(world, params),
  ),
  route<ListParams>(["GET", "/v1/subscriptions"], "SubscriptionListParams", ({ world, params }) =>
    paginate(
      all(world, params).filter((one) => fits(world, one, params)),
      params,
      "/v1/subscriptions",
    ),
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
      updateSubscription(world, findSubscription(world, id).id, toUpdate(world, id, params)),
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
      ...(params.cancellation_details ? { details: details(params.cancellation_details) } : {}),
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

export function findSubscription(world: World, id: string): Subscription {
  const subscription = world.find("subscription", id);
  if (!subscription) throw missing("subscription", id);
  return subscription;
}

function create(world: World, params: CreateParams): Subscription {
  const customer = requireCustomer(world, params.customer);
  const items = (params.items ?? []).map((item, index) => toItemChange(world, item, index));
  const config = params.billing_cycle_anchor_config;
  const extra = params.add_invoice_items ?? [];
  return createSubscription(world, {
    customer: customer.id,
    items,
    trialEnd: trialOf(world, customer.id, params),
    anchor: params.billing_cycle_anchor ?? null,
    anchorSettings: config
      ? {
          day_of_month: config.day_of_month,
          hour: config.hour ?? null,
          minute: config.minute ?? null,
          month: config.month ?? null,
          second: config.second ?? null,
        }
      : null,
    ...(params.billing_mode ? { billingMode: toBillingMode(params.billing_mode) } : {}),
    ...optional({
      prorationBehavior: params.proration_behavior,
      paymentBehavior: params.payment_behavior,
      collectionMethod: params.collection_method,
      daysUntilDue: params.days_until_due,
      cancelAt: params.cancel_at,
      cancelAtPeriodEnd: params.cancel_at_period_end,
      description: params.description,
      trialSettings: params.trial_settings?.end_behavior,
      paymentSettings: params.payment_settings,
      invoiceSettings: params.invoice_settings,
      pendingInvoiceItemInterval: params.pending_invoice_item_interval,
      isOffSession: params.off_session,
    }),
    defaultPaymentMethod: ownMethod(world, customer.id, params.default_payment_method),
    discounts: params.discounts ?? [],
    metadata: mergeMetadata({}, params.metadata),
    ...(extra.length === 0
      ? {}
      : { extraItems: (subscription) => addExtraItems(world, subscription, extra) }),
  });
}

export function toBillingMode({
  type,
  flexible,
}: {
  type: BillingMode["type"];
  flexible?: BillingMode["flexible"];
}): BillingMode {
  return {
    flexible:
      type === "flexible" ? { proration_discounts: flexible?.proration_discounts ?? "included" } : null,
    type,
  };
}

export function toUpdate(world: World, id: string, params: UpdateParams) {
  const before = findSubscription(world, id);
  const extra = params.add_invoice_items ?? [];
  return optional({
    items: params.items?.map((item, index) => toItemChange(world, item, index)),
    anchor: params.billing_cycle_anchor?.type,
    prorationBehavior: params.proration_behavior,
    prorationDate: params.proration_date,
    paymentBehavior: params.payment_behavior,
    trialEnd: params.trial_end,
    cancelAtPeriodEnd: params.cancel_at_period_end,
    cancelAt: params.cancel_at,
    cancellationDetails: params.cancellation_details ? details(params.cancellation_details) : undefined,
    collectionMethod: params.collection_method,
    daysUntilDue: params.days_until_due,
    defaultPaymentMethod:
      params.default_payment_method === undefined
        ? undefined
        : ownMethod(world, before.customer, params.default_payment_method || undefined),
    description: params.description,
    discounts: params.discounts,
    metadata: params.metadata === undefined ? undefined : mergeMetadata(before.metadata, params.metadata),
    pauseCollection: params.pause_collection && {
      behavior: params.pause_collection.behavior,
      resumes_at: params.pause_collection.resumes_at ?? null,
    },
    paymentSettings: params.payment_settings,
    invoiceSettings: params.invoice_settings,
    trialSettings: params.trial_settings?.end_behavior,
    pendingInvoiceItemInterval: params.pending_invoice_item_interval,
    extraItems:
      extra.length === 0
        ? undefined
        : (subscription: Subscription) => addExtraItems(world, subscription, extra),
    isOffSession: params.off_session,
  });
}

function details({ comment, feedback }: { comment?: string | null; feedback?: string | null }) {
  return optional({ comment, feedback });
}

/** Without what is undefined, so that it is not set by being named. */
export function optional<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** @throws ApiError 400 for a method that is not the customer's */
export function ownMethod(world: World, customer: string, id: string | undefined): string | null {
  if (id === undefined) return null;
  const method = world.find("payment_method", id);
  if (!method) throw missingReference("PaymentMethod", id, "default_payment_method");
  if (method.customer !== customer) {
    throw invalid(`The payment method ${id} is not attached to this customer.`, {
      code: "resource_missing",
      param: "default_payment_method",
    });
  }
  return id;
}

export function trialOf(
  world: World,
  customer: string,
  params: {
    trial_end?: number | "now";
    trial_period_days?: number;
    trial_from_plan?: boolean;
    items?: ItemParams[];
  },
): number | null {
  const now = world.nowFor(customer);
  if (params.trial_period_days !== undefined && params.trial_end !== undefined) {
    throw invalid("You may only specify one of these parameters: trial_end, trial_period_days.", {
      code: "parameters_exclusive",
      param: "trial_period_days",
    });
  }
  const days =
    params.trial_period_days ?? (params.trial_from_plan ? daysOfPrice(world, params.items) : undefined);
  if (days !== undefined) {
    if (days > LONGEST_TRIAL_DAYS)
      throw invalid(`A trial lasts at most ${LONGEST_TRIAL_DAYS} days.`, { param: "trial_period_days" });
    return days === 0 ? null : trialEnd(now, days);
  }
  if (params.trial_end === undefined || params.trial_end === "now") return null;
  if (params.trial_end > now + LONGEST_TRIAL_DAYS * DAY)
    throw invalid(`A trial lasts at most ${LONGEST_TRIAL_DAYS} days.`, { param: "trial_end" });
  return params.trial_end;
}

function daysOfPrice(world: World, items: ItemParams[] | undefined): number | undefined {
  return world.find("price", items?.[0]?.price ?? "")?.recurring?.trial_period_days ?? undefined;
}

function all(world: World, { customer }: ListParams): Subscription[] {
  return customer === undefined ? world.list("subscription") : world.ofCustomer("subscription", customer);
}

/** Without a `status`, canceled ones are left out; without a customer or clock, those on test clocks too. */
function fits(world: World, one: Subscription, params: ListParams): boolean {
  const items = one.items.data.map((id) => world.get("subscription_item", id));
  const hasEnded = one.status === "canceled" || one.status === "incomplete_expired";
  const wanted = params.status;
  return (
    (wanted === "all" ||
      (wanted === "ended"
        ? hasEnded
        : wanted === undefined
          ? one.status !== "canceled"
          : one.status === wanted)) &&
    (params.test_clock === undefined
      ? params.customer !== undefined || one.test_clock === null
      : one.test_clock === params.test_clock) &&
    (params.collection_method === undefined || one.collection_method === params.collection_method) &&
    isWithin(one.created, params.created) &&
    (params.price === undefined || items.some(({ price }) => price === params.price)) &&
    isWithin(Math.min(...items.map((item) => item.current_period_end)), params.current_period_end) &&
    isWithin(Math.max(...items.map((item) => item.current_period_start)), params.current_period_start)
  );
}
