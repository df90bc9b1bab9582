"use client";
import type { PayKitError } from "@paykit/server/contract";

/** What went wrong, said aloud by a screen reader when it appears. */
export function ErrorNote({ id, error }: { id: string; error: PayKitError | null }) {
  if (error === null) return null;
  return (
    <p id={id} role="alert" data-paykit="error" data-code={error.code}>
      {error.message}
    </p>
  );
}
