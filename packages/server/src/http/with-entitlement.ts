import { randomUUID } from "node:crypto";
import { PayKitError } from "../contract/index.js";
import type { App } from "../operations/app.js";
import type { Balance } from "../operations/balance.js";
import { type RunEntitledInput, runEntitled } from "../operations/run-entitled.js";
import { welcomeCustomer } from "../operations/upsert-customer.js";
import { toFailure, toJsonError } from "./error-response.js";
import { type Identify, requireIdentity } from "./identity.js";

export interface WithEntitlementOptions<FeatureId extends string = string>
  extends Pick<RunEntitledInput<Response, FeatureId>, "feature" | "required" | "used" | "expiresInMs"> {
  /** Reads the caller's key from the request, so that a repeated request counts once. Default: the header `idempotency-key`. */
  idempotencyKey?: ((request: Request) => string | null) | undefined;
}

export type EntitledHandler = (request: Request, customer: { customerId: string }) => Promise<Response>;

/**
 * A route handler for those who are entitled: 401 for nobody, 403 with the balance for whoever has not enough. It counts
 * only when it answers with a status below 400.
 */
export function withEntitlement(
  { app, identify }: { app: App; identify: Identify | null },
  options: WithEntitlementOptions,
  handler: EntitledHandler,
): (request: Request) => Promise<Response> {
  const { idempotencyKey = (request: Request) => request.headers.get("idempotency-key"), ...rest } = options;
  return async (request) => {
    try {
      const identity = await requireIdentity({ identify, request, claimedId: null });
      const { customerId, email, name } = identity;
      await welcomeCustomer(app, { id: customerId, email, name });
      const key = idempotencyKey(request);
      const outcome = await runEntitled(
        app,
        {
          ...rest,
          customerId,
          isSuccess: ({ status }) => status < 400,
          ...(key === null ? {} : { idempotencyKey: key }),
        },
        () => handler(request, { customerId }),
      );
      return outcome.allowed ? outcome.result : toDenial(options.feature, outcome.balance);
    } catch (error) {
      const requestId = randomUUID();
      const failure = toFailure(error);
      if (failure.status >= 500) app.log.error(`paykit: request ${requestId} failed`, error);
      return toJsonError(failure, requestId);
    }
  };
}

function toDenial(featureId: string, balance: Balance | null): Response {
  const { code, message, status } = toFailure(
    new PayKitError("ENTITLEMENT_DENIED", `What you have does not cover this use of "${featureId}".`),
  );
  const body = { error: { code, message, requestId: randomUUID() }, entitlement: { featureId, balance } };
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}
