import { type GrantRow, sourceOfReturn } from "./grant-row.js";

/** One row in which a stack counts all that was given for good and is used up. */
export const spentId = "spent";

/** A grant that is no longer in the stack because all of it was used; it still counts into the limit and the usage. */
export interface SpentGrant {
  featureId: string;
  grantId: string;
  quantity: number;
  /** The first instant at which it no longer counts: its payment was taken back. Null when it counts for good. */
  endsAt: Date | null;
}

/**
 * Puts the used-up gifts and purchases of a stack into one row, as soon as that makes it shorter, so that a stack does not
 * grow with every pack that was ever bought. Balance, limit and usage stay what they were.
 */
export function foldSpent(stack: readonly GrantRow[]): { stack: GrantRow[]; folded: SpentGrant[] } {
  const awaited = new Set(stack.map(sourceOfReturn));
  const usedUp = stack.filter((row) => isUsedUp(row) && !awaited.has(row.grantId));
  const counts = new Map<string, number>();
  for (const { featureId } of [...usedUp, ...stack.filter(({ grantId }) => grantId === spentId)]) {
    counts.set(featureId, (counts.get(featureId) ?? 0) + 1);
  }
  const folding = usedUp.filter(({ featureId }) => (counts.get(featureId) ?? 0) > 1);
  const gone = new Set(folding);
  return {
    stack: folding.reduce(
      countSpent,
      stack.filter((row) => !gone.has(row)),
    ),
    folded: folding.map(({ featureId, grantId, quantity }) => ({
      ...{ featureId, grantId, quantity, endsAt: null },
    })),
  };
}

/** For good, so that nothing of it can come back or go: neither by a renewal, nor by its end, nor from a reservation. */
function isUsedUp(row: GrantRow): boolean {
  const isOwn = row.grantId.startsWith("gift:") || row.grantId.startsWith("purchase:");
  return isOwn && row.remaining === 0 && row.repeat === null && row.expiresAt === null && !row.unlimited;
}

function countSpent(stack: GrantRow[], { featureId, quantity, settledAt, startsAt }: GrantRow): GrantRow[] {
  const spent = stack.find((row) => row.featureId === featureId && row.grantId === spentId);
  if (spent === undefined) return [...stack, spentRow({ featureId, quantity, settledAt, startsAt })];
  return stack.map((row) => (row === spent ? { ...row, quantity: row.quantity + quantity } : row));
}

function spentRow(given: Pick<GrantRow, "featureId" | "quantity" | "settledAt" | "startsAt">): GrantRow {
  return {
    ...{ ...given, grantId: spentId, remaining: 0, accrued: null, expiresAt: null },
    ...{ repeat: null, anchorAt: null, renewsUntil: null, unlimited: false, permanent: true },
  };
}

export interface FollowSpentInput {
  /** All grants of a customer, of every feature. */
  current: readonly GrantRow[];
  desired: readonly GrantRow[];
  spent: readonly SpentGrant[];
  now: Date;
}

/**
 * What of a projection is about grants that were used up and folded: they are not given again, and those whose payment was
 * taken back no longer count.
 */
export function followSpent({ current, desired, spent, now }: FollowSpentInput) {
  const wanted = new Map(desired.map((row) => [keyOf(row), row]));
  const followed = spent.map((grant) => {
    const target = wanted.get(keyOf(grant));
    return target === undefined ? grant : { ...grant, endsAt: target.expiresAt };
  });
  const known = new Set(spent.map(keyOf));
  const counting = followed.filter(({ endsAt }) => endsAt === null || endsAt > now);
  const counted = counting
    .map((grant) => spentRow({ ...grant, settledAt: now, startsAt: now }))
    .reduce(countSpent, [])
    .map((row) => current.find((old) => isSameCount(old, row)) ?? row);
  return {
    current: [...current.filter(({ grantId }) => grantId !== spentId), ...counted],
    desired: desired.filter((row) => !known.has(keyOf(row))),
    spent: followed,
  };
}

function isSameCount(old: GrantRow, row: GrantRow): boolean {
  return keyOf(old) === keyOf(row) && old.quantity === row.quantity;
}

function keyOf({ featureId, grantId }: Pick<GrantRow, "featureId" | "grantId">): string {
  return `${featureId} ${grantId}`;
}
