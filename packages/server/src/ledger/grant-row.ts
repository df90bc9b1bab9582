import type { Grant } from "../contract/index.js";

/** A grant in the stack of one customer. */
export interface GrantRow extends Grant<Date> {
  featureId: string;
  /** Where it comes from: see `database/schema/grant.ts`. */
  grantId: string;
  /** Stays when the plan that it came with goes. */
  permanent: boolean;
}

export const debtId = "debt";

/** Made by projection, and therefore taken away by it: everything that comes from a plan. */
export function isFromPlan({ grantId }: GrantRow): boolean {
  return grantId.startsWith("plan:");
}

/** What is shared by all that one subscription gives; null for what is not from a subscription. */
export function subscriptionOf({ grantId }: GrantRow): string | null {
  const [kind, , subscriptionId] = grantId.split(":");
  return kind === "plan" && subscriptionId !== undefined ? subscriptionId : null;
}

/** What a reservation gives back, to the grant it was taken from, unless it is confirmed first. */
export function returnId(reservationId: string, grantId: string): string {
  return `reservation:${reservationId}:${grantId}`;
}

/** The grant that a reservation took this from; null for every other row. */
export function sourceOfReturn({ grantId }: GrantRow): string | null {
  const match = /^reservation:[^:]+:(.+)$/.exec(grantId);
  return match?.[1] ?? null;
}
