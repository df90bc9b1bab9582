"use client";
import type { ChangeKind } from "@paykit/server/contract";
import type { ReactNode } from "react";
import { type PlanChange, usePlanChange } from "../hooks/use-plan-change.js";
import type { SubscribeOptions } from "../hooks/use-subscribe.js";
import type { Label } from "../provider/labels.js";
import { useFormat } from "../provider/use-format.js";
import { type CommandButtonProps, CommandForm } from "./command-form.js";

export interface SubscribeButtonProps
  extends Omit<SubscribeOptions, "quotedAt">,
    Omit<CommandButtonProps, "children"> {
  /** Asked before anything is changed; false leaves it. */
  confirm?: ((change: PlanChange) => boolean | Promise<boolean>) | undefined;
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
  confirm,
  children,
  ...button
}: SubscribeButtonProps) {
  const change = usePlanChange({ planId, interval, customerId: button.customerId });
  const { text, date } = useFormat();
  const { kind, effectiveAt, isScheduled } = change;
  const label = isScheduled
    ? "Starts on {date}"
    : kind === "downgrade" && !effectiveAt
      ? "Downgrade"
      : labels[kind ?? "start"];
  const words = text(label, { date: date(effectiveAt) });
  const choice = { interval, successUrl, cancelUrl };
  return (
    <CommandForm
      {...button}
      verb="subscribe"
      body={{ ...choice, planId, addOnPlanIds }}
      post={
        kind === null || kind === "start"
          ? { to: "checkout", body: { ...choice, productId: planId } }
          : { to: "portal", body: { flow: kind === "cancel" ? "cancel" : "switch_plan" } }
      }
      confirm={confirm && (() => confirm(change))}
      data-change={kind ?? "unknown"}
      disabled={button.disabled || kind === "none" || isScheduled}
      label={label}
    >
      {typeof children === "function" ? children(change, words) : (children ?? words)}
    </CommandForm>
  );
}
