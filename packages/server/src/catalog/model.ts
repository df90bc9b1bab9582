import type { FeatureType, Repeat } from "../contract/index.js";

/** A feature as declared: something that a customer may or may not do, or has a quantity of. */
export interface Feature {
  id: string;
  type: FeatureType;
  name: string;
}

/** When what was granted ends. The three words mean what they mean in Stack Auth. */
export type Expires = "never" | "when-purchase-expires" | "when-repeated";

/** What one unit of a product grants of a feature. */
export interface Include {
  featureId: string;
  type: FeatureType;
  /** Integer units, per `repeat` or in whole; 0 for a boolean or unlimited feature. */
  quantity: number;
  repeat: Repeat | null;
  expires: Expires;
  unlimited: boolean;
}

/** A price in integer minor units of a lowercase ISO 4217 currency; `interval` is null for a one-time product. */
export interface Price {
  amount: number;
  currency: string;
  interval: Repeat | null;
}

interface Sellable {
  id: string;
  name: string;
  description: string | null;
  /** Not listed by `GET /products` and not for sale to a browser. */
  hidden: boolean;
  prices: Price[];
  includes: Include[];
  /** The content hash of what a buyer gets and pays; a changed product is another version. */
  version: string;
  metadata: Record<string, string>;
}

/** A recurring or free product. A customer has one of each group; a plan without a group is an add-on. */
export interface Plan extends Sellable {
  kind: "plan";
  group: string | null;
  isDefault: boolean;
  trialDays: number;
  /** Whether a trial asks for a card at the start. Default true. */
  trialRequiresCard: boolean;
}

export interface OneTimeProduct extends Sellable {
  kind: "product";
  stackable: boolean;
  /** What a refund or a lost dispute does to what is left of the purchase. Default "revoke". */
  onRefund: "revoke" | "keep";
}

export type Product = Plan | OneTimeProduct;

/** Which default plan of each group somebody was given, by the group's name. */
export type GivenDefaults = Readonly<Record<string, { planId: string; version: string }>>;

/** All that the app sells, validated. */
export interface Catalog {
  features: ReadonlyMap<string, Feature>;
  products: ReadonlyMap<string, Product>;
  /** The default plan of each group that has one. */
  defaultPlans: ReadonlyMap<string, Plan>;
}
