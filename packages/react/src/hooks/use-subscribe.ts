"use client";
import type { PriceInterval, SubscribeAnswer, SubscribeBody } from "@paykit/server/contract";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import type { PlanId } from "../register.js";
import type { CommandView } from "./command-view.js";
import { useCommand } from "./use-command.js";

/** Which plan. URLs are paths of your own or URLs of a trusted origin. */
export interface SubscribeOptions {
  planId: PlanId;
  /** Which of the plan's prices. Default: the first. */
  interval?: PriceInterval | undefined;
  addOnPlanIds?: PlanId[] | undefined;
  successUrl?: string | undefined;
  cancelUrl?: string | undefined;
  /** A preview's `quotedAt`: within an hour of it, the invoice says the previewed total to the cent. */
  quotedAt?: Date | null | undefined;
}

export interface SubscribeView extends CommandView {
  /**
   * Changes the plan: new, upgrade, downgrade, cancel (to the default plan) and resume are one verb. Leaves for a page when
   * one has to be seen, else the new plan is in the cache when it resolves. Rejects with a `PayKitError`.
   */
  subscribe: (options: SubscribeOptions) => Promise<SubscribeAnswer>;
}

export function useSubscribe({ customerId }: ForCustomer = {}): SubscribeView {
  const { run, ...view } = useCommand<SubscribeAnswer, SubscribeBody>(usePayKit(customerId), "/subscribe");
  const subscribe = ({ quotedAt, ...choice }: SubscribeOptions) =>
    run({ ...choice, quotedAt: quotedAt?.toISOString() });
  return { subscribe, ...view };
}
