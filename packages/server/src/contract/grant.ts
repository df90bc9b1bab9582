import { periodAt, type Repeat } from "./calendar.js";

/** An instant: a `Date` on the server, an ISO 8601 string on the wire and in the client's cache. */
export type Instant = Date | string;

/**
 * A dated quantity of a feature. A stack of these is all there is to know about what a customer may use: a plan, a
 * purchase, a gift and the default plan all become grants, and what ends or begins later is already in their dates.
 */
export interface Grant<I extends Instant = Date> {
  /** Units per period of `repeat`, or in whole. 0 for a boolean feature, an unlimited grant and a debt. */
  quantity: number;
  /** What is left of `quantity` at `settledAt`. Below 0 on a debt; minus the use so far on an unlimited grant. */
  remaining: number;
  /** The instant that `remaining` is true for. */
  settledAt: I;
  startsAt: I;
  /** The first instant at which the grant no longer counts; null when it never ends. */
  expiresAt: I | null;
  /** At each boundary `quantity` replaces what is left; null when it is granted once. */
  repeat: Repeat | null;
  /** What the boundaries of `repeat` are counted from; null without `repeat`. */
  anchorAt: I | null;
  unlimited: boolean;
}

/** Milliseconds since the epoch. */
export function toTime(instant: Instant): number {
  return typeof instant === "string" ? Date.parse(instant) : instant.getTime();
}

export function isLive(grant: Grant<Instant>, now: Date): boolean {
  return toTime(grant.startsAt) <= now.getTime() && !hasExpired(grant, now);
}

export function hasExpired(grant: Grant<Instant>, now: Date): boolean {
  return grant.expiresAt !== null && toTime(grant.expiresAt) <= now.getTime();
}

/** The next instant after `now` at which `remaining` becomes `quantity` again; null when that never happens. */
export function nextResetAt(grant: Grant<Instant>, now: Date): Date | null {
  if (grant.repeat === null || grant.anchorAt === null) return null;
  const from = new Date(Math.max(now.getTime(), toTime(grant.startsAt)));
  const reset = periodAt(new Date(grant.anchorAt), grant.repeat, from).end;
  return grant.expiresAt !== null && toTime(grant.expiresAt) <= reset.getTime() ? null : reset;
}

/**
 * The stack as it is at `now`: expired grants are gone, passed boundaries have renewed what repeats, and a debt has been
 * paid by whatever began or renewed since. Grants that begin later are kept as they are. `now` never lies before a
 * `settledAt`.
 */
export function settle<I extends Instant>(stack: readonly Grant<I>[], now: Date): Grant<Instant>[] {
  const debt = stack.reduce((sum, grant) => (isDebt(grant) ? sum - grant.remaining : sum), 0);
  if (debt > 0) return settleWithDebt(stack, now);
  return stack.filter((grant) => !hasExpired(grant, now)).map((grant) => renew(grant, now));
}

/** What is owed: a row of its own, of quantity 0, with `remaining` below 0. */
export function isDebt(grant: Grant<Instant>): boolean {
  return !grant.unlimited && grant.quantity === 0 && grant.remaining < 0;
}

function renew(grant: Grant<Instant>, now: Date): Grant<Instant> {
  if (toTime(grant.startsAt) > now.getTime()) return grant;
  const renewed = hasRenewedSince(grant, now);
  return { ...grant, settledAt: now, remaining: renewed ? grant.quantity : grant.remaining };
}

function hasRenewedSince(grant: Grant<Instant>, now: Date): boolean {
  if (grant.repeat === null || grant.anchorAt === null) return false;
  const { start } = periodAt(new Date(grant.anchorAt), grant.repeat, now);
  return start.getTime() > toTime(grant.settledAt) && start.getTime() > toTime(grant.startsAt);
}

/** With a debt the order of events matters: each quantity that begins or renews pays first and keeps only the rest. */
function settleWithDebt(stack: readonly Grant<Instant>[], now: Date): Grant<Instant>[] {
  const grants = stack.map((grant) => ({ ...grant }));
  const arrivals = grants
    .filter((grant) => !isDebt(grant) && !grant.unlimited)
    .flatMap((grant) => arrivalsOf(grant, now).map((at) => ({ grant, at })))
    .sort((a, b) => a.at - b.at);
  for (const { grant } of arrivals) {
    let incoming = grant.quantity;
    for (const owed of grants.filter(isDebt)) {
      const paid = Math.min(incoming, -owed.remaining);
      owed.remaining += paid;
      incoming -= paid;
    }
    grant.remaining = incoming;
  }
  return grants
    .filter(
      (grant) => !hasExpired(grant, now) && (grant.quantity > 0 || grant.unlimited || grant.remaining < 0),
    )
    .map((grant) =>
      toTime(grant.startsAt) > now.getTime() ? grant : { ...renewUnlimited(grant, now), settledAt: now },
    );
}

function renewUnlimited(grant: Grant<Instant>, now: Date): Grant<Instant> {
  return grant.unlimited ? renew(grant, now) : grant;
}

/** The instants in (settledAt, now] at which the whole `quantity` arrives anew. */
function arrivalsOf(grant: Grant<Instant>, now: Date): number[] {
  const from = toTime(grant.settledAt);
  const until = Math.min(now.getTime(), grant.expiresAt === null ? Infinity : toTime(grant.expiresAt) - 1);
  const startsAt = toTime(grant.startsAt);
  const arrivals = startsAt > from && startsAt <= until ? [startsAt] : [];
  if (grant.repeat === null || grant.anchorAt === null) return arrivals;
  const anchor = new Date(grant.anchorAt);
  let boundary = periodAt(anchor, grant.repeat, new Date(Math.max(from, startsAt))).end;
  while (boundary.getTime() <= until) {
    arrivals.push(boundary.getTime());
    boundary = periodAt(anchor, grant.repeat, boundary).end;
  }
  return arrivals;
}

/** The soonest-expiring first, never-expiring last: the order in which a use takes from the stack. */
export function bySoonestExpiry(a: Grant<Instant>, b: Grant<Instant>): number {
  const expiry = (grant: Grant<Instant>) => (grant.expiresAt === null ? Infinity : toTime(grant.expiresAt));
  const [left, right] = [expiry(a), expiry(b)];
  return left === right ? 0 : left - right;
}
