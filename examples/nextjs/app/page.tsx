import Link from "next/link";
import { Pricing } from "@/components/pricing";

export default async function LandingPage({ searchParams }: { searchParams: Promise<{ pay?: string }> }) {
  const { pay } = await searchParams;
  return (
    <>
      <section className="hero">
        <h1>Say it once, plainly.</h1>
        <p className="lead">
          Wren takes the padding out of what you write and leaves the sense. Bring a sentence; take back a
          shorter one.
        </p>
        <Link href="/sign-up" className="button">
          Start free
        </Link>
        <figure className="sample">
          <blockquote>
            <del>I just really wanted to say that the plan is actually quite good.</del>
          </blockquote>
          <blockquote>I wanted to say that the plan is good.</blockquote>
        </figure>
      </section>
      <Pricing interval={pay === "yearly" ? "year" : "month"} />
    </>
  );
}
