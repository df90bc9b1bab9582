import { z } from "zod";
import { evaluateEntitlement } from "../contract/index.js";
import { readStack } from "../database/check.js";
import { type Balance, toBalance } from "./balance.js";
import type { Context } from "./context.js";
import { amountSchema, customerIdSchema, findFeature, parseInput } from "./input.js";

const schema = z.object({
  customerId: customerIdSchema,
  featureId: z.string(),
  required: amountSchema.optional(),
});

export interface CheckInput<FeatureId extends string = string> {
  customerId: string;
  featureId: FeatureId;
  /** How much the caller is about to use. Default 1. */
  required?: number | undefined;
}

export interface CheckResult {
  allowed: boolean;
  /** Null for a boolean feature. */
  balance: Balance | null;
}

/**
 * Whether a customer may use a feature now. Reads one index range and writes nothing. A customer that nobody has upserted is
 * allowed nothing. Errors: FEATURE_UNKNOWN, INPUT_INVALID.
 */
export async function check(context: Context, input: CheckInput): Promise<CheckResult> {
  const { customerId, featureId, required = 1 } = parseInput(schema, input);
  const { type } = findFeature(context.catalog, featureId);
  const { database, usesTestClocks } = context;
  const stack = await readStack(database, { customerId, featureId, usesTestClocks });
  const { grants, now } = stack ?? { grants: [], now: new Date(0) };
  const entitlement = evaluateEntitlement({ featureId, type, grants, now, required });
  return { allowed: entitlement.allowed, balance: type === "boolean" ? null : toBalance(entitlement) };
}
