import { and, asc, eq, type SQL } from "drizzle-orm";
import { nextResetAt, type Repeat } from "../contract/index.js";
import type { GrantRow } from "../ledger/index.js";
import { nowOf } from "./clock.js";
import type { Orm } from "./database.js";
import { customer, grant } from "./schema/index.js";

type StoredGrant = typeof grant.$inferSelect;

export interface LockedGrants {
  /** False when there is no such customer. */
  exists: boolean;
  grants: GrantRow[];
  now: Date;
}

export interface LockInput {
  customerId: string;
  /** All features when left out. */
  featureId?: string;
  usesTestClocks: boolean;
}

/**
 * Locks a customer and the grants for the rest of the transaction, always in this order: whoever adds rows holds the
 * customer's row, whoever only takes from rows (`report`) holds those.
 */
export async function lockGrants(tx: Orm, input: LockInput): Promise<LockedGrants> {
  const { customerId, featureId, usesTestClocks } = input;
  const [found] = await tx
    .select({ now: asInstant(nowOf(customerId, usesTestClocks)) })
    .from(customer)
    .where(eq(customer.customerId, customerId))
    .for("no key update");
  const rows = await tx
    .select()
    .from(grant)
    .where(
      and(
        eq(grant.customerId, customerId),
        featureId === undefined ? undefined : eq(grant.featureId, featureId),
      ),
    )
    .orderBy(asc(grant.customerId), asc(grant.featureId), asc(grant.grantId))
    .for("no key update");
  return { exists: found !== undefined, grants: rows.map(fromStored), now: found?.now ?? new Date(0) };
}

function asInstant(expression: SQL<Date>) {
  return expression.mapWith((value: string | Date) => new Date(value));
}

export interface SaveInput {
  customerId: string;
  before: readonly GrantRow[];
  after: readonly GrantRow[];
}

/** Writes the difference between two stacks, in the order in which rows are locked. */
export async function saveGrants(tx: Orm, { customerId, before, after }: SaveInput): Promise<void> {
  const known = new Map(before.map((row) => [keyOf(row), row]));
  const wanted = new Set(after.map(keyOf));
  for (const row of before) {
    if (!wanted.has(keyOf(row))) await tx.delete(grant).where(isRow(customerId, row));
  }
  for (const row of [...after].sort(byKey)) {
    const old = known.get(keyOf(row));
    if (old === undefined) await tx.insert(grant).values(toStored(customerId, row));
    else if (!isSame(old, row))
      await tx.update(grant).set(toStored(customerId, row)).where(isRow(customerId, row));
  }
}

function keyOf({ featureId, grantId }: GrantRow): string {
  return `${featureId} ${grantId}`;
}

function byKey(a: GrantRow, b: GrantRow): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function isSame(a: GrantRow, b: GrantRow): boolean {
  return a === b || JSON.stringify(toStored("", a)) === JSON.stringify(toStored("", b));
}

function isRow(customerId: string, { featureId, grantId }: GrantRow): SQL | undefined {
  return and(eq(grant.customerId, customerId), eq(grant.featureId, featureId), eq(grant.grantId, grantId));
}

function toStored(customerId: string, { repeat, ...row }: GrantRow): StoredGrant {
  const { featureId, grantId, quantity, remaining, accrued, settledAt, startsAt, expiresAt } = row;
  const { anchorAt, renewsUntil, unlimited, permanent } = row;
  return {
    ...{ customerId, featureId, grantId, quantity, remaining, accrued, settledAt, startsAt, expiresAt },
    ...{ repeatCount: repeat?.[0] ?? null, repeatUnit: repeat?.[1] ?? null },
    ...{ anchorAt, renewsUntil, unlimited, permanent },
    renewsAt: nextResetAt({ ...row, repeat }, row.settledAt),
  };
}

function fromStored({ customerId: _, renewsAt: __, repeatCount, repeatUnit, ...row }: StoredGrant): GrantRow {
  return { ...row, repeat: toRepeat(repeatCount, repeatUnit) };
}

export function toRepeat(count: number | null, unit: Repeat[1] | null): Repeat | null {
  return count === null || unit === null ? null : [count, unit];
}
