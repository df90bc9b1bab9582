"use client";

import { useEntitlement } from "@paykit/react";
import { useActionState, useId } from "react";
import type { Reply } from "./actions";

interface WritingDeskProps {
  action: (reply: Reply | null, form: FormData) => Promise<Reply>;
  label: string;
  sample: string;
}

/** A text goes in, Wren's version comes out. The button is off when no message is left. */
export function WritingDesk({ action, label, sample }: WritingDeskProps) {
  const [reply, send, isPending] = useActionState(action, null);
  const { status } = useEntitlement("messages");
  const id = useId();
  return (
    <form action={send} className="stack">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} name="text" rows={4} required defaultValue={sample} />
      <button type="submit" disabled={isPending || status === "denied"}>
        {isPending ? "Sending…" : "Send message"}
      </button>
      <output className="reply" htmlFor={id}>
        {reply && "text" in reply && reply.text}
        {reply && "problem" in reply && <span className="problem">{reply.problem}</span>}
      </output>
    </form>
  );
}
