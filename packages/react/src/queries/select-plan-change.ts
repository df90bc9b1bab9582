import type { PlanChange, PriceInterval, WireSnapshot } from "@paykit/server/contract";
import { warnUnknownId } from "../client/warn-unknown-id.js";

export interface PlanChoice {
  planId: string;
  /** Which of the plan's prices. Default: the first. */
  interval?: PriceInterval | undefined;
}

/** Whether somebody has a trial is known when they are: null. */
export type WirePlanChange = Omit<PlanChange<string>, "planId" | "interval" | "trialDays"> & {
  trialDays: number | null;
};

const start: WirePlanChange = { kind: "start", effectiveAt: null, isScheduled: false, trialDays: null };

/** What choosing a plan would do, by the server's rule. Nobody is on a plan, so they start one. */
export function selectPlanChange(
  snapshot: WireSnapshot | null,
  { planId, interval }: PlanChoice,
): WirePlanChange {
  const changes = snapshot?.changes.filter((change) => change.planId === planId);
  if (process.env.NODE_ENV !== "production" && snapshot && changes?.length === 0) {
    const known = snapshot.changes.map((change) => change.planId);
    warnUnknownId("plan", planId, known);
  }
  return changes?.find((change) => change.interval === interval) ?? changes?.[0] ?? start;
}
