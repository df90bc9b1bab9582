import type { Route } from "../wire/route.js";
import { checkoutSessions } from "./checkout-sessions.js";
import { customers } from "./customers.js";
import { events } from "./events.js";
import { invoices } from "./invoices.js";
import { paymentMethods } from "./payment-methods.js";
import { portalConfigurations } from "./portal-configurations.js";
import { portalSessions } from "./portal-sessions.js";
import { prices } from "./prices.js";
import { products } from "./products.js";
import { subscriptions } from "./subscriptions.js";
import { testClocks } from "./test-clocks.js";

/** The routing table: everything the API answers. */
export const routes: readonly Route[] = [
  ...products,
  ...prices,
  ...customers,
  ...paymentMethods,
  ...checkoutSessions,
  ...subscriptions,
  ...invoices,
  ...portalConfigurations,
  ...portalSessions,
  ...events,
  ...testClocks,
];
