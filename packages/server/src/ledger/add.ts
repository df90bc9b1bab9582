import { hasStarted, isDebt } from "../contract/index.js";
import type { GrantRow } from "./grant-row.js";

/** Puts grants on the stack of one feature, settled to `now`; what has begun pays the debt first. */
export function addToStack(stack: readonly GrantRow[], added: readonly GrantRow[], now: Date): GrantRow[] {
  const debt = stack.find(isDebt);
  let owed = debt === undefined ? 0 : -debt.remaining;
  const paid = added.map((row) => {
    if (row.unlimited || !hasStarted(row, now)) return row;
    const part = Math.min(owed, Math.max(row.remaining, 0));
    owed -= part;
    return { ...row, remaining: row.remaining - part };
  });
  const kept = stack.flatMap((row) => {
    if (row !== debt) return [row];
    return owed === 0 ? [] : [{ ...row, remaining: -owed }];
  });
  return [...kept, ...paid];
}
