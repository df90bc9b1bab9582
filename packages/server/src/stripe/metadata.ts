/** What PayKit writes on Stripe's objects, and reads back from them. Nothing else is ever taken from metadata. */
export const metadataKeys = {
  customerId: "paykit_customer_id",
  checkoutId: "paykit_checkout_id",
  productId: "paykit_product_id",
  version: "paykit_version",
  replaces: "paykit_replaces",
  quantity: "paykit_quantity",
  leaving: "paykit_leaving",
  portal: "paykit_portal",
} as const;
