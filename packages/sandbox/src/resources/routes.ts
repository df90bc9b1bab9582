import type { Route } from "../wire/route.js";
import { charges } from "./charges.js";
import { checkoutSessions } from "./checkout-sessions.js";
import { coupons } from "./coupons.js";
import { customers } from "./customers.js";
import { disputes } from "./disputes.js";
import { entitlements } from "./entitlements.js";
import { events } from "./events.js";
import { invoiceItems } from "./invoice-items.js";
import { invoicePayments } from "./invoice-payments.js";
import { invoices } from "./invoices.js";
import { meters } from "./meters.js";
import { paymentIntents } from "./payment-intents.js";
import { paymentMethods } from "./payment-methods.js";
import { portalConfigurations } from "./portal-configurations.js";
import { portalSessions } from "./portal-sessions.js";
import { prices } from "./prices.js";
import { products } from "./products.js";
import { promotionCodes } from "./promotion-codes.js";
import { refunds } from "./refunds.js";
import { setupIntents } from "./setup-intents.js";
import { subscriptionItems } from "./subscription-items.js";
import { subscriptionSchedules } from "./subscription-schedules.js";
import { subscriptions } from "./subscriptions.js";
import { testClocks } from "./test-clocks.js";
import { webhookEndpoints } from "./webhook-endpoints.js";

/** The routing table: everything the API answers, in the order of the README's list. */
export const routes: readonly Route[] = [
  ...products,
  ...prices,
  ...coupons,
  ...promotionCodes,
  ...customers,
  ...paymentMethods,
  ...setupIntents,
  ...paymentIntents,
  ...charges,
  ...refunds,
  ...disputes,
  ...subscriptions,
  ...subscriptionItems,
  ...subscriptionSchedules,
  ...invoices,
  ...invoiceItems,
  ...invoicePayments,
  ...checkoutSessions,
  ...portalConfigurations,
  ...portalSessions,
  ...meters,
  ...entitlements,
  ...events,
  ...webhookEndpoints,
  ...testClocks,
];
