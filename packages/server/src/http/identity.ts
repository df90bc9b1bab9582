import { z } from "zod";
import { PayKitError } from "../contract/index.js";
import type { Identity } from "../operations/app.js";

/**
 * Asked for every identified request. `customerId` is what the browser claims, for an app whose people act for one of
 * several customers; it is a wish, and the app answers with the one it vouches for.
 */
export type Identify = (
  request: Request,
  claim: { customerId: string | null },
) => Promise<Identity | null> | Identity | null;

const identity = z.object({
  customerId: z.string().min(1).max(255),
  email: z.string().max(320).nullish(),
  name: z.string().max(255).nullish(),
});

export interface IdentifyInput {
  identify: Identify | null;
  request: Request;
  claimedId: string | null;
}

/** Errors: IDENTIFY_NOT_CONFIGURED, UNAUTHENTICATED, CUSTOMER_ID_MISMATCH; INTERNAL when `identify` fails. */
export async function requireIdentity({ identify, request, claimedId }: IdentifyInput): Promise<Identity> {
  const found = await findIdentity({ identify, request, claimedId });
  if (found === null) throw new PayKitError("UNAUTHENTICATED", "Nobody is signed in.");
  if (claimedId !== null && claimedId !== found.customerId) {
    throw new PayKitError("CUSTOMER_ID_MISMATCH", "customerId is not the one of this session.");
  }
  return found;
}

/** Null for an anonymous request. */
export async function findIdentity({
  identify,
  request,
  claimedId,
}: IdentifyInput): Promise<Identity | null> {
  if (identify === null) {
    throw new PayKitError(
      "IDENTIFY_NOT_CONFIGURED",
      "createPayKit needs `identify`: a function that reads your session from the request and returns { customerId } or null.",
    );
  }
  const answer = await identify(request, { customerId: claimedId });
  if (answer === null || answer === undefined) return null;
  const checked = identity.safeParse(answer);
  if (checked.success) return checked.data;
  throw new PayKitError(
    "INTERNAL",
    "`identify` did not return { customerId: string, email?, name? } or null.",
  );
}
