import { z } from "zod";
import type { Plan } from "../catalog/model.js";
import { isSameInterval, PayKitError, type PriceInterval } from "../contract/index.js";
import { hadTrial } from "../database/trial.js";
import type { BilledState } from "../subscription/billed.js";
import { type Beside, decideBeside } from "../subscription/decide-beside.js";
import { type Decision, decideChange } from "../subscription/decide-change.js";
import { assertOneCurrency, otherCurrency } from "../subscription/one-currency.js";
import { type FindProduct, groupKey } from "../subscription/plan-lines.js";
import { findProducts } from "../sync/find-product.js";
import type { App, Caller } from "./app.js";
import { choosePlan, type Offer } from "./choose-offer.js";
import { customerIdSchema, parseInput } from "./input.js";

const schema = z.object({
  customerId: customerIdSchema,
  planId: z.string(),
  addOnPlanIds: z.array(z.string()).max(19).optional(),
  quotedAt: z.date().optional(),
});

export interface SubscribeInput<PlanId extends string = string> {
  customerId: string;
  /** The plan to be on. The default plan of a group means to cancel. */
  planId: PlanId;
  /** Which of the plan's prices. Default: the first. */
  interval?: PriceInterval | undefined;
  /**
   * Add-ons to have beside the plan, from when it counts on; those that are there stay. Default: none besides. One that was
   * removed and is asked for here stays.
   */
  addOnPlanIds?: readonly PlanId[] | undefined;
  /** Where the person goes after a checkout page: a path or a URL. Default "/". */
  successUrl?: string | undefined;
  cancelUrl?: string | undefined;
  /** Asks for the payment on Stripe's page, although a card is on file. Default false. */
  forceCheckout?: boolean | undefined;
  /** A Stripe coupon's id. */
  coupon?: string | undefined;
  /** As the preview said it: the change then costs what the preview told, to the cent. */
  quotedAt?: Date | undefined;
}

/** A change that is decided on and not carried out. */
export interface PlannedChange {
  customerId: string;
  offer: Offer<Plan>;
  beside: Beside;
  decision: Decision;
  state: BilledState;
  /** Products as they were when what is in `state` was bought. */
  findProduct: FindProduct;
}

export interface PlanChangeInput {
  input: SubscribeInput;
  state: BilledState;
  caller: Caller;
}

/** What `subscribe` does and its preview tells. Errors: PLAN_UNKNOWN, INPUT_INVALID. */
export async function planChange(
  app: App,
  { input, state, caller }: PlanChangeInput,
): Promise<PlannedChange> {
  const { customerId, planId, addOnPlanIds = [] } = parseInput(schema, input);
  const offer = choosePlan(app, { planId, interval: input.interval }, caller);
  const findProduct = await app.database.query((orm) => findProducts(orm, app.catalog, state));
  const trialGroup = groupKey(offer.product);
  const decision = decideChange({
    state,
    findProduct,
    target: { plan: offer.product, price: offer.price },
    hadTrial: await app.database.query((orm) => hadTrial(orm, { customerId, trialGroup })),
    forceCheckout: input.forceCheckout ?? false,
  });
  const wanted = [...new Set(addOnPlanIds)].map((id) =>
    chooseAddOn(app, { planId: id, beside: offer }, caller),
  );
  const { interval } = offer.price;
  assertOneCurrency({ decision, prices: [offer, ...wanted].map(({ price }) => price), state });
  const beside = decideBeside({ decision, interval, wanted, state, findProduct });
  return { customerId, offer, beside, decision, state, findProduct };
}

/** Stripe's pages take one interval only, so an add-on is paid as often as the plan it goes with. */
export function chooseAddOn(
  app: App,
  { planId, beside }: { planId: string; beside: Offer<Plan> },
  caller: Caller,
): Offer<Plan> {
  const { product } = choosePlan(app, { planId }, caller);
  const { currency } = beside.price;
  const sameInterval = product.prices.filter((one) => isSameInterval(one.interval, beside.price.interval));
  const price = sameInterval.find((one) => one.currency === currency);
  if (product.group === null && price !== undefined) return { product, price };
  if (product.group === null && sameInterval.length > 0) throw otherCurrency(currency);
  throw new PayKitError(
    "INPUT_INVALID",
    product.group === null
      ? `"${planId}" has no price for the interval of "${beside.product.id}".`
      : `"${planId}" is a plan of the group "${product.group}", not an add-on.`,
  );
}
