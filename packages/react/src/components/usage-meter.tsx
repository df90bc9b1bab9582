"use client";
import { type ComponentPropsWithoutRef, type ReactNode, useId } from "react";
import type { EntitlementView } from "../hooks/entitlement-view.js";
import { useEntitlement } from "../hooks/use-entitlement.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { useFormat } from "../provider/use-format.js";
import type { ItemId } from "../register.js";

export interface UsageMeterProps extends ForCustomer, Omit<ComponentPropsWithoutRef<"div">, "children"> {
  feature: ItemId;
  /** Instead of the feature's name. */
  label?: ReactNode;
  /** Your own markup. */
  children?: (entitlement: EntitlementView) => ReactNode;
}

/**
 * How much of a metered feature is used. States on `data-state`: `pending`, `allowed`, `denied` (used up), `error`; and
 * `data-unlimited`.
 */
export function UsageMeter({ feature, customerId, label, children, ...div }: UsageMeterProps) {
  const entitlement = useEntitlement(feature, { customerId });
  const labelId = useId();
  const { text, number, date } = useFormat();
  const { status, name, usage, limit, unlimited, nextResetAt } = entitlement;
  const values = { usage: number(usage ?? 0), limit: number(limit ?? 0) };
  return (
    <div {...div} data-paykit="usage-meter" data-state={status} data-unlimited={unlimited || undefined}>
      {children ? (
        children(entitlement)
      ) : (
        <>
          <span id={labelId} data-part="label">
            {label ?? name}
          </span>
          {limit !== null && <meter aria-labelledby={labelId} max={limit || 1} value={usage ?? 0} />}
          {usage !== null && (
            <span data-part="usage">
              {text(unlimited ? "{usage} used" : "{usage} of {limit} used", values)}
            </span>
          )}
          {nextResetAt && (
            <span data-part="reset">{text("Resets on {date}", { date: date(nextResetAt) })}</span>
          )}
        </>
      )}
    </div>
  );
}
