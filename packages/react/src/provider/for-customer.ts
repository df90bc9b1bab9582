/** Whom a hook is about, when it is not the provider's customer: a team. `identify` has to vouch for it. */
export interface ForCustomer {
  customerId?: string | undefined;
}
