"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { attempt } from "./attempt";
import { auth } from "./auth";

/** What a form shows after it was sent in vain: a sentence, and what was typed, without the password. */
export interface SignInState {
  problem: string | null;
  email: string;
  name: string;
}

export async function signUp(_: SignInState, form: FormData): Promise<SignInState> {
  const { email, password, name } = read(form);
  const problem = await attempt(async () =>
    auth.api.signUpEmail({ body: { email, password, name }, headers: await headers() }),
  );
  return problem === null ? redirect("/dashboard") : { problem, email, name };
}

export async function signIn(_: SignInState, form: FormData): Promise<SignInState> {
  const { email, password, name } = read(form);
  const problem = await attempt(async () =>
    auth.api.signInEmail({ body: { email, password }, headers: await headers() }),
  );
  return problem === null ? redirect("/dashboard") : { problem, email, name };
}

function read(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "");
  return { email: text("email"), password: text("password"), name: text("name") };
}
