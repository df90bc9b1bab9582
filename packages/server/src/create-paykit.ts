import { bindCustomer, type CustomerHandle } from "./bind-customer.js";
import { type Declaration, type InferCatalogIds, toPublicProducts } from "./catalog/index.js";
import { checkOptions, readEnvironment } from "./configure.js";
import type {
  CatalogIds,
  PayKitState,
  PublicProduct,
  SubscribePreview,
  SubscribeResult,
} from "./contract/index.js";
import { createApp } from "./create-app.js";
import { createHandler } from "./http/create-handler.js";
import { getState } from "./http/get-state.js";
import { findIdentity } from "./http/identity.js";
import {
  type EntitledHandler,
  type WithEntitlementOptions,
  withEntitlement,
} from "./http/with-entitlement.js";
import { type AddOnInput, addAddOn } from "./operations/add-add-on.js";
import { type App, type Identity, serverCaller } from "./operations/app.js";
import type { Balance } from "./operations/balance.js";
import { type CheckInput, type CheckResult, check } from "./operations/check.js";
import { type CreateCheckoutInput, createCheckoutUrl } from "./operations/create-checkout-url.js";
import type { Customer } from "./operations/customer.js";
import { customerPortal, type PortalRequest } from "./operations/customer-portal.js";
import { deleteCustomer } from "./operations/delete-customer.js";
import { getCustomer } from "./operations/get-customer.js";
import { type CustomerPaymentMethod, getPaymentMethod } from "./operations/get-payment-method.js";
import { type GrantProductInput, grantProduct } from "./operations/grant-product.js";
import { type CustomerPage, type ListCustomersInput, listCustomers } from "./operations/list-customers.js";
import { type InvoicePage, type ListInvoicesInput, listInvoices } from "./operations/list-invoices.js";
import { type LedgerPage, type ListLedgerInput, listLedger, trimLedger } from "./operations/list-ledger.js";
import {
  type MigrateCustomersInput,
  type MigrateCustomersResult,
  migrateCustomers,
} from "./operations/migrate-customers.js";
import type { SubscribeInput } from "./operations/plan-change.js";
import { previewSubscribe } from "./operations/preview-subscribe.js";
import { type ReconcileInput, type ReconcileResult, reconcile } from "./operations/reconcile.js";
import { removeAddOn } from "./operations/remove-add-on.js";
import { type ReportInput, type ReportResult, report } from "./operations/report.js";
import {
  type ConfirmInput,
  confirmReservation,
  type ReleaseInput,
  type ReserveInput,
  type ReserveResult,
  releaseReservation,
  reserve,
} from "./operations/reservations.js";
import { type RunEntitledInput, type RunEntitledResult, runEntitled } from "./operations/run-entitled.js";
import { subscribe } from "./operations/subscribe.js";
import { advanceTestClock, type CustomerClock, getTestClock } from "./operations/test-clock.js";
import { type UpsertCustomerInput, welcomeCustomer } from "./operations/upsert-customer.js";
import type { PayKitOptions } from "./options.js";

/** Billing, bound to one app. Every method rejects with a `PayKitError`; docs/errors has a page for each code. */
export interface PayKit<Ids extends CatalogIds = CatalogIds> {
  /** Type only: the ids of the catalog. */
  readonly $infer: Ids;
  /** The wire contract, for any platform with `Request` and `Response`. */
  readonly handler: (request: Request) => Promise<Response>;
  /** What a server-rendered page hands to the React provider: at most one query. */
  readonly getState: (request: Request) => Promise<PayKitState>;
  /** What anybody may know of the catalog, in the order of declaration. */
  readonly products: readonly PublicProduct[];

  /** Makes a customer known, with the default plans, or brings email, name and metadata up to date. */
  upsertCustomer(input: UpsertCustomerInput): Promise<void>;
  /** Null when unknown. One query. */
  getCustomer(input: { id: string }): Promise<Customer<Ids["featureId"]> | null>;
  /** A page of customers, newest first. */
  listCustomers(input?: ListCustomersInput<Ids["planId"]>): Promise<CustomerPage>;
  /** Cancels what is live at Stripe, then forgets the customer. Nothing is removed when Stripe fails. */
  deleteCustomer(input: { id: string }): Promise<void>;

  /** Whether a customer may use a feature now. */
  check(input: CheckInput<Ids["featureId"]>): Promise<CheckResult>;
  /** Takes from a balance if it covers the amount. */
  report(input: ReportInput<Ids["itemId"]>): Promise<ReportResult>;

