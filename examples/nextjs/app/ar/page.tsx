import { PricingTable } from "@paykit/react";
import type { Metadata } from "next";
import Link from "next/link";
import { paykit } from "@/billing/paykit";
import { translate } from "./translate";

export const metadata: Metadata = { title: "الأسعار" };

/** The pricing in Arabic: PayKit's labels and formats come from the provider, the rest is ours. */
export default function ArabicPricingPage() {
  return (
    <>
      <h1>الأسعار</h1>
      <p className="lead">
        يحذف «رِن» الحشو مما تكتب ويُبقي المعنى. <Link href="/ar/billing">الفوترة</Link>
      </p>
      <h2>الباقات</h2>
      <PricingTable products={paykit.products.map(translate)} successUrl="/ar/billing" cancelUrl="/ar" />
    </>
  );
}
