import { evaluateEntitlement, isLive, settle } from "../contract/index.js";
import {
  addToStack,
  followSpent,
  type GrantRow,
  isFromPlan,
  projectGrants as project,
  spentId,
} from "../ledger/index.js";
import type { Orm } from "./database.js";
import { type LockInput, lockGrants, saveGrants } from "./grant.js";
import { addEntry } from "./ledger.js";
import { listSpentGrants, saveSpentGrants } from "./spent-grant.js";

/**
 * Makes what plans and purchases give exactly `desired`, whatever was there. Idempotent; what a customer has used stays
 * used. In the transaction that writes the subscriptions.
 */
export async function projectGrants(
  tx: Orm,
  { desired, ...input }: LockInput & { desired: readonly GrantRow[] },
): Promise<void> {
  await change(tx, input, async (current, now) => {
    const before = await listSpentGrants(tx, input.customerId);
    if (before.length === 0) return project({ current, desired, now });
    const { spent: after, ...rest } = followSpent({ current, desired, spent: before, now });
    await saveSpentGrants(tx, { customerId: input.customerId, before, after });
    return project({ ...rest, now });
  });
}

/** The same for a part of what plans give: `replaced` names the grants that give way, and the others stay. */
export async function replaceProjected(
  tx: Orm,
  {
    desired,
    replaced,
    ...input
  }: LockInput & { desired: readonly GrantRow[]; replaced: ReadonlySet<string> },
): Promise<void> {
  await change(tx, input, (current, now) => {
    const staying = current.filter((row) => isFromPlan(row) && !replaced.has(row.grantId));
    return project({ current, desired: [...staying, ...desired], now });
  });
}

/** Adds to what is there, whatever gives it. */
export async function grantProjected(
  tx: Orm,
  { added, ...input }: LockInput & { added: readonly GrantRow[] },
): Promise<void> {
  await change(tx, input, (current, now) => {
    const features = new Set(added.map(({ featureId }) => featureId));
    const others = current.filter(({ featureId }) => !features.has(featureId));
    const changed = [...features].flatMap((id) =>
      addToStack(
        settle(
          current.filter(({ featureId }) => featureId === id),
          now,
        ),
        added.filter(({ featureId }) => featureId === id),
        now,
      ),
    );
    return [...others, ...changed];
  });
}

async function change(
  tx: Orm,
  input: LockInput,
  decide: (current: readonly GrantRow[], now: Date) => GrantRow[] | Promise<GrantRow[]>,
): Promise<void> {
  const { customerId } = input;
  const { grants: before, now } = await lockGrants(tx, input);
  const after = await decide(before, now);
  await saveGrants(tx, { customerId, before, after });
  for (const entry of describe({ before, after, now })) {
    await addEntry(tx, { customerId, at: now, actor: "paykit", ...entry });
  }
}

interface DescribeInput {
  before: readonly GrantRow[];
  after: readonly GrantRow[];
  now: Date;
}

/** For the history: what came and what went, of everything that has a quantity. */
function describe({ before, after, now }: DescribeInput) {
  const known = new Set(before.map(keyOf));
  const kept = new Set(after.map(keyOf));
  const came = after.filter((row) => !known.has(keyOf(row)) && isTold(row, now));
  const went = before.filter((row) => !kept.has(keyOf(row)) && isTold(row, now));
  return [
    ...went.map((row) => ({ kind: "revoke" as const, row, amount: -row.remaining })),
    ...came.map((row) => ({ kind: "grant" as const, row, amount: row.quantity })),
  ].map(({ kind, row, amount }) => ({
    ...{ kind, amount, featureId: row.featureId, reason: row.grantId },
    balanceAfter: balanceOf(after, row.featureId, now),
  }));
}

function isTold(row: GrantRow, now: Date): boolean {
  return row.quantity > 0 && row.grantId !== spentId && isLive(row, now);
}

function balanceOf(rows: readonly GrantRow[], featureId: string, now: Date): number | null {
  const grants = rows.filter((row) => row.featureId === featureId);
  return evaluateEntitlement({ featureId, type: "metered", grants, now }).balance;
}

function keyOf({ featureId, grantId }: GrantRow): string {
  return `${featureId} ${grantId}`;
}
