"use client";
import type { QueryView } from "../hooks/query-view.js";
import { useText } from "../provider/use-text.js";
import { ErrorNote } from "./error-note.js";

/** Why a read failed, and a way to try again unless nobody is signed in; nothing when it did not. */
export function FailedRead({ error, refetch }: Pick<QueryView, "error" | "refetch">) {
  const text = useText();
  return (
    error && (
      <>
        <ErrorNote error={error} />
        {error.status !== 401 && (
          <button type="button" onClick={refetch}>
            {text("Try again")}
          </button>
        )}
      </>
    )
  );
}
