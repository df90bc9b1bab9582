import type { BillingMode } from "../world/objects/subscription.js";

export function toBillingMode({
  type,
  flexible,
}: {
  type: BillingMode["type"];
  flexible?: BillingMode["flexible"];
}): BillingMode {
  return {
    flexible:
      type === "flexible" ? { proration_discounts: flexible?.proration_discounts ?? "included" } : null,
    type,
  };
}
