import { isDebt, isLive, nextResetAt, settle } from "../contract/index.js";
import { debtId, type GrantRow } from "./grant-row.js";

export interface TakeInput {
  /** All grants of one customer and one feature. */
  stack: readonly GrantRow[];
  featureId: string;
  amount: number;
  now: Date;
  /** Whether what is missing becomes a debt. Without it a use that is not covered changes nothing. */
  mayOwe: boolean;
}

export interface Take {
  succeeded: boolean;
  /** The stack after it. */
  stack: GrantRow[];
  /** How much came from which grant. */
  taken: { grantId: string; amount: number }[];
}

/**
 * Uses `amount`: from an unlimited grant when one is live, else from what lapses soonest. The statement behind `report`
 * (`database/record-use.ts`) does the same in SQL, and a test holds the two against each other.
 */
export function takeFromStack({ stack, featureId, amount, now, mayOwe }: TakeInput): Take {
  const settled = settle(stack, now);
  const live = settled.filter((row) => isLive(row, now)).sort(bySoonestLapse(now));
  const unlimited = live.find((row) => row.unlimited);
  if (unlimited !== undefined) return applyTake(settled, [{ grantId: unlimited.grantId, amount }]);
  const balance = live.reduce((sum, row) => sum + row.remaining, 0);
  if (balance < amount && !mayOwe) return { succeeded: false, stack: settled, taken: [] };
  let rest = amount;
  const taken = live.flatMap((row) => {
    const part = Math.min(rest, Math.max(row.remaining, 0));
    rest -= part;
    return part === 0 ? [] : [{ grantId: row.grantId, amount: part }];
  });
  return applyTake(rest === 0 ? settled : withDebt(settled, { featureId, owed: rest, now }), taken);
}

function applyTake(stack: GrantRow[], taken: Take["taken"]): Take {
  const parts = new Map(taken.map(({ grantId, amount }) => [grantId, amount]));
  const after = stack.map((row) => ({ ...row, remaining: row.remaining - (parts.get(row.grantId) ?? 0) }));
  return { succeeded: true, stack: after, taken };
}

/** The soonest to be lost first: to its end or, when it does not roll over, to its next renewal; what stays for good last. */
function bySoonestLapse(now: Date): (a: GrantRow, b: GrantRow) => number {
  return (a, b) => lapseTime(a, now) - lapseTime(b, now) || (a.grantId < b.grantId ? -1 : 1);
}

function lapseTime(row: GrantRow, now: Date): number {
  const reset = row.accrued === null ? nextResetAt(row, now) : null;
  return (reset ?? row.expiresAt)?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function withDebt(
  stack: GrantRow[],
  { featureId, owed, now }: { featureId: string; owed: number; now: Date },
): GrantRow[] {
  const debt = stack.find(isDebt);
  if (debt !== undefined) {
    return stack.map((row) => (row === debt ? { ...row, remaining: row.remaining - owed } : row));
  }
  return [...stack, debtRow(featureId, owed, now)];
}

function debtRow(featureId: string, owed: number, now: Date): GrantRow {
  return {
    featureId,
    grantId: debtId,
    quantity: 0,
    remaining: -owed,
    accrued: null,
    settledAt: now,
    startsAt: now,
    expiresAt: null,
    repeat: null,
    anchorAt: null,
    renewsUntil: null,
    unlimited: false,
    permanent: true,
  };
}
