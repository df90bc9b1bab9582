import { CheckoutButton, PayKitProvider } from "@paykit/react";

/** A static page with a button that buys, which a browser may keep as it is while its person is away. */
export function Purchase() {
  return (
    <PayKitProvider>
      <main>
        <CheckoutButton productId="pro">Upgrade to Pro</CheckoutButton>
      </main>
    </PayKitProvider>
  );
}
