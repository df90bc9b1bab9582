import type { CatalogIds, SnapshotProduct, SubscribeResult } from "./contract/index.js";
import { type App, serverCaller } from "./operations/app.js";
import { type CheckInput, type CheckResult, check } from "./operations/check.js";
import { type CreateCheckoutInput, createCheckoutUrl } from "./operations/create-checkout-url.js";
import type { Customer } from "./operations/customer.js";
import { customerPortal, type PortalRequest } from "./operations/customer-portal.js";
import { getCustomer } from "./operations/get-customer.js";
import { type GrantProductInput, grantProduct } from "./operations/grant-product.js";
import { unknownCustomer } from "./operations/input.js";
import { getItem, type Item, listItems } from "./operations/items.js";
import { type InvoicePage, type ListInvoicesInput, listInvoices } from "./operations/list-invoices.js";
import type { SubscribeInput } from "./operations/plan-change.js";
import { type ReportInput, type ReportResult, report } from "./operations/report.js";
import { subscribe } from "./operations/subscribe.js";

type Bound<Input extends { customerId: string }> = Omit<Input, "customerId">;

/** One customer: the same verbs without the id, and items as quantities. */
export interface CustomerHandle<Ids extends CatalogIds = CatalogIds> {
  readonly id: string;
  /** Null when unknown. */
  get(): Promise<Customer<Ids["featureId"]> | null>;
  check(input: Bound<CheckInput<Ids["featureId"]>>): Promise<CheckResult>;
  report(input: Bound<ReportInput<Ids["itemId"]>>): Promise<ReportResult>;
  /** A metered feature as a quantity. */
  getItem<Id extends Ids["itemId"]>(itemId: Id): Promise<Item<Id>>;
  listItems(): Promise<Item<Ids["itemId"]>[]>;
  /** The one-time products that the customer owns. */
  listProducts(): Promise<SnapshotProduct[]>;
  grantProduct(input: Bound<GrantProductInput<Ids["productId"]>>): Promise<void>;
  createCheckoutUrl(input: Bound<CreateCheckoutInput<Ids["productId"]>>): Promise<string>;
  subscribe(input: Bound<SubscribeInput<Ids["planId"]>>): Promise<SubscribeResult>;
  customerPortal(input?: Bound<PortalRequest>): Promise<{ url: string }>;
  listInvoices(input?: Bound<ListInvoicesInput>): Promise<InvoicePage>;
}

export function bindCustomer<Ids extends CatalogIds>(app: App, customerId: string): CustomerHandle<Ids> {
  return {
    id: customerId,
    get: () => getCustomer(app, { id: customerId }),
    check: (input) => check(app, { ...input, customerId }),
    report: (input) => report(app, { ...input, customerId }),
    getItem: <Id extends Ids["itemId"]>(itemId: Id) =>
      getItem(app, { customerId, itemId }) as Promise<Item<Id>>,
    listItems: () => listItems(app, customerId),
    listProducts: async () => {
      const customer = await getCustomer(app, { id: customerId });
      if (customer === null) throw unknownCustomer(customerId);
      return customer.products;
    },
    grantProduct: (input) => grantProduct(app, { ...input, customerId }),
    createCheckoutUrl: (input) => createCheckoutUrl(app, { ...input, customerId }, serverCaller),
    subscribe: (input) => subscribe(app, { ...input, customerId }, serverCaller),
    customerPortal: (input) => customerPortal(app, { ...input, customerId }, serverCaller),
    listInvoices: (input) => listInvoices(app, { ...input, customerId }),
  };
}
