import type { PayKitState } from "../contract/index.js";
import type { App } from "../operations/app.js";
import { showCustomer } from "../operations/get-snapshot.js";
import { toWireSnapshot } from "../snapshot/index.js";
import { findIdentity, type Identify } from "./identity.js";

export interface GetStateOptions {
  app: App;
  identify: Identify | null;
}

/** What a server-rendered page needs, with at most one query, and none for an anonymous request. It never throws. */
export async function getState(request: Request, { app, identify }: GetStateOptions): Promise<PayKitState> {
  const { basePath } = app;
  try {
    const identity = await findIdentity({ identify, request, claimedId: null });
    if (identity === null) return { basePath, status: "anonymous", customer: null };
    const snapshot = await showCustomer(app, { customerId: identity.customerId });
    return { basePath, status: "ready", customer: toWireSnapshot(snapshot) };
  } catch (error) {
    app.log.error("paykit: the page is rendered without a customer", error);
    return { basePath, status: "pending", customer: null };
  }
}
