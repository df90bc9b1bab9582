import {
  BillingPortalButton,
  CheckoutButton,
  Entitled,
  InvoiceList,
  ItemBalance,
  PricingTable,
  SubscriptionStatus,
  UsageMeter,
} from "@paykit/react";
import { arabic } from "@paykit/react/labels";
import { PayKitTestProvider } from "@paykit/react/testing";
import { products } from "../../../../packages/react/test/products.js";
import { type GalleryState, type StateName, states } from "./states.js";

const invoice = {
  number: "WREN-0001",
  createdAt: new Date("2026-01-01T00:00:00Z"),
  status: "paid" as const,
  total: 1900,
  amountDue: 0,
  currency: "usd",
  hostedUrl: "https://stripe.example/invoice",
  pdfUrl: "https://stripe.example/pdf",
};

/** Every component as a customer in one state sees it, in Arabic too. */
export function Showcase({ name, locale = "en" }: { name: StateName; locale?: string | undefined }) {
  const { customer, status = "ready", signInUrl }: GalleryState = states[name];
  const paysMoney = customer?.subscriptions?.some(({ isDefault }) => !isDefault);
  return (
    <PayKitTestProvider
      {...(customer !== undefined && { customer })}
      status={status}
      signInUrl={signInUrl}
      products={products}
      invoices={paysMoney ? [invoice] : []}
      locale={locale}
      labels={locale === "ar" ? arabic : undefined}
      onCommand={failFirst()}
    >
      <main lang={locale} dir={locale === "ar" ? "rtl" : "ltr"}>
        <h1>{name}</h1>
        <section className="card stack" aria-label="Gate">
          <Entitled
            feature="pro_models"
            pending={<p>One moment</p>}
            error={<p>This could not be loaded</p>}
            fallback={<CheckoutButton productId="pro">Upgrade to Pro</CheckoutButton>}
          >
            <p>The pro area</p>
          </Entitled>
        </section>
        <section className="card stack" aria-label="Credits">
          <p>
            Credits: <ItemBalance item="credits" pending="…" />
          </p>
          <CheckoutButton productId="credit_pack">Buy 500 credits</CheckoutButton>
        </section>
        <section className="card" aria-label="Plans">
          <h2>Plans</h2>
          <PricingTable />
        </section>
        <section className="card stack" aria-label="Billing">
          <SubscriptionStatus />
          <BillingPortalButton />
          <UsageMeter feature="messages" label="Messages" />
          <InvoiceList />
        </section>
      </main>
    </PayKitTestProvider>
  );
}

/** The first command fails as without a network; what follows leads nowhere. */
function failFirst() {
  let count = 0;
  return () => {
    count += 1;
    if (count === 1) throw new TypeError("fetch failed");
  };
}
