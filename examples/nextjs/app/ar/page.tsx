import { PayKitProvider, PricingTable } from "@paykit/react";
import { arabic } from "@paykit/react/labels";
import type { Metadata } from "next";
import { paykit } from "@/billing/paykit";
import { translate } from "./translate";

export const metadata: Metadata = { title: "الأسعار" };

/** The pricing in Arabic, from right to left: PayKit's labels and formats come from the provider, the rest is ours. */
export default function ArabicPricingPage() {
  return (
    <section lang="ar" dir="rtl">
      <h1>الأسعار</h1>
      <p className="lead">يحذف «رِن» الحشو مما تكتب ويُبقي المعنى.</p>
      <h2>الباقات</h2>
      <PayKitProvider locale="ar" labels={arabic}>
        <PricingTable products={paykit.products.map(translate)} successUrl="/dashboard" cancelUrl="/ar" />
      </PayKitProvider>
    </section>
  );
}
