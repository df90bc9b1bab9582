import type { Metadata } from "next";
import Link from "next/link";
import { signUp } from "@/auth/actions";
import { SignInForm } from "@/components/sign-in-form";

export const metadata: Metadata = { title: "Start free" };

export default function SignUpPage() {
  return (
    <section className="narrow">
      <h1>Start free</h1>
      <SignInForm action={signUp} label="Create account" isNew />
      <p>
        You have an account? <Link href="/sign-in">Sign in</Link>
      </p>
    </section>
  );
}
