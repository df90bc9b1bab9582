import type { Problem } from "../world/hosted/payment.js";

export function problem(field: string, message: string): Problem {
  return { type: "problem", field, message };
}
