import { CheckoutButton } from "@paykit/react";
import type { RecurringPriceOptions } from "@paykit/server";
import Link from "next/link";
import { getWorkspace } from "@/auth/workspace";
import { creditPack, free, pro, studio } from "@/billing/catalog";
import { paykit } from "@/billing/paykit";

type Interval = "month" | "year";

const offers = [
  { plan: free, points: ["100 messages a month", "The quick editor"] },
  { plan: pro, points: ["2,000 messages a month", "The quick and the thorough editor"] },
  {
    plan: studio,
    points: ["10,000 messages a month", "Both editors", "100 cover credits a month", "14 days free"],
  },
] as const;

/** What Wren costs. Signed in, each plan has the button that buys it. */
export async function Pricing({ interval }: { interval: Interval }) {
  const workspace = await getWorkspace();
  const customer = workspace && (await paykit.getCustomer({ id: workspace.customerId }));
  const current = customer?.subscriptions.map(({ planId }) => planId) ?? [];
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
        {offers.map(({ plan, points }) => (
          <li key={plan.id} className="card">
            <h3>{plan.options.name}</h3>
            <p>{plan.options.description}</p>
            <p className="price">{priceOf(plan, interval)}</p>
            <ul>
              {points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
            {current.includes(plan.id) && <p className="current">Your plan</p>}
            {!workspace && (
              <Link href="/sign-up" className="button">
                Start with {plan.options.name}
              </Link>
            )}
            {workspace && !current.includes(plan.id) && plan !== free && (
              <CheckoutButton productId={plan.id} interval={interval} successUrl="/dashboard" cancelUrl="/">
                Upgrade to {plan.options.name}
              </CheckoutButton>
            )}
          </li>
        ))}
      </ul>
      <p>
        {creditPack.options.name}: $9.99. {creditPack.options.description}
      </p>
    </section>
  );
}

interface Sold {
  options: { price?: RecurringPriceOptions | readonly RecurringPriceOptions[] };
}

/** "$19 a month" */
function priceOf({ options }: Sold, interval: Interval) {
  const price = [options.price ?? []].flat().find((candidate) => candidate.interval === interval);
  return price ? `$${price.amount} a ${interval}` : "$0";
}
