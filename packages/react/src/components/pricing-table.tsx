"use client";
import type { PriceInterval, PublicProduct } from "@paykit/server/contract";
import { type ComponentPropsWithoutRef, useId, useState } from "react";
import { usePayKitCustomer } from "../hooks/use-paykit-customer.js";
import { useProducts } from "../hooks/use-products.js";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { useText } from "../provider/use-text.js";
import { intervalsOf, priceOf } from "../queries/prices.js";
import { ErrorNote } from "./error-note.js";
import { PlanCard } from "./plan-card.js";
import type { SubscribeButtonProps } from "./subscribe-button.js";

export interface PricingTableProps
  extends ForCustomer,
    Pick<SubscribeButtonProps, "successUrl" | "cancelUrl" | "confirm">,
    Omit<ComponentPropsWithoutRef<"div">, "children"> {
  /** Only the plans of this group. Default: every plan. */
  group?: string | undefined;
  /** What the server knows to be for sale already, so that the first paint is whole and nothing is asked for. */
  products?: PublicProduct[] | undefined;
}

/**
 * The plans with their prices and features, a switch between monthly and yearly, and a button that says what it does. With
 * the provider's `signInUrl`, somebody anonymous is led there. States on `data-state`: `pending`, `ready`, `error`.
 */
export function PricingTable({
  group,
  products: initial,
  customerId,
  successUrl,
  cancelUrl,
  confirm,
  ...div
}: PricingTableProps) {
  const { products, status, error, refetch } = useProducts({ initial });
  const customer = usePayKitCustomer({ customerId });
  const { signInUrl } = usePayKit();
  const text = useText();
  const name = useId();
  const [chosen, choose] = useState<PriceInterval>();

  const plans = products.filter((product) => product.type === "plan" && (!group || product.group === group));
  const intervals = intervalsOf(plans);
  const held = customer.customer?.subscriptions.find(({ planId }) => plans.some(({ id }) => id === planId));
  const interval = chosen ?? held?.interval?.[1] ?? intervals[0];
  return (
    <div {...div} data-paykit="pricing-table" data-state={status} aria-busy={status === "pending"}>
      {intervals.length > 1 && (
        <fieldset data-part="intervals">
          <legend>{text("Billing period")}</legend>
          {intervals.map((unit) => (
            <label key={unit}>
              <input type="radio" name={name} checked={unit === interval} onChange={() => choose(unit)} />
              {text(`Per ${unit}`)}
            </label>
          ))}
        </fieldset>
      )}
      <ul data-part="plans">
        {plans.map((plan) => (
          <PlanCard
            key={plan.id}
            plan={plan}
            price={priceOf(plan, interval) ?? priceOf(plan)}
            signInUrl={customer.status === "anonymous" ? signInUrl : undefined}
            products={products}
            {...{ customerId, successUrl, cancelUrl, confirm }}
          />
        ))}
      </ul>
      <ErrorNote error={error} />
      {error && (
        <button type="button" onClick={refetch}>
          {text("Try again")}
        </button>
      )}
    </div>
  );
}