  /** Holds a quantity for work whose size is known only afterwards. */
  reserve(input: ReserveInput<Ids["itemId"]>): Promise<ReserveResult>;
  /** Counts what the work really used, and gives the rest back. */
  confirmReservation(input: ConfirmInput<Ids["itemId"]>): Promise<Balance>;
  /** Gives back all that was held. */
  releaseReservation(input: ReleaseInput<Ids["itemId"]>): Promise<Balance>;
  /** Runs work that a feature allows, and counts it only when it succeeds. */
  runEntitled<T>(
    input: RunEntitledInput<T, Ids["featureId"]>,
    run: () => Promise<T>,
  ): Promise<RunEntitledResult<T>>;
  /** The same as a route handler: 401 for nobody, 403 with the balance for whoever has not enough. */
  withEntitlement(
    options: WithEntitlementOptions<Ids["featureId"]>,
    handler: EntitledHandler,
  ): (request: Request) => Promise<Response>;
  /** Whom `identify` sees behind a request; null for nobody. */
  identify(request: Request): Promise<Identity | null>;
  /** Gives a one-time product without payment. */
  grantProduct(input: GrantProductInput<Ids["productId"]>): Promise<void>;
  /** Who did what to an item, when and why, newest first. */
  listLedger(input: ListLedgerInput<Ids["itemId"]>): Promise<LedgerPage>;
  /** Forgets the history before an instant; balances stay. */
  trimLedger(input: { before: Date }): Promise<number>;
  /** The same verbs bound to one customer, and items as quantities. Costs nothing until a method is called. */
  customer(id: string): CustomerHandle<Ids>;

  /** Puts a customer on a plan: start, upgrade, downgrade, cancel (to the default plan) or resume. */
  subscribe(input: SubscribeInput<Ids["planId"]>): Promise<SubscribeResult>;
  /** What `subscribe` would do and cost, to the cent. */
  previewSubscribe(input: SubscribeInput<Ids["planId"]>): Promise<SubscribePreview>;
  /** Adds a plan without a group to the customer's subscription, at once. */
  addAddOn(input: AddOnInput<Ids["planId"]>): Promise<SubscribeResult>;
  /** Lets an add-on end with the period that is paid for. */
  removeAddOn(input: AddOnInput<Ids["planId"]>): Promise<void>;
  /** A link to Stripe's checkout page. */
  createCheckoutUrl(input: CreateCheckoutInput<Ids["productId"]>): Promise<string>;
  /** A link to Stripe's pages for cards, invoices and cancelling. */
  customerPortal(input: PortalRequest): Promise<{ url: string }>;
  /** What the next invoice is paid with: brand, last four digits, expiry. Null when nothing is on file. */
  getPaymentMethod(input: { customerId: string }): Promise<CustomerPaymentMethod | null>;
  /** A page of invoices, newest first. */
  listInvoices(input: ListInvoicesInput): Promise<InvoicePage>;

  /** Moves the customers of a plan to what the plan is now. */
  migrateCustomers(input: MigrateCustomersInput<Ids["planId"]>): Promise<MigrateCustomersResult>;
  /** Reads customers again at Stripe, for when webhooks were lost. */
  reconcile(input?: ReconcileInput): Promise<ReconcileResult>;
  /** The customer's test clock. Only with `testing.testClocks`. */
  getTestClock(input: { customerId: string }): Promise<CustomerClock>;
  /** Moves the customer's test clock and waits for what falls due. Only with `testing.testClocks`. */
  advanceTestClock(input: { customerId: string; to: Date }): Promise<CustomerClock>;

  /** Applies pending migrations. */
  migrate(): Promise<void>;
  /** Closes what PayKit opened: a pool of yours stays open. */
  close(): Promise<void>;
}

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
    products: toPublicProducts(app.catalog),
    upsertCustomer: (input) => welcomeCustomer(app, input),
    getCustomer: (input) => getCustomer(app, input),
    listCustomers: (input) => listCustomers(app, input),
    deleteCustomer: (input) => deleteCustomer(app, input),
    check: (input) => check(app, input),
    report: (input) => report(app, input),
    reserve: (input) => reserve(app, input),
    confirmReservation: (input) => confirmReservation(app, input),
    releaseReservation: (input) => releaseReservation(app, input),
    runEntitled: (input, run) => runEntitled(app, input, run),
    withEntitlement: (guard, route) => withEntitlement({ app, identify }, guard, route),
    identify: (request) => findIdentity({ identify, request, claimedId: null }),
    grantProduct: (input) => grantProduct(app, input),
    listLedger: (input) => listLedger(app, input),
    trimLedger: (input) => trimLedger(app, input),
    customer: (id) => bindCustomer(app, id),
    subscribe: (input) => subscribe(app, input, serverCaller),
    previewSubscribe: (input) => previewSubscribe(app, input, serverCaller),
    addAddOn: (input) => addAddOn(app, input, serverCaller),
    removeAddOn: (input) => removeAddOn(app, input),
    createCheckoutUrl: (input) => createCheckoutUrl(app, input, serverCaller),
    customerPortal: (input) => customerPortal(app, input, serverCaller),
    getPaymentMethod: (input) => getPaymentMethod(app, input),
    listInvoices: (input) => listInvoices(app, input),
    migrateCustomers: (input) => migrateCustomers(app, input),
    reconcile: (input) => reconcile(app, input),
    getTestClock: (input) => getTestClock(app, input),
    advanceTestClock: (input) => advanceTestClock(app, input),
    migrate: () => app.database.migrate(),
    close: () => app.database.close(),
  };
}
