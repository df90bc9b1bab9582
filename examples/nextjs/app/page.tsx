import { PricingTable } from "@paykit/react";
import Link from "next/link";
import { getWorkspace } from "@/auth/workspace";
import { paykit } from "@/billing/paykit";

export default async function LandingPage() {
  const workspace = await getWorkspace();
  return (
    <>
      <section className="hero">
        <h1>Say it once, plainly.</h1>
        <p className="lead">
          Wren takes the padding out of what you write and leaves the sense. Bring a sentence; take back a
          shorter one.
        </p>
        {workspace ? (
          <Link href="/dashboard" className="button">
            Write
          </Link>
        ) : (
          <Link href="/sign-up" className="button">
            Start free
          </Link>
        )}
        <figure className="sample">
          <blockquote>
            <del>I just really wanted to say that the plan is actually quite good.</del>
          </blockquote>
          <blockquote>I wanted to say that the plan is good.</blockquote>
        </figure>
      </section>
      <section id="pricing" aria-labelledby="pricing-title">
        <h2 id="pricing-title">Pricing</h2>
        <PricingTable products={[...paykit.products]} successUrl="/dashboard" cancelUrl="/" />
      </section>
    </>
  );
}
