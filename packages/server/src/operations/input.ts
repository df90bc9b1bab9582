import { z } from "zod";
import type { Catalog, Feature } from "../catalog/index.js";
import { PayKitError } from "../contract/index.js";

/** The app's own id of a customer. */
export const customerIdSchema = z.string().min(1).max(255);
/** One per intended effect: the same call again has the effect of one. */
export const idempotencyKeySchema = z.string().min(1).max(255);
/** Units of a feature. */
export const amountSchema = z.int().min(1);
export const noteSchema = z.string().max(1_000);

/** Errors: INPUT_INVALID, with the name of the field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.join(".") || "input";
  throw new PayKitError("INPUT_INVALID", `${path}: ${issue?.message ?? "invalid"}`, { cause: result.error });
}

/** Errors: FEATURE_UNKNOWN, with the ones that are known. */
export function findFeature({ features }: Catalog, featureId: string): Feature {
  const feature = features.get(featureId);
  if (feature !== undefined) return feature;
  const known = [...features.keys()].join(", ") || "none";
  throw new PayKitError(
    "FEATURE_UNKNOWN",
    `No product includes a feature "${featureId}". The features are: ${known}.`,
  );
}

/** Errors: FEATURE_UNKNOWN, INPUT_INVALID for a boolean feature. */
export function findItem(catalog: Catalog, featureId: string): Feature {
  const feature = findFeature(catalog, featureId);
  if (feature.type === "metered") return feature;
  throw new PayKitError(
    "INPUT_INVALID",
    `featureId: "${featureId}" is boolean and has no quantity. Ask check() about it.`,
  );
}

export function unknownCustomer(customerId: string): PayKitError {
  return new PayKitError(
    "CUSTOMER_UNKNOWN",
    `There is no customer "${customerId}". Call upsertCustomer({ id }) first, at sign-up for example.`,
  );
}
