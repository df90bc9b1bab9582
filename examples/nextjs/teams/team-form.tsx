"use client";

import { type ReactNode, useActionState } from "react";
import type { TeamState } from "./actions";

interface TeamFormProps {
  action: (state: TeamState, form: FormData) => Promise<TeamState>;
  label: string;
  children: ReactNode;
}

/** A form about a team: its fields, its button, and what came of it. */
export function TeamForm({ action, label, children }: TeamFormProps) {
  const [{ problem, link }, submit, isPending] = useActionState(action, {});
  return (
    <form action={submit} className="stack">
      {children}
      <button type="submit" disabled={isPending}>
        {label}
      </button>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {link && (
        <p role="status">
          Hand this link to them: <a href={link}>{link}</a>
        </p>
      )}
    </form>
  );
}
