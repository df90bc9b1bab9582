import type { Metadata } from "next";
import Link from "next/link";
import { signIn } from "@/auth/actions";
import { SignInForm } from "@/components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <section className="narrow">
      <h1>Sign in</h1>
      <SignInForm action={signIn} label="Sign in" />
      <p>
        You are new here? <Link href="/sign-up">Start free</Link>
      </p>
    </section>
  );
}
