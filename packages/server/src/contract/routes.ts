import type { PublicProduct } from "./products.js";
import type { WireSnapshot } from "./snapshot.js";

/** Where the handler lives unless `basePath` says otherwise. */
export const defaultBasePath = "/api/paykit";

/** The paths below `basePath`. */
export const routes = {
  customer: "/customer",
  products: "/products",
  checkout: "/checkout",
  checkoutReturn: "/checkout/return",
  subscribe: "/subscribe",
  preview: "/subscribe/preview",
  portal: "/portal",
  invoices: "/invoices",
  webhook: "/webhook",
} as const;

export type PriceInterval = "day" | "week" | "month" | "year";

/** Fields that every command takes; `customerId` is only compared with the identified customer. */
interface CommandBody {
  customerId?: string;
  /** One per click, so that a repeated request acts once. At most 255 characters. */
  idempotencyKey?: string;
}

/** `POST /checkout`, as JSON or as the fields of an HTML form. */
export interface CheckoutBody extends CommandBody {
  productId: string;
  quantity?: number;
  interval?: PriceInterval;
  successUrl?: string;
  cancelUrl?: string;
}

/** `POST /subscribe`, as JSON or as the fields of an HTML form, and `POST /subscribe/preview`. */
export interface SubscribeBody extends CommandBody {
  planId: string;
  interval?: PriceInterval;
  addOnPlanIds?: string[];
  successUrl?: string;
  cancelUrl?: string;
  /** As the preview said it, ISO 8601: the change then costs what the preview told. */
  quotedAt?: string;
}

/** `POST /portal`, as JSON or as the fields of an HTML form. */
export interface PortalBody extends CommandBody {
  returnUrl?: string;
  flow?: "update_card" | "cancel" | "switch_plan";
}

export interface ProductsAnswer {
  products: PublicProduct[];
}

/** Answers with a URL to send the person to. */
export interface UrlAnswer {
  url: string;
}

/** A command answers with the snapshot after it, so that awaiting it means fresh. `GET /customer` is the snapshot itself. */
export interface WithCustomer {
  customer: WireSnapshot;
}
