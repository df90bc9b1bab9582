import { CheckoutButton } from "@paykit/react";
import Link from "next/link";
import { getWorkspace } from "@/auth/workspace";
import { paykit } from "@/billing/paykit";
import { describeInclude, formatPrice } from "@/billing/words";

type Interval = "month" | "year";
type Plan = (typeof paykit.products)[number];

/** What Wren costs. Signed in, each plan has the button that buys it. */
export async function Pricing({ interval }: { interval: Interval }) {
  const plans = paykit.products.filter(({ type }) => type === "plan");
  return (
    <section id="pricing" aria-labelledby="pricing-title">
      <h2 id="pricing-title">Pricing</h2>
      <nav className="switch" aria-label="How often you pay">
        <Link href="/?pay=monthly#pricing" aria-current={interval === "month" ? "true" : undefined}>
          Monthly
        </Link>
        <Link href="/?pay=yearly#pricing" aria-current={interval === "year" ? "true" : undefined}>
          Yearly, 2 months free
        </Link>
      </nav>
      <ul className="plans">
        {plans.map((plan) => (
          <li key={plan.id} className="card">
            <h3>{plan.name}</h3>
            <p>{plan.description}</p>
            <p className="price">{formatPrice(plan, interval)}</p>
            <ul>
              {plan.includes.map((include) => (
                <li key={include.featureId}>{describeInclude(include)}</li>
              ))}
              {plan.trialDays > 0 && <li>{plan.trialDays} days free</li>}
            </ul>
            <Choice plan={plan} interval={interval} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How to get the plan: by signing up, or with the button that buys it. */
async function Choice({ plan, interval }: { plan: Plan; interval: Interval }) {
  const workspace = await getWorkspace();
  if (workspace === null) {
    return (
      <Link href="/sign-up" className="button">
        Start with {plan.name}
      </Link>
    );
  }
  const customer = await paykit.getCustomer({ id: workspace.customerId });
  const isCurrent = customer?.subscriptions.some(({ planId }) => planId === plan.id);
  if (isCurrent) return <p className="current">Your plan</p>;
  if (plan.isDefault) return null;
  return (
    <CheckoutButton productId={plan.id} interval={interval} successUrl="/dashboard" cancelUrl="/">
      Upgrade to {plan.name}
    </CheckoutButton>
  );
}
