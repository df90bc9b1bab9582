import type { FeatureType, Repeat } from "../contract/index.js";
import type { Expires } from "./model.js";

export type IntervalUnit = Repeat[1];

/** A price: `amount` in whole currency units, as `"19.99"` or `19.99`; it becomes integer minor units exactly. */
export interface PriceOptions {
  amount: string | number;
  /** ISO 4217. Default `usd`. */
  currency?: string;
}

export interface RecurringPriceOptions extends PriceOptions {
  /** How often it is paid: `"month"`, or `[3, "month"]`. */
  interval: IntervalUnit | Repeat;
}

/** How much of a metered feature a product grants. */
export type MeteredGrantOptions =
  /** `reset` renews the limit each period without roll-over; without it the limit holds as long as the plan does. */
  | { limit: number; reset?: IntervalUnit }
  | { quantity: number; repeat?: Repeat | "never"; expires?: Expires }
  /** Use is counted, from period to period with `reset`, and never refused. */
  | { unlimited: true; reset?: IntervalUnit };

/** What calling a feature gives: its part of a product. */
export interface IncludeDeclaration<Id extends string = string, Type extends FeatureType = FeatureType> {
  readonly featureId: Id;
  readonly type: Type;
  readonly name: string;
  readonly options: MeteredGrantOptions | null;
}

interface Declared<Id extends string, Type extends FeatureType> {
  readonly id: Id;
  readonly type: Type;
  readonly name: string;
}

export interface BooleanFeature<Id extends string = string> extends Declared<Id, "boolean"> {
  (): IncludeDeclaration<Id, "boolean">;
}

export interface MeteredFeature<Id extends string = string> extends Declared<Id, "metered"> {
  (options: MeteredGrantOptions): IncludeDeclaration<Id, "metered">;
}

export interface FeatureOptions<Id extends string, Type extends FeatureType> {
  id: Id;
  type: Type;
  /** What people read. Default: the id. */
  name?: string;
}

interface SellableOptions<Id extends string, Includes extends readonly IncludeDeclaration[]> {
  /** Lowercase letters, digits, `-`, `_`; at most 64. */
  id: Id;
  /** What people read. Default: the id. */
  name?: string;
  description?: string;
  /** Keeps it out of `GET /products` and out of a browser's reach. Default false. */
  hidden?: boolean;
  includes?: Includes;
  metadata?: Record<string, string>;
}

export interface PlanOptions<Id extends string, Includes extends readonly IncludeDeclaration[]>
  extends SellableOptions<Id, Includes> {
  /** A customer has one plan of each group. Without a group the plan is an add-on. */
  group?: string;
  /** What a customer of the group has who chose nothing. Costs nothing. Default false. */
  default?: boolean;
  price?: RecurringPriceOptions | readonly RecurringPriceOptions[];
  /** Days before the first payment, at most 730. Default 0. */
  trialDays?: number;
  /** Whether starting a trial asks for a card. Default true. */
  trialRequiresCard?: boolean;
}

export interface ProductOptions<Id extends string, Includes extends readonly IncludeDeclaration[]>
  extends SellableOptions<Id, Includes> {
  price?: PriceOptions | readonly PriceOptions[];
  /** Whether it may be bought more than once. Default false. */
  stackable?: boolean;
  /** What a refund or a lost dispute does to what is left of it. Default `"revoke"`. */
  onRefund?: "revoke" | "keep";
}

export interface PlanDeclaration<
  Id extends string = string,
  Includes extends readonly IncludeDeclaration[] = readonly IncludeDeclaration[],
> {
  readonly kind: "plan";
  readonly id: Id;
  readonly options: PlanOptions<Id, Includes>;
}

export interface ProductDeclaration<
  Id extends string = string,
  Includes extends readonly IncludeDeclaration[] = readonly IncludeDeclaration[],
> {
  readonly kind: "product";
  readonly id: Id;
  readonly options: ProductOptions<Id, Includes>;
}

export type Declaration = PlanDeclaration | ProductDeclaration;

/**
 * Declares something that customers may do (`boolean`) or have a quantity of (`metered`). Call what it gives inside a
 * product's `includes`: `messages({ limit: 100, reset: "month" })`, `proModels()`.
 */
export function feature<const Id extends string>(options: FeatureOptions<Id, "boolean">): BooleanFeature<Id>;
export function feature<const Id extends string>(options: FeatureOptions<Id, "metered">): MeteredFeature<Id>;
export function feature({ id, type, name = id }: FeatureOptions<string, FeatureType>): unknown {
  const include = (options: MeteredGrantOptions | null = null) => ({ featureId: id, type, name, options });
  // A function's own `name` can only be defined, not assigned.
  return Object.defineProperties(include, {
    id: { value: id },
    type: { value: type },
    name: { value: name },
  });
}

/** Declares a recurring or free product. Faults are found by `createPayKit`, all at once. */
export function plan<
  const Id extends string,
  const Includes extends readonly IncludeDeclaration[] = readonly [],
>(options: PlanOptions<Id, Includes>): PlanDeclaration<Id, Includes> {
  return { kind: "plan", id: options.id, options };
}

/** Declares a product that is paid for once. Faults are found by `createPayKit`, all at once. */
export function product<
  const Id extends string,
  const Includes extends readonly IncludeDeclaration[] = readonly [],
>(options: ProductOptions<Id, Includes>): ProductDeclaration<Id, Includes> {
  return { kind: "product", id: options.id, options };
}
