/**
 * As an app ships it: ES modules, minified, gzipped, without React and TanStack Query. What the provider loads after the first
 * paint is a file of its own; `eager` is what the page waits for, `in all` is both.
 */
const core = "{ PayKitProvider, usePayKitCustomer, useEntitlement, CheckoutButton }";
const everything = `{
  BillingPortalButton, CheckoutButton, Entitled, InvoiceList, ItemBalance, PayKitProvider, PricingTable, SubscribeButton,
  SubscriptionStatus, UsageMeter, checkoutOptions, customerOptions, invoicesOptions, isPayKitError, portalOptions,
  previewOptions, productsOptions, subscribeOptions, useBillingPortal, useCheckout, useEntitlement, useInvoices, useItem,
  usePayKitCustomer, usePlanChange, usePreviewSubscribe, useProducts, useSpendItem, useSubscribe, useSuspenseEntitlement,
  useSuspenseInvoices, useSuspenseItem, useSuspensePayKitCustomer, useSuspenseProducts
}`;

const measure = {
  path: "dist/index.js",
  gzip: true,
  modifyEsbuildConfig: (config) => ({ ...config, format: "esm", splitting: true }),
};
const eager = {
  ...measure,
  modifyEsbuildConfig: (config) => ({
    ...measure.modifyEsbuildConfig(config),
    external: [...config.external, "*/watch-snapshots.js"],
  }),
};

export default [
  { ...eager, name: "provider, the two hooks and the button: eager", import: core, limit: "3.05 kB" },
  { ...measure, name: "provider, the two hooks and the button: in all", import: core, limit: "4.1 kB" },
  { ...eager, name: "provider and gate: eager", import: "{ PayKitProvider, Entitled }", limit: "1.9 kB" },
  { ...eager, name: "everything: eager", import: everything, limit: "7.45 kB" },
  { ...measure, name: "everything: in all", import: everything, limit: "8.5 kB" },
  { ...measure, name: "testing", path: "dist/testing/index.js", import: "*", limit: "4 kB" },
];
