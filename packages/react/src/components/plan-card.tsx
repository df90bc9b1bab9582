"use client";
import type { PriceInterval, PublicInclude, PublicPrice, PublicProduct } from "@paykit/server/contract";
import { useId } from "react";
import { type UsePlanChangeOptions, usePlanChange } from "../hooks/use-plan-change.js";
import { useFormat } from "../provider/use-format.js";
import { useText } from "../provider/use-text.js";
import type { PlanId } from "../register.js";
import { SubscribeButton, type SubscribeButtonProps } from "./subscribe-button.js";

type ButtonProps = Pick<SubscribeButtonProps, "customerId" | "successUrl" | "cancelUrl" | "confirm">;

export interface PlanCardProps extends ButtonProps, Required<Pick<UsePlanChangeOptions, "products">> {
  plan: PublicProduct;
  price: PublicPrice | null;
  /** Leads to sign-in instead of buying, for somebody anonymous. */
  signInUrl?: string | undefined;
}

/** One plan of a pricing table. `data-change` names what choosing it would do; `data-current` is the one they are on. */
export function PlanCard({ plan, price, signInUrl, products, ...button }: PlanCardProps) {
  const { id: planId, name, description, includes } = plan;
  const interval: PriceInterval | undefined = price?.interval?.[1];
  const change = usePlanChange({ planId, interval, products, customerId: button.customerId });
  const isCurrent = change.kind === "none" && !change.isScheduled;
  const headingId = useId();
  const text = useText();
  return (
    <li
      data-part="plan"
      data-plan={planId}
      data-change={change.kind ?? "unknown"}
      data-current={isCurrent || undefined}
      aria-labelledby={headingId}
    >
      <h3 id={headingId}>{name}</h3>
      {description && <p data-part="description">{description}</p>}
      <p data-part="price">
        <Price price={price} />
      </p>
      {change.trialDays > 0 && (
        <p data-part="trial">{text("{days} days free", { days: change.trialDays })}</p>
      )}
      <ul data-part="features">
        {includes.map((include) => (
          <li key={include.featureId}>
            <Include include={include} />
          </li>
        ))}
      </ul>
      {signInUrl ? (
        <a href={signInUrl} aria-describedby={headingId} data-part="sign-in">
          {text("Get started")}
        </a>
      ) : (
        <SubscribeButton
          {...button}
          planId={planId as PlanId}
          interval={interval}
          products={products}
          aria-describedby={headingId}
        />
      )}
    </li>
  );
}

function Price({ price }: { price: PublicPrice | null }) {
  const text = useText();
  const { money } = useFormat();
  if (price === null) return text("Free");
  const amount = money(price.amount, price.currency);
  if (price.interval === null) return amount;
  const [count, unit] = price.interval;
  const label = count === 1 ? (`{price} per ${unit}` as const) : (`{price} every {count} ${unit}s` as const);
  return text(label, { price: amount, count });
}

function Include({ include }: { include: PublicInclude }) {
  const text = useText();
  const { number } = useFormat();
  const { name, unlimited, repeat } = include;
  if (unlimited) return text("Unlimited {name}", { name });
  if (include.quantity === null) return name;
  const quantity = number(include.quantity);
  if (repeat === null) return text("{quantity} {name}", { quantity, name });
  const [count, unit] = repeat;
  const label =
    count === 1
      ? (`{quantity} {name} per ${unit}` as const)
      : (`{quantity} {name} every {count} ${unit}s` as const);
  return text(label, { quantity, name, count });
}
