export { isPayKitError, type PayKitError } from "@paykit/server/contract";
export { CheckoutButton, type CheckoutButtonProps } from "./components/checkout-button.js";
export { Entitled, type EntitledProps } from "./components/entitled.js";
export type { PayKitCustomer } from "./hooks/customer.js";
export type { Item } from "./hooks/item.js";
export { type CheckoutOptions, type CheckoutView, useCheckout } from "./hooks/use-checkout.js";
export { type EntitlementView, type UseEntitlementOptions, useEntitlement } from "./hooks/use-entitlement.js";
export {
  type PayKitCustomerView,
  usePayKitCustomer,
} from "./hooks/use-paykit-customer.js";
export type { ForCustomer } from "./provider/for-customer.js";
export { PayKitProvider, type PayKitProviderProps } from "./provider/paykit-provider.js";
export * from "./register.js";
