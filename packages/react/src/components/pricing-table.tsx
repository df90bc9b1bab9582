"use client";
import type { PriceInterval, PublicPrice, PublicProduct } from "@paykit/server/contract";
import { type ComponentPropsWithoutRef, useId, useState } from "react";
import { usePayKitCustomer } from "../hooks/use-paykit-customer.js";
import { useProducts } from "../hooks/use-products.js";
import { usePayKit } from "../provider/context.js";
import { useText } from "../provider/use-text.js";
import { FailedRead } from "./failed-read.js";
import { PlanCard, type PlanCardProps } from "./plan-card.js";

export interface PricingTableProps
  extends Omit<PlanCardProps, "plan" | "price" | "heading" | "signInUrl">,
    Omit<ComponentPropsWithoutRef<"div">, "children"> {
  /** Only the plans of this group. Default: every plan. */
  group?: string | undefined;
  /** What the server knows to be for sale already, so that the first paint is whole and nothing is asked for. */
  products?: PublicProduct[] | undefined;
  /** Of the plans' names, so that they fit the page's outline. Default 3. */
  headingLevel?: 2 | 3 | 4 | 5 | 6 | undefined;
}

/**
 * The plans with their prices and features, a switch between monthly and yearly, and a button that says what it does. With
 * the provider's `signInUrl`, somebody anonymous is led there. States on `data-state`: `pending`, `ready`, `error`.
 */
export function PricingTable({
  group,
  products: initial,
  headingLevel = 3,
  customerId,
  successUrl,
  cancelUrl,
  confirm,
  ...div
}: PricingTableProps) {
  const { products, status, error, refetch } = useProducts({ initial });
  const { customer, status: who } = usePayKitCustomer({ customerId });
  const { signInUrl } = usePayKit();
  const text = useText();
  const name = useId();
  const [chosen, choose] = useState<PriceInterval>();

  const plans = products.filter((product) => product.type === "plan" && (!group || product.group === group));
  const intervals = [
    ...new Set(plans.flatMap(({ prices }) => prices.flatMap((price) => unitOf(price) ?? []))),
  ];
  const held = customer?.subscriptions.find(({ planId }) => plans.some(({ id }) => id === planId));
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
            price={plan.prices.find((price) => unitOf(price) === interval) ?? plan.prices[0] ?? null}
            heading={`h${headingLevel}`}
            signInUrl={who === "anonymous" && signInUrl}
            {...{ customerId, successUrl, cancelUrl, confirm }}
          />
        ))}
      </ul>
      <FailedRead {...{ error, refetch }} />
    </div>
  );
}

function unitOf({ interval }: PublicPrice): PriceInterval | undefined {
  return interval?.[1];
}
