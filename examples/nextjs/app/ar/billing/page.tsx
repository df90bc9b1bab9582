import { BillingPortalButton, InvoiceList, ItemBalance, UsageMeter } from "@paykit/react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/auth/workspace";
import { PlanStatus } from "@/components/plan-status";
import { names } from "../translate";

export const metadata: Metadata = { title: "الفوترة" };

export default async function ArabicBillingPage() {
  await requireWorkspace();
  return (
    <>
      <h1>الفوترة</h1>
      <div className="columns">
        <section className="card stack" aria-labelledby="plan">
          <h2 id="plan">الباقة</h2>
          <PlanStatus names={names} />
          <BillingPortalButton returnUrl="/ar/billing" />
        </section>
        <section className="card stack" aria-labelledby="use">
          <h2 id="use">الاستخدام</h2>
          <UsageMeter feature="messages" label="الرسائل" />
          <p>
            رصيد الأغلفة: <ItemBalance item="credits" />
          </p>
        </section>
      </div>
      <section className="card stack" aria-labelledby="invoices">
        <h2 id="invoices">الفواتير</h2>
        <InvoiceList />
      </section>
    </>
  );
}
