import type { Metadata } from "next";
import { requireWorkspace } from "@/auth/workspace";
import { openPortal } from "@/billing/actions";
import { paykit, productNames } from "@/billing/paykit";
import { PlanLine } from "@/components/plan-line";

export const metadata: Metadata = { title: "Billing" };

const date = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

export default async function BillingPage() {
  const { customerId } = await requireWorkspace();
  const customer = await paykit.getCustomer({ id: customerId });
  const plan = customer?.subscriptions.find(({ group, isEntitled }) => group === "base" && isEntitled);
  return (
    <>
      <h1>Billing</h1>
      <PlanLine names={productNames} />
      {plan && !plan.isDefault && (
        <section className="card stack">
          <h2>{productNames[plan.planId]}</h2>
          {plan.endsAt && <p>Ends on {date.format(plan.endsAt)}. Until then nothing changes.</p>}
          {!plan.endsAt && plan.currentPeriodEnd && <p>Renews on {date.format(plan.currentPeriodEnd)}.</p>}
          <form action={openPortal}>
            <button type="submit">Manage billing</button>
          </form>
        </section>
      )}
    </>
  );
}
