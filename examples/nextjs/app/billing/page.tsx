import { BillingPortalButton, InvoiceList, ItemBalance, UsageMeter } from "@paykit/react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/auth/workspace";
import { productNames } from "@/billing/paykit";
import { PlanStatus } from "@/components/plan-status";

export const metadata: Metadata = { title: "Billing" };

export default async function BillingPage() {
  const { team } = await requireWorkspace();
  return (
    <>
      <h1>{team ? `Billing of ${team.name}` : "Billing"}</h1>
      <div className="columns">
        <section className="card stack" aria-labelledby="plan">
          <h2 id="plan">Plan</h2>
          <PlanStatus names={productNames} />
          <BillingPortalButton returnUrl="/billing">Manage billing</BillingPortalButton>
        </section>
        <section className="card stack" aria-labelledby="use">
          <h2 id="use">Use</h2>
          <UsageMeter feature="messages" label="Messages" />
          <p>
            Cover credits: <ItemBalance item="credits" /> left
          </p>
        </section>
      </div>
      <section className="card stack" aria-labelledby="invoices">
        <h2 id="invoices">Invoices</h2>
        <InvoiceList />
      </section>
    </>
  );
}
