"use client";

import { useActionState } from "react";
import type { SignInState } from "@/auth/actions";

interface SignInFormProps {
  action: (state: SignInState, form: FormData) => Promise<SignInState>;
  label: string;
  /** A new account also has a name. */
  isNew?: boolean;
}

const untouched: SignInState = { problem: null, email: "", name: "" };

/** E-mail and password. It is a plain form until it is hydrated, so it works without JavaScript. */
export function SignInForm({ action, label, isNew = false }: SignInFormProps) {
  const [state, submit, isPending] = useActionState(action, untouched);
  return (
    <form action={submit} className="stack card">
      {state.problem && (
        <p role="alert" className="problem">
          {state.problem}
        </p>
      )}
      {isNew && (
        <label>
          Name
          <input name="name" autoComplete="name" required defaultValue={state.name} />
        </label>
      )}
      <label>
        E-mail
        <input name="email" type="email" autoComplete="email" required defaultValue={state.email} />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          autoComplete={isNew ? "new-password" : "current-password"}
          minLength={8}
          required
        />
        {isNew && <small>At least 8 characters.</small>}
      </label>
      <button type="submit" disabled={isPending}>
        {label}
      </button>
    </form>
  );
}
