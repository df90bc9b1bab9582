export { isPayKitError, type PayKitError } from "@paykit/server/contract";
export type { Connection } from "./client/connection.js";
export { BillingPortalButton, type BillingPortalButtonProps } from "./components/billing-portal-button.js";
export { CheckoutButton, type CheckoutButtonProps } from "./components/checkout-button.js";
export { Entitled, type EntitledProps } from "./components/entitled.js";
export { InvoiceList, type InvoiceListProps } from "./components/invoice-list.js";
export { ItemBalance, type ItemBalanceProps } from "./components/item-balance.js";
export { PricingTable, type PricingTableProps } from "./components/pricing-table.js";
export { SubscribeButton, type SubscribeButtonProps } from "./components/subscribe-button.js";
export { SubscriptionStatus, type SubscriptionStatusProps } from "./components/subscription-status.js";
export { UsageMeter, type UsageMeterProps } from "./components/usage-meter.js";
export type { CommandView } from "./hooks/command-view.js";
export type { PayKitCustomer } from "./hooks/customer.js";
export type { EntitlementView } from "./hooks/entitlement-view.js";
export type { Item } from "./hooks/item.js";
export type { QueryView } from "./hooks/query-view.js";
export { type BillingPortalView, type PortalOptions, useBillingPortal } from "./hooks/use-billing-portal.js";
export { type CheckoutOptions, type CheckoutView, useCheckout } from "./hooks/use-checkout.js";
export { type UseEntitlementOptions, useEntitlement } from "./hooks/use-entitlement.js";
export { type InvoicesView, type UseInvoicesOptions, useInvoices } from "./hooks/use-invoices.js";
export { type ItemView, useItem } from "./hooks/use-item.js";
export { type PayKitCustomerView, usePayKitCustomer } from "./hooks/use-paykit-customer.js";
export { type PlanChange, type UsePlanChangeOptions, usePlanChange } from "./hooks/use-plan-change.js";
export {
  type PreviewView,
  type UsePreviewOptions,
  usePreviewSubscribe,
} from "./hooks/use-preview-subscribe.js";
export { type ProductsView, type UseProductsOptions, useProducts } from "./hooks/use-products.js";
export { type SpendItemView, useSpendItem } from "./hooks/use-spend-item.js";
export { type SubscribeOptions, type SubscribeView, useSubscribe } from "./hooks/use-subscribe.js";
export { useSuspensePayKitCustomer } from "./hooks/use-suspense-customer.js";
export { type KnownEntitlementView, useSuspenseEntitlement } from "./hooks/use-suspense-entitlement.js";
export { useSuspenseInvoices } from "./hooks/use-suspense-invoices.js";
export { useSuspenseItem } from "./hooks/use-suspense-item.js";
export { useSuspenseProducts } from "./hooks/use-suspense-products.js";
export { checkoutOptions } from "./mutations/checkout-options.js";
export { portalOptions } from "./mutations/portal-options.js";
export { subscribeOptions } from "./mutations/subscribe-options.js";
export type { ForCustomer } from "./provider/for-customer.js";
export type { Label, Labels } from "./provider/labels.js";
export { PayKitProvider, type PayKitProviderProps } from "./provider/paykit-provider.js";
export { customerOptions } from "./queries/customer-options.js";
export { invoicesOptions } from "./queries/invoices-options.js";
export { previewOptions } from "./queries/preview-options.js";
export { productsOptions } from "./queries/products-options.js";
export * from "./register.js";
