"use client";
import type { PublicInclude, PublicPrice, PublicProduct, Repeat } from "@paykit/server/contract";
import { useId } from "react";
import { usePlanChange } from "../hooks/use-plan-change.js";
import { useFormat } from "../provider/use-format.js";
import type { PlanId } from "../register.js";
import { SubscribeButton, type SubscribeButtonProps } from "./subscribe-button.js";

export interface PlanCardProps
  extends Pick<SubscribeButtonProps, "customerId" | "successUrl" | "cancelUrl" | "confirm"> {
  plan: PublicProduct;
  price: PublicPrice | null;
  heading: "h2" | "h3" | "h4" | "h5" | "h6";
  /** Leads to sign-in instead of buying, for somebody anonymous. */
  signInUrl?: string | false | undefined;
}

/** One plan of a pricing table. `data-change` names what choosing it would do; `data-current` is the one they are on. */
export function PlanCard({ plan, price, heading: Heading, signInUrl, ...button }: PlanCardProps) {
  const choice = { planId: plan.id as PlanId, interval: price?.interval?.[1] };
  const change = usePlanChange({ ...choice, customerId: button.customerId });
  const { kind, isScheduled } = change;
  const id = useId();
  const { text, number, money } = useFormat();

  const pay = (amount: string, interval: Repeat | null) =>
    interval ? text(per("{price}", interval), { price: amount, count: interval[0] }) : amount;
  const include = ({ name, unlimited, quantity, repeat }: PublicInclude) => {
    if (unlimited) return text("Unlimited {name}", { name });
    if (quantity === null) return name;
    const label = repeat ? per("{quantity} {name}", repeat) : "{quantity} {name}";
    return text(label, { quantity: number(quantity), name, count: repeat?.[0] ?? 1 });
  };
  const days = change.trialDays ?? plan.trialDays;
  return (
    <li
      data-part="plan"
      data-plan={plan.id}
      data-change={kind ?? "unknown"}
      data-current={(kind === "none" && !isScheduled) || undefined}
      aria-labelledby={id}
    >
      <Heading id={id}>{plan.name}</Heading>
      {plan.description && <p data-part="description">{plan.description}</p>}
      <p data-part="price">
        {price ? pay(money(price.amount, price.currency), price.interval) : text("Free")}
      </p>
      {kind === "start" && days > 0 && <p data-part="trial">{text("{days} days free", { days })}</p>}
      <ul data-part="features">
        {plan.includes.map((included) => (
          <li key={included.featureId}>{include(included)}</li>
        ))}
      </ul>
      {signInUrl ? (
        <a href={signInUrl} aria-describedby={id} data-part="sign-in">
          {text("Get started")}
        </a>
      ) : (
        <SubscribeButton {...button} {...choice} aria-describedby={id} />
      )}
    </li>
  );
}

/** The label of something that comes every day, or every 2 weeks. */
function per<What extends string>(what: What, [count, unit]: Repeat) {
  return count === 1 ? (`${what} per ${unit}` as const) : (`${what} every {count} ${unit}s` as const);
}
