import type { PayKitError } from "@paykit/server/contract";

/** What every hook that does something hands out beside the doing. */
export interface CommandView {
  /** From the click until the answer is there, or until the browser is back from the page that it named. */
  isPending: boolean;
  error: PayKitError | null;
  /** Forgets the error. */
  reset: () => void;
}
