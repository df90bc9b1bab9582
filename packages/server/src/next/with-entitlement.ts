import { PayKitError } from "../contract/index.js";
import type { PayKit } from "../create-paykit.js";
import type { RunEntitledInput, RunEntitledResult } from "../index.js";
import { currentRequest } from "./current-request.js";

export interface ActionOptions<Args extends unknown[], T>
  extends Omit<RunEntitledInput<T>, "customerId" | "idempotencyKey"> {
  /** One per intended effect, from what the action was called with: a repeated call counts once. */
  idempotencyKey?: ((...args: Args) => string) | undefined;
}

/**
 * A server action for those who are entitled: it runs, and counts when it does not throw; whoever has not enough gets
 * `{ allowed: false, balance }`. For a route handler there is `paykit.withEntitlement`. Errors: UNAUTHENTICATED.
 */
export function withEntitlement<Args extends unknown[], T>(
  { identify, runEntitled, upsertCustomer }: Pick<PayKit, "identify" | "runEntitled" | "upsertCustomer">,
  { idempotencyKey, ...options }: ActionOptions<Args, T>,
  action: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<RunEntitledResult<T>> {
  return async (...args) => {
    const identity = await identify(await currentRequest());
    if (identity === null) throw new PayKitError("UNAUTHENTICATED", "Nobody is signed in.");
    const { customerId, email, name } = identity;
    await upsertCustomer({ id: customerId, email, name });
    return runEntitled({ ...options, customerId, idempotencyKey: idempotencyKey?.(...args) }, () =>
      action(...args),
    );
  };
}
