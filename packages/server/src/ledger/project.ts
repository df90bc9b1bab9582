import { hasExpired, hasStarted, isDebt, settle } from "../contract/index.js";
import { addToStack } from "./add.js";
import { type GrantRow, isFromPlan, sourceOfReturn, subscriptionOf } from "./grant-row.js";

export interface ProjectInput {
  /** All grants of a customer, of every feature. */
  current: readonly GrantRow[];
  /** Every grant that plans and purchases are to give, now and later. */
  desired: readonly GrantRow[];
  now: Date;
}

/**
 * The grants a customer is to have. What was there already keeps what is left of it, so that a webhook refills nothing; a
 * plan that is gone takes its grants with it, except the permanent ones; gifts, debts and other purchases stay.
 */
export function projectGrants({ current, desired, now }: ProjectInput): GrantRow[] {
  const features = new Set([...current, ...desired].map(({ featureId }) => featureId));
  return [...features].flatMap((featureId) => {
    const ofFeature = (row: GrantRow) => row.featureId === featureId;
    const running = new Set(current.map(subscriptionOf));
    return projectStack(
      { current: current.filter(ofFeature), desired: desired.filter(ofFeature), now },
      running,
    );
  });
}

function projectStack(
  { current, desired, now }: ProjectInput,
  running: ReadonlySet<string | null>,
): GrantRow[] {
  const wanted = new Map(desired.map((row) => [row.grantId, row]));
  const known = new Set(current.map(({ grantId }) => grantId));
  const base = current.some(isDebt) ? settleKeepingExpired(current, now) : current;
  const kept = base.flatMap((row) => {
    const target = wanted.get(row.grantId);
    if (target !== undefined) return [adjust(row, target, now)];
    return isFromPlan(row) ? withdraw(row, now) : [row];
  });
  const withReturns = followSources(kept);
  const added = desired
    .filter((row) => !known.has(row.grantId) && !hasExpired(row, now))
    .map((row) => (joinsRunning(row, running) ? startNow(row, now) : row));
  // Settled first: what has arrived since it began pays the debt too.
  return addToStack(withReturns, settle(added, now), now);
}

/** What a reservation is to give back goes with the grant it was taken from, and ends no later. */
function followSources(rows: readonly GrantRow[]): GrantRow[] {
  const byId = new Map(rows.map((row) => [row.grantId, row]));
  return rows.flatMap((row) => {
    const sourceId = sourceOfReturn(row);
    if (sourceId === null) return [row];
    const source = byId.get(sourceId);
    if (source === undefined) return [];
    const endsSooner =
      source.expiresAt !== null && (row.expiresAt === null || source.expiresAt < row.expiresAt);
    return [endsSooner ? { ...row, expiresAt: source.expiresAt } : row];
  });
}

/** With a debt, what renewed since has to pay before anything else changes. An expired row may yet be wanted again. */
function settleKeepingExpired(stack: readonly GrantRow[], now: Date): GrantRow[] {
  const settled = settle(stack, now);
  const alive = new Set(settled.map(({ grantId }) => grantId));
  return [...settled, ...stack.filter((row) => !isDebt(row) && !alive.has(row.grantId))];
}

function joinsRunning(row: GrantRow, running: ReadonlySet<string | null>): boolean {
  const subscriptionId = subscriptionOf(row);
  return subscriptionId !== null && running.has(subscriptionId);
}

/** A plan that joins a subscription under way (an upgrade, an add-on) begins now, not when the subscription did. */
function startNow(row: GrantRow, now: Date): GrantRow {
  return hasStarted(row, now) ? { ...row, startsAt: now, settledAt: now } : row;
}

function adjust(row: GrantRow, target: GrantRow, now: Date): GrantRow {
  if (hasSameTerms(row, target, now)) return row;
  // What has begun and is to begin later only (the default plan, while another plan covers it) is given up until then.
  if (!hasStarted(row, now) || !hasStarted(target, now)) return target;
  // Judged by the terms as they are known now: what was said about its end may have been too early.
  const [settled = row] = settle([{ ...row, expiresAt: null, renewsUntil: target.renewsUntil }], now);
  // More seats add what they bring to what is left; fewer take away what they brought, and never make a debt.
  const difference = target.unlimited || row.unlimited ? 0 : target.quantity - row.quantity;
  return {
    ...target,
    remaining:
      row.unlimited === target.unlimited ? floor(settled.remaining + difference, row) : target.remaining,
    accrued: target.accrued === null ? null : (settled.accrued ?? row.quantity) + difference,
    settledAt: settled.settledAt,
    startsAt: row.startsAt,
  };
}

function floor(remaining: number, { unlimited }: GrantRow): number {
  return unlimited ? remaining : Math.max(0, remaining);
}

function hasSameTerms(row: GrantRow, target: GrantRow, now: Date): boolean {
  return (
    terms(row) === terms(target) &&
    ((hasStarted(row, now) && hasStarted(target, now)) ||
      row.startsAt.getTime() === target.startsAt.getTime())
  );
}

function terms(row: GrantRow): string {
  const { quantity, expiresAt, repeat, anchorAt, renewsUntil, unlimited, permanent, accrued } = row;
  const accumulates = accrued !== null;
  return JSON.stringify([
    quantity,
    expiresAt,
    repeat,
    anchorAt,
    renewsUntil,
    unlimited,
    permanent,
    accumulates,
  ]);
}

/** What is left of a plan that is gone. */
function withdraw(row: GrantRow, now: Date): GrantRow[] {
  if (!row.permanent || !hasStarted(row, now)) return [];
  const stops = row.repeat !== null && (row.renewsUntil === null || row.renewsUntil > now);
  return [stops ? { ...row, renewsUntil: now } : row];
}
