import { CheckoutButton, Entitled, UsageMeter } from "@paykit/react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/auth/workspace";
import { productNames } from "@/billing/paykit";
import { PlanLine } from "@/components/plan-line";
import { sendMessage, sendThoroughMessage } from "@/writing/actions";
import { CoverDesk } from "@/writing/cover-desk";
import { WritingDesk } from "@/writing/writing-desk";

export const metadata: Metadata = { title: "Write" };

export default async function DashboardPage() {
  const { user } = await requireWorkspace();
  return (
    <>
      <h1>Good to see you, {user.name}</h1>
      <PlanLine names={productNames} />
      <div className="columns">
        <section className="card" aria-labelledby="desk">
          <h2 id="desk">The quick editor</h2>
          <WritingDesk
            action={sendMessage}
            label="A sentence or two"
            sample="I just really wanted to say that the plan is actually quite good."
          />
        </section>
        <section className="card" aria-labelledby="thorough">
          <h2 id="thorough">The thorough editor</h2>
          <Entitled feature="pro_models" fallback={<Upgrade />}>
            <WritingDesk
              action={sendThoroughMessage}
              label="A whole paragraph"
              sample="In order to decide, we make use of a large number of drafts."
            />
          </Entitled>
        </section>
      </div>
      <div className="columns">
        <section className="card" aria-labelledby="covers">
          <h2 id="covers">Covers</h2>
          <CoverDesk />
        </section>
        <section className="card" aria-labelledby="use">
          <h2 id="use">This month</h2>
          <UsageMeter feature="messages" label="Messages" />
        </section>
      </div>
    </>
  );
}

function Upgrade() {
  return (
    <div className="stack">
      <p>
        It reads the whole paragraph and says it in half the words. It comes with Pro, and so do 2,000
        messages a month.
      </p>
      <CheckoutButton productId="pro" successUrl="/dashboard" cancelUrl="/dashboard">
        Upgrade to Pro, $19 a month
      </CheckoutButton>
    </div>
  );
}
