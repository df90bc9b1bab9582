import type { BalanceTransaction } from "./balance-transaction.js";
import type { ActiveEntitlement, Feature, Price, Product, ProductFeature } from "./catalog.js";
import type { Charge } from "./charge.js";
import type { CheckoutLineItem, CheckoutSession } from "./checkout.js";
import type { Customer, CustomerBalanceTransaction } from "./customer.js";
import type { Coupon, Discount, PromotionCode } from "./discount.js";
import type { Dispute } from "./dispute.js";
import type { PaymentIntent, SetupAttempt, SetupIntent } from "./intent.js";
import type { Invoice, InvoiceItem, InvoicePayment } from "./invoice.js";
import type { PaymentMethod } from "./payment-method.js";
import type { Meter, MeterEvent, StripeEvent, TestClock, WebhookEndpoint } from "./platform.js";
import type { PortalConfiguration, PortalSession } from "./portal.js";
import type { Refund } from "./refund.js";
import type { SubscriptionSchedule } from "./schedule.js";
import type { Subscription, SubscriptionItem } from "./subscription.js";

/** Everything that is kept, as it is kept: references are ids, and what the API does not show is under `hidden`. */
export type StoredObject =
  | ActiveEntitlement
  | BalanceTransaction
  | Charge
  | CheckoutLineItem
  | CheckoutSession
  | Coupon
  | Customer
  | CustomerBalanceTransaction
  | Discount
  | Dispute
  | Feature
  | Invoice
  | InvoiceItem
  | InvoicePayment
  | Meter
  | MeterEvent
  | PaymentIntent
  | PaymentMethod
  | PortalConfiguration
  | PortalSession
  | Price
  | Product
  | ProductFeature
  | PromotionCode
  | Refund
  | SetupAttempt
  | SetupIntent
  | StripeEvent
  | Subscription
  | SubscriptionItem
  | SubscriptionSchedule
  | TestClock
  | WebhookEndpoint;

/** The API's name of a kind of object, e.g. `customer`, `checkout.session`. */
export type Noun = StoredObject["object"];

/** The stored form of a noun. */
export type Stored<N extends Noun> = Extract<StoredObject, { object: N }>;
