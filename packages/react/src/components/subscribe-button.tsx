"use client";
import type { ChangeKind, PublicProduct } from "@paykit/server/contract";
import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { useFormAction } from "../hooks/use-form-action.js";
import { type PlanChange, usePlanChange } from "../hooks/use-plan-change.js";
import { type SubscribeOptions, useSubscribe } from "../hooks/use-subscribe.js";
import type { ForCustomer } from "../provider/for-customer.js";
import type { Label } from "../provider/labels.js";
import { useFormat } from "../provider/use-format.js";
import { useText } from "../provider/use-text.js";
import { CommandForm } from "./command-form.js";

type ButtonProps = Omit<ComponentPropsWithoutRef<"button">, "children">;

export interface SubscribeButtonProps extends SubscribeOptions, ForCustomer, ButtonProps {
  /** What the server knows to be for sale already, so that the first paint has the right label. */
  products?: PublicProduct[] | undefined;
  /** Asked before anything is changed; false leaves it. */
  confirm?: ((change: PlanChange) => boolean | Promise<boolean>) | undefined;
  /** Puts the button's props on the one child instead of a `<button>`. */
  asChild?: boolean | undefined;
  /** Instead of the label that says what a click will do. */
  children?: ReactNode | ((change: PlanChange, label: string) => ReactNode);
}

const labels: Record<ChangeKind, Label> = {
  start: "Subscribe",
  upgrade: "Upgrade",
  downgrade: "Downgrade on {date}",
  cancel: "Cancel on {date}",
  resume: "Resume",
  none: "Current plan",
};

/**
 * Changes the plan, and says how: "Upgrade", "Downgrade on 3 March", "Resume", "Current plan" come from the same rule as the
 * server's. `data-change` on the button names it. Before hydration a new plan goes to checkout, a change to the portal.
 */
export function SubscribeButton({
  planId,
  interval,
  addOnPlanIds,
  successUrl,
  cancelUrl,
  customerId,
  products,
  confirm,
  children,
  ...button
}: SubscribeButtonProps) {
  const change = usePlanChange({ planId, interval, customerId, products });
  const { subscribe, ...command } = useSubscribe({ customerId });
  const text = useText();
  const { date } = useFormat();
  const checkout = useFormAction("/checkout", customerId);
  const portal = useFormAction("/portal", customerId);

  const { kind, effectiveAt, isScheduled } = change;
  const isNew = kind === null || kind === "start";
  const label = isScheduled ? "Starts on {date}" : labels[kind ?? "start"];
  const words = text(label, { date: date(effectiveAt) });
  const options = { planId, interval, addOnPlanIds, successUrl, cancelUrl };
  const run = async () => {
    if (!confirm || (await confirm(change))) await subscribe(options);
  };
  return (
    <CommandForm
      {...button}
      name="subscribe"
      action={isNew ? checkout.action : portal.action}
      fields={
        isNew
          ? { productId: planId, interval, successUrl, cancelUrl, ...checkout.fields }
          : { flow: kind === "cancel" ? "cancel" : "switch_plan", ...portal.fields }
      }
      command={command}
      run={run}
      data-change={kind ?? "unknown"}
      disabled={button.disabled || kind === "none" || isScheduled}
    >
      {typeof children === "function" ? children(change, words) : (children ?? words)}
    </CommandForm>
  );
}
