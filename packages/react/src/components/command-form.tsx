"use client";
import type { PayKitError } from "@paykit/server/contract";
import { type ComponentPropsWithoutRef, type SyntheticEvent, useId } from "react";
import { ErrorNote } from "./error-note.js";

type Fields = Record<string, string | number | undefined>;

export interface CommandFormProps extends ComponentPropsWithoutRef<"button"> {
  /** Names the form and its parts: `data-paykit="checkout"`. */
  name: string;
  /** Where the browser posts the fields before hydration and without JavaScript. */
  action: string;
  fields: Fields;
  command: { isPending: boolean; error: PayKitError | null };
  /** What a click does once JavaScript is there. */
  run: () => Promise<unknown>;
}

/** A form with one button, which does the same with and without JavaScript. A click while pending does nothing. */
export function CommandForm({ name, action, fields, command, run, children, ...button }: CommandFormProps) {
  const errorId = useId();
  const { isPending, error } = command;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    run().catch(() => {}); // `error` has it
  };
  return (
    <form
      method="post"
      action={action}
      onSubmit={submit}
      data-paykit={name}
      data-state={isPending ? "pending" : error ? "error" : "idle"}
    >
      {Object.entries(fields).map(
        ([key, value]) => value !== undefined && <input key={key} type="hidden" name={key} value={value} />,
      )}
      <button
        type="submit"
        data-paykit={`${name}-button`}
        aria-busy={isPending}
        aria-disabled={isPending}
        aria-describedby={error ? errorId : undefined}
        {...button}
      >
        {children}
      </button>
      <ErrorNote id={errorId} error={error} />
    </form>
  );
}
