"use client";
import type { PayKitError } from "@paykit/server/contract";
import { usePayKit } from "../provider/context.js";

export interface ErrorNoteProps {
  id?: string;
  error: PayKitError | null;
}

/** What went wrong, said aloud by a screen reader when it appears: the label of its code, or what the handler says of it. */
export function ErrorNote({ id, error }: ErrorNoteProps) {
  const { labels } = usePayKit();
  return (
    error && (
      <p id={id} role="alert" data-paykit="error" data-code={error.code}>
        {labels?.[error.code] ?? error.message}
      </p>
    )
  );
}
