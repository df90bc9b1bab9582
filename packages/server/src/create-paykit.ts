import { type Declaration, type InferCatalogIds, toPublicProducts } from "./catalog/index.js";
import { checkOptions, readEnvironment } from "./configure.js";
import type { CatalogIds, PayKitState, PublicProduct } from "./contract/index.js";
import { createApp } from "./create-app.js";
import { createHandler } from "./http/create-handler.js";
import { getState } from "./http/get-state.js";
import type { App, Caller } from "./operations/app.js";
import { type CheckInput, type CheckResult, check } from "./operations/check.js";
import { type CreateCheckoutInput, createCheckoutUrl } from "./operations/create-checkout-url.js";
import type { Customer } from "./operations/customer.js";
import { customerPortal, type PortalRequest } from "./operations/customer-portal.js";
import { getCustomer } from "./operations/get-customer.js";
import { type ReportInput, type ReportResult, report } from "./operations/report.js";
import { type UpsertCustomerInput, upsertCustomer } from "./operations/upsert-customer.js";
import type { PayKitOptions } from "./options.js";

export interface PayKit<Ids extends CatalogIds = CatalogIds> {
  /** Type only: the ids of the catalog. */
  readonly $infer: Ids;
  /** The wire contract, for any platform with `Request` and `Response`. */
  readonly handler: (request: Request) => Promise<Response>;
  /** What a server-rendered page hands to the React provider. */
  readonly getState: (request: Request) => Promise<PayKitState>;
  /** What anybody may know of the catalog. */
  readonly products: readonly (PublicProduct & { id: Ids["productId"] })[];
  /** Makes a customer known, or brings email, name and metadata up to date. */
  upsertCustomer(input: UpsertCustomerInput): Promise<void>;
  /** Null when unknown. */
  getCustomer(input: { id: string }): Promise<Customer<Ids["featureId"]> | null>;
  check(input: CheckInput<Ids["featureId"]>): Promise<CheckResult>;
  report(input: ReportInput<Ids["itemId"]>): Promise<ReportResult>;
  createCheckoutUrl(input: CreateCheckoutInput<Ids["productId"]>): Promise<string>;
  customerPortal(input: PortalRequest): Promise<{ url: string }>;
  /** Applies pending migrations. */
  migrate(): Promise<void>;
  /** Closes what PayKit opened. */
  close(): Promise<void>;
}

const serverCaller: Caller = { isBrowser: false, origin: null };

/**
 * Puts billing into the app. Does no I/O: the database and Stripe are reached at the first call.
 * Errors: CATALOG_INVALID, CONFIG_INVALID, each with every fault at once.
 */
export function createPayKit<const Products extends readonly Declaration[]>(
  options: PayKitOptions<Products>,
): PayKit<InferCatalogIds<Products>> {
  const environment = readEnvironment(process.env);
  checkOptions(options, environment);
  const identify = options.identify ?? null;
  const app: App = createApp({ options, environment, handler: () => handler });
  const handler = createHandler({ app, identify });
  return {
    $infer: undefined as unknown as InferCatalogIds<Products>,
    handler,
    getState: (request) => getState(request, { app, identify }),
    products: toPublicProducts(app.catalog) as PayKit<InferCatalogIds<Products>>["products"],
    upsertCustomer: (input) => upsertCustomer(app, input),
    getCustomer: (input) => getCustomer(app, input),
    check: (input) => check(app, input),
    report: (input) => report(app, input),
    createCheckoutUrl: (input) => createCheckoutUrl(app, input, serverCaller),
    customerPortal: (input) => customerPortal(app, input, serverCaller),
    migrate: () => app.database.migrate(),
    close: () => app.database.close(),
  };
}
