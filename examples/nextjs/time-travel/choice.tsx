"use client";

import { useActionState } from "react";

interface ChoiceProps {
  /** Resolves to what to tell the person. */
  action: (said: string, form: FormData) => Promise<string>;
  name: string;
  label: string;
  /** What each value of the field is called. */
  options: Record<string, string>;
}

/** A row of buttons, and what came of the last one. */
export function Choice({ action, name, label, options }: ChoiceProps) {
  const [said, choose, isPending] = useActionState(action, "");
  return (
    <form action={choose}>
      <fieldset aria-busy={isPending}>
        <legend>{label}</legend>
        {Object.entries(options).map(([value, text]) => (
          <button key={value} type="submit" name={name} value={value} className="quiet">
            {text}
          </button>
        ))}
        <output>{isPending ? "…" : said}</output>
      </fieldset>
    </form>
  );
}
