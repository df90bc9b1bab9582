import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { nextResetAt, type Repeat } from "../contract/index.js";
import { foldSpent, type GrantRow } from "../ledger/index.js";
import { nowOf } from "./clock.js";
import type { Orm } from "./database.js";
import { customer, grant } from "./schema/index.js";
import { addSpentGrants } from "./spent-grant.js";

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

/**
 * Writes the difference between two stacks, whole ones, in the order in which rows are locked. What is used up for good is
 * written as one row.
 */
export async function saveGrants(tx: Orm, { customerId, before, after }: SaveInput): Promise<void> {
  const known = new Map(toStoredRows(customerId, before).map((row) => [keyOf(row), row]));
  const { stack, folded } = foldSpent(after);
  await addSpentGrants(tx, customerId, folded);
  const wanted = toStoredRows(customerId, stack).sort(byKey);
  const kept = new Set(wanted.map(keyOf));
  const gone = [...known].filter(([key]) => !kept.has(key)).map(([, row]) => row);
  for (const featureId of new Set(gone.map((row) => row.featureId))) {
    const ids = gone.filter((row) => row.featureId === featureId).map(({ grantId }) => grantId);
    await tx.delete(grant).where(areRows(customerId, featureId, ids));
  }
  for (const row of wanted) {
    const old = known.get(keyOf(row));
    if (old === undefined) await tx.insert(grant).values(row);
    else if (!isSame(old, row)) await tx.update(grant).set(row).where(isRow(row));
  }
}

function toStoredRows(customerId: string, rows: readonly GrantRow[]): StoredGrant[] {
  const sizes = new Map<string, number>();
  for (const { featureId } of rows) sizes.set(featureId, (sizes.get(featureId) ?? 0) + 1);
  return rows.map((row) => ({ ...toStored(customerId, row), alone: sizes.get(row.featureId) === 1 }));
}

type Key = Pick<StoredGrant, "customerId" | "featureId" | "grantId">;

function keyOf({ featureId, grantId }: Key): string {
  return `${featureId} ${grantId}`;
}

function byKey(a: Key, b: Key): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function isSame(a: StoredGrant, b: StoredGrant): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isRow({ customerId, featureId, grantId }: Key): SQL | undefined {
  return and(eq(grant.customerId, customerId), eq(grant.featureId, featureId), eq(grant.grantId, grantId));
}

/** As one array: a statement takes 65,535 values at most. */
function areRows(customerId: string, featureId: string, grantIds: string[]): SQL | undefined {
  const ids = sql`select jsonb_array_elements_text(${JSON.stringify(grantIds)}::jsonb)`;
  return and(
    eq(grant.customerId, customerId),
    eq(grant.featureId, featureId),
    sql`${grant.grantId} in (${ids})`,
  );
}

function toStored(customerId: string, { repeat, ...row }: GrantRow): Omit<StoredGrant, "alone"> {
  const { featureId, grantId, quantity, remaining, accrued, settledAt, startsAt, expiresAt } = row;
  const { anchorAt, renewsUntil, unlimited, permanent } = row;
  return {
    ...{ customerId, featureId, grantId, quantity, remaining, accrued, settledAt, startsAt, expiresAt },
    ...{ repeatCount: repeat?.[0] ?? null, repeatUnit: repeat?.[1] ?? null },
    ...{ anchorAt, renewsUntil, unlimited, permanent },
    renewsAt: nextResetAt({ ...row, repeat }, row.settledAt),
  };
}

/** Without what is worked out again when it is written. */
function fromStored({ customerId: _, renewsAt: __, alone: ___, ...stored }: StoredGrant): GrantRow {
  const { repeatCount, repeatUnit, ...row } = stored;
  return { ...row, repeat: toRepeat(repeatCount, repeatUnit) };
}

export function toRepeat(count: number | null, unit: Repeat[1] | null): Repeat | null {
  return count === null || unit === null ? null : [count, unit];
}
