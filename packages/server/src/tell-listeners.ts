import type { PayKitEvent, PayKitListeners } from "./events.js";
import type { Context } from "./operations/context.js";
import { getCustomer } from "./operations/get-customer.js";
import type { Tell } from "./sync/deliver-notices.js";

type Listener = (event: PayKitEvent) => void | Promise<void>;

/** Calls the app's handlers with what happened and the customer as they are now. Each in turn; the first that throws ends it. */
export function tellListeners(context: Context, on: PayKitListeners): Tell {
  return async ({ type, noticeId, customerId, facts }) => {
    const listeners = [on[type as keyof PayKitListeners], on["*"]].filter((one) => one !== undefined);
    if (listeners.length === 0) return;
    const customer = await getCustomer(context, { id: customerId });
    if (customer === null) return;
    const { subscriptions, entitlements } = customer;
    const event = { ...facts, type, id: noticeId, customerId, subscriptions, entitlements };
    for (const listener of listeners) await (listener as Listener)(event as unknown as PayKitEvent);
  };
}

/** Whether anybody would hear of this type. */
export function hasListener(on: PayKitListeners, type: string): boolean {
  return on[type as keyof PayKitListeners] !== undefined || on["*"] !== undefined;
}
