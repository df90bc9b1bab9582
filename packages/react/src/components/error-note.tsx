"use client";
import type { PayKitError } from "@paykit/server/contract";
import type { Label } from "../provider/labels.js";
import { useText } from "../provider/use-text.js";

const messages: Partial<Record<PayKitError["code"], Label>> = {
  NETWORK_FAILED: "No connection. Please try again.",
  UNAUTHENTICATED: "Please sign in first.",
  CARD_DECLINED: "Your card was declined.",
  AUTHORIZATION_DENIED: "You may not do this.",
  PRODUCT_OWNED: "You have this already.",
};

/** What went wrong, said aloud by a screen reader when it appears. In development, what the handler says of it. */
export function ErrorNote({ id, error }: { id?: string; error: PayKitError | null }) {
  const { text } = useText();
  if (error === null) return null;
  const message = messages[error.code];
  const other = "Something went wrong. Please try again.";
  const isTold = message === undefined && process.env.NODE_ENV !== "production";
  return (
    <p id={id} role="alert" data-paykit="error" data-code={error.code}>
      {isTold ? `${error.code}: ${error.message}` : text(message ?? other)}
    </p>
  );
}
