import { hasStarted, nextResetAt } from "../contract/index.js";
import { type GrantRow, returnId } from "./grant-row.js";
import type { Take } from "./take.js";

/** What a reservation took from one grant. */
export interface ReservedPart {
  grantId: string;
  amount: number;
  /** From when the grant could not have it back: it ends, or is renewed without roll-over. ISO 8601; null when never. */
  until: string | null;
}

export interface ReserveInput {
  take: Take;
  reservationId: string;
  /** When the reservation lapses by itself. */
  expiresAt: Date;
  now: Date;
}

/**
 * Turns a take into a reservation: what it took comes back by itself at `expiresAt`, as grants that begin then, unless the
 * grant it was taken from is over or renewed by that time. So nothing has to run when a reservation lapses.
 */
export function reserveTake({ take, reservationId, expiresAt, now }: ReserveInput): {
  stack: GrantRow[];
  parts: ReservedPart[];
} {
  const sources = new Map(take.stack.map((row) => [row.grantId, row]));
  const parts = take.taken.map(({ grantId, amount }) => {
    const until = sources.get(grantId);
    return {
      grantId,
      amount,
      until: until === undefined ? null : (lapseOf(until, now)?.toISOString() ?? null),
    };
  });
  const returns = parts.flatMap(({ grantId, amount, until }) => {
    const source = sources.get(grantId);
    // What an unlimited grant counted is use that nobody misses.
    if (source === undefined || source.unlimited) return [];
    if (until !== null && new Date(until) <= expiresAt) return [];
    return [toReturn({ source, amount, until, reservationId, expiresAt, now })];
  });
  return { stack: [...take.stack, ...returns], parts };
}

function lapseOf(row: GrantRow, now: Date): Date | null {
  const reset = row.accrued === null ? nextResetAt(row, now) : null;
  return reset ?? row.expiresAt;
}

interface ToReturnInput {
  source: GrantRow;
  amount: number;
  until: string | null;
  reservationId: string;
  expiresAt: Date;
  now: Date;
}

/** Quantity 0: what comes back was granted before and is not to be counted into the limit twice. */
function toReturn({ source, amount, until, reservationId, expiresAt, now }: ToReturnInput): GrantRow {
  return {
    featureId: source.featureId,
    grantId: returnId(reservationId, source.grantId),
    quantity: 0,
    remaining: amount,
    accrued: null,
    settledAt: now,
    startsAt: expiresAt,
    expiresAt: until === null ? null : new Date(until),
    repeat: null,
    anchorAt: null,
    renewsUntil: null,
    unlimited: false,
    permanent: source.permanent,
  };
}

/** Calls off what would come back by itself. */
export function withoutReturns(stack: readonly GrantRow[], reservationId: string): GrantRow[] {
  return stack.filter(({ grantId }) => !grantId.startsWith(returnId(reservationId, "")));
}

export interface GiveBackInput {
  stack: readonly GrantRow[];
  parts: readonly ReservedPart[];
  amount: number;
  now: Date;
}

/** Gives `amount` of what was reserved back to the grants it came from, the last to lapse first. */
export function giveBack({ stack, parts, amount, now }: GiveBackInput): GrantRow[] {
  const back = new Map<string, number>();
  let rest = amount;
  for (const part of [...parts].reverse()) {
    const given = Math.min(rest, part.amount);
    rest -= given;
    if (part.until === null || new Date(part.until) > now) back.set(part.grantId, given);
  }
  return stack.map((row) => ({ ...row, remaining: row.remaining + (back.get(row.grantId) ?? 0) }));
}

/** Without what a reservation gave back that has been used up since. */
export function withoutSpentReturns(stack: readonly GrantRow[], now: Date): GrantRow[] {
  return stack.filter(
    (row) => !(row.grantId.startsWith("reservation:") && row.remaining === 0 && hasStarted(row, now)),
  );
}
