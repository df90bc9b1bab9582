"use client";
import { type ComponentPropsWithoutRef, type SyntheticEvent, useId } from "react";
import type { CommandView } from "../hooks/command-view.js";
import { ErrorNote } from "./error-note.js";
import { Slot } from "./slot.js";

export interface CommandFormProps extends ComponentPropsWithoutRef<"button"> {
  /** Names the form: `data-paykit="checkout"`. */
  name: string;
  /** Where the browser posts the fields before hydration and without JavaScript. */
  action: string;
  fields: Record<string, string | number | undefined>;
  command: Pick<CommandView, "isPending" | "error">;
  /** What a click does once JavaScript is there. */
  run: () => Promise<unknown>;
  /** Puts the button's props on the one child instead of a `<button>`. */
  asChild?: boolean | undefined;
}

/** A form with one button, which does the same with and without JavaScript. A click while pending does nothing. */
export function CommandForm({ name, action, fields, command, run, asChild, ...button }: CommandFormProps) {
  const errorId = useId();
  const { isPending, error } = command;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isPending) run().catch(() => {}); // the hook has the error
  };
  const Button = asChild ? Slot : "button";
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
      <Button
        {...{ type: "submit" }}
        aria-busy={isPending}
        aria-disabled={isPending}
        aria-describedby={error ? errorId : undefined}
        {...button}
      />
      <ErrorNote id={errorId} error={error} />
    </form>
  );
}
