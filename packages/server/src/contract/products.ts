import type { Repeat } from "./calendar.js";
import type { FeatureType } from "./entitlement.js";

/** A price in integer minor units: 1999 is 19.99 USD, 500 is 500 JPY. `currency` is lowercase ISO 4217. */
export interface PublicPrice {
  amount: number;
  currency: string;
  /** How often it is paid; null for a one-time product. */
  interval: Repeat | null;
}

export interface PublicInclude {
  featureId: string;
  name: string;
  type: FeatureType;
  /** Units per `repeat`, or in whole; null for a boolean or unlimited feature. */
  quantity: number | null;
  unlimited: boolean;
  repeat: Repeat | null;
}

/** What anybody may know of a plan or one-time product. Products marked `hidden` are never among them. */
export interface PublicProduct {
  id: string;
  type: "plan" | "product";
  name: string;
  description: string | null;
  group: string | null;
  isDefault: boolean;
  /** May be bought more than once; always false for a plan. */
  stackable: boolean;
  /** Days before the first payment; 0 without a trial. */
  trialDays: number;
  prices: PublicPrice[];
  includes: PublicInclude[];
}
