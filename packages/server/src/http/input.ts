import { z } from "zod";
import { PayKitError } from "../contract/index.js";

const id = z.string().min(1).max(255);
const target = z.string().min(1).max(2048);
const interval = z.enum(["day", "week", "month", "year"]);
const command = { customerId: id.optional(), idempotencyKey: id.optional() };

/** Exactly what a browser may send, route by route: another key is refused and nothing is forwarded. */
export const checkoutInput = z.strictObject({
  ...command,
  productId: id,
  quantity: z.number().int().min(1).max(999_999).optional(),
  interval: interval.optional(),
  successUrl: target.optional(),
  cancelUrl: target.optional(),
});

export const subscribeInput = z.strictObject({
  ...command,
  planId: id,
  interval: interval.optional(),
  addOnPlanIds: z.array(id).max(20).optional(),
  successUrl: target.optional(),
  cancelUrl: target.optional(),
  quotedAt: z.iso
    .datetime()
    .transform((instant) => new Date(instant))
    .optional(),
});

export const portalInput = z.strictObject({
  ...command,
  returnUrl: target.optional(),
  flow: z.enum(["update_card", "cancel", "switch_plan"]).optional(),
});

export const customerQuery = z.strictObject({ customerId: id.optional() });

export const invoicesQuery = z.strictObject({
  customerId: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: id.optional(),
});

export const returnQuery = z.strictObject({ session_id: id });

/** What `sealVisit` made of a customer's id and a URL. */
export const portalReturnQuery = z.strictObject({ visit: z.string().max(8192) });

/** Errors: KEY_UNKNOWN, INPUT_INVALID. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw toInputError(result.error);
}

function toInputError(error: z.ZodError): PayKitError {
  for (const issue of error.issues) {
    if (issue.code === "unrecognized_keys") {
      return new PayKitError("KEY_UNKNOWN", `This request takes no field ${quote(issue.keys[0])}.`);
    }
  }
  const [issue] = error.issues;
  const path = issue?.path.join(".") || "the body";
  return new PayKitError("INPUT_INVALID", `${path}: ${issue?.message ?? "invalid"}`);
}

function quote(key: string | undefined): string {
  return JSON.stringify((key ?? "").slice(0, 64));
}
