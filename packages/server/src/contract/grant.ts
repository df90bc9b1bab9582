import { addPeriods, periodIndexAt, type Repeat } from "./calendar.js";

/** An instant: a `Date` on the server, an ISO 8601 string on the wire and in the client's cache. */
export type Instant = Date | string;

/**
 * A dated quantity of a feature. A stack of these is all there is to know about what a customer may use: a plan, a
 * purchase, a gift and the default plan all become grants, and what ends or begins later is already in their dates.
 */
export interface Grant<I extends Instant = Date> {
  /** Units per period of `repeat`, or in whole. 0 for a boolean feature, an unlimited grant and a debt. */
  quantity: number;
  /** What is left at `settledAt`. Below 0 on a debt; minus the use so far on an unlimited grant. */
  remaining: number;
  /** What has arrived so far of a quantity that accumulates; null when each period replaces what is left. */
  accrued: number | null;
  /** The instant that `remaining` is true for. */
  settledAt: I;
  startsAt: I;
  /** The first instant at which the grant no longer counts; null when it never ends. */
  expiresAt: I | null;
  /** At each boundary `quantity` arrives anew; null when it is granted once. */
  repeat: Repeat | null;
  /** What the boundaries of `repeat` are counted from; null without `repeat`. */
  anchorAt: I | null;
  /** The first instant at which nothing arrives any more, for what outlives its plan; null when it goes on. */
  renewsUntil: I | null;
  unlimited: boolean;
  /**
   * The first boundary after `settledAt`, where it was read along with the rest; null when nothing arrives any more. Left
   * out, it is worked out. Leave it out of a grant whose terms are about to change.
   */
  renewsAt?: I | null;
}

/** Milliseconds since the epoch. */
export function toTime(instant: Instant): number {
  return typeof instant === "string" ? Date.parse(instant) : instant.getTime();
}

/** Like `toTime`; null, which means never, is later than every instant. */
function toTimeOrNever(instant: Instant | null): number {
  return instant === null ? Number.POSITIVE_INFINITY : toTime(instant);
}

export function hasStarted(grant: Grant<Instant>, now: Date): boolean {
  return toTime(grant.startsAt) <= now.getTime();
}

export function hasExpired(grant: Grant<Instant>, now: Date): boolean {
  return toTimeOrNever(grant.expiresAt) <= now.getTime();
}

export function isLive(grant: Grant<Instant>, now: Date): boolean {
  return hasStarted(grant, now) && !hasExpired(grant, now);
}

/** What is owed: a row of its own, of quantity 0, with `remaining` below 0. */
export function isDebt(grant: Grant<Instant>): boolean {
  return !grant.unlimited && grant.quantity === 0 && grant.remaining < 0;
}

/** The next instant after `now` at which `quantity` arrives anew; null when that never happens. */
export function nextResetAt(grant: Grant<Instant>, now: Date): Date | null {
  if (grant.repeat === null || grant.anchorAt === null) return null;
  const known = knownResetAt(grant, now);
  if (known !== undefined) return known === null ? null : new Date(known);
  const from = new Date(Math.max(now.getTime(), toTime(grant.startsAt), toTime(grant.settledAt)));
  const anchor = new Date(grant.anchorAt);
  const reset = addPeriods(anchor, grant.repeat, periodIndexAt(anchor, grant.repeat, from) + 1);
  return reset.getTime() < lastArrivalBefore(grant) ? reset : null;
}

/** The boundary that was read, if it is the next one at `now` too: the calendar is what costs most about a grant. */
function knownResetAt({ renewsAt, settledAt }: Grant<Instant>, now: Date): Instant | null | undefined {
  if (renewsAt === undefined || toTime(settledAt) > now.getTime()) return undefined;
  return toTimeOrNever(renewsAt) > now.getTime() ? renewsAt : undefined;
}

/**
 * The stack as it is at `now`: expired grants are gone, passed boundaries have renewed what repeats, and a debt has been
 * paid by whatever began or renewed since. Grants that begin later are kept as they are.
 */
export function settle<G extends Grant<Instant>>(stack: readonly G[], now: Date): G[] {
  const settled = stack.some(isDebt) ? payDebts(stack, now) : stack.map((grant) => renew(grant, now));
  return settled.filter((grant) => !hasExpired(grant, now));
}

function renew<G extends Grant<Instant>>(grant: G, now: Date): G {
  if (!hasStarted(grant, now)) return grant;
  const arrivals = countArrivals(grant, now);
  const settled = stamp(grant, now);
  return arrivals === 0 ? settled : arrive(settled, grant.quantity * arrivals);
}

/**
 * Sets `settledAt` in the form that the grant has its instants in. Never back: who waited for a lock may have begun before
 * the one who renewed the grant meanwhile, and would have it renewed twice.
 */
function stamp<G extends Grant<Instant>>(grant: G, now: Date): G {
  if (toTime(grant.settledAt) >= now.getTime()) return grant;
  return { ...grant, settledAt: typeof grant.settledAt === "string" ? now.toISOString() : now };
}

/** `units` arrive: on top of what is left when the grant accumulates, in its place when it does not. */
function arrive<G extends Grant<Instant>>(grant: G, units: number): G {
  return grant.accrued === null
    ? { ...grant, remaining: grant.quantity }
    : { ...grant, remaining: grant.remaining + units, accrued: grant.accrued + units };
}

/** How many boundaries of `repeat` lie after both `settledAt` and `startsAt`, up to `now`. */
function countArrivals(grant: Grant<Instant>, now: Date): number {
  if (grant.repeat === null || grant.anchorAt === null) return 0;
  if (knownResetAt(grant, now) !== undefined) return 0;
  const anchor = new Date(grant.anchorAt);
  const from = Math.max(toTime(grant.settledAt), toTime(grant.startsAt));
  const until = Math.min(now.getTime(), lastArrivalBefore(grant) - 1);
  if (until <= from) return 0;
  const index = (time: number) => periodIndexAt(anchor, grant.repeat ?? [1, "day"], new Date(time));
  return index(until) - index(from);
}

function lastArrivalBefore(grant: Grant<Instant>): number {
  return Math.min(toTimeOrNever(grant.renewsUntil), toTimeOrNever(grant.expiresAt));
}

/** With a debt the order of events matters: each quantity that begins or renews pays first and keeps only the rest. */
function payDebts<G extends Grant<Instant>>(stack: readonly G[], now: Date): G[] {
  let owed = stack.reduce((sum, grant) => (isDebt(grant) ? sum - grant.remaining : sum), 0);
  const pay = (units: number) => {
    const paid = Math.min(units, owed);
    owed -= paid;
    return paid;
  };
  const others = stack.filter((grant) => !isDebt(grant));
  const arrivals = others
    .flatMap((grant, index) => arrivalsOf(grant, now).map((arrival) => ({ index, ...arrival })))
    .sort((a, b) => a.at - b.at);
  for (const { index, isFirst } of arrivals) {
    const grant = others[index];
    if (grant === undefined || grant.unlimited) continue;
    const arrived = isFirst ? grant : arrive(grant, grant.quantity);
    others[index] = {
      ...arrived,
      remaining: arrived.remaining - pay(isFirst ? grant.remaining : grant.quantity),
    };
  }
  const settled = others.map((grant) => {
    if (grant.unlimited) return renew(grant, now);
    return hasStarted(grant, now) ? stamp(grant, now) : grant;
  });
  const debt = stack.find(isDebt);
  return debt === undefined || owed === 0 ? settled : [...settled, { ...stamp(debt, now), remaining: -owed }];
}

/** The instants in (settledAt, now] at which units arrive: when the grant begins, and at each boundary after that. */
function arrivalsOf(grant: Grant<Instant>, now: Date): { at: number; isFirst: boolean }[] {
  const startsAt = toTime(grant.startsAt);
  const settledAt = toTime(grant.settledAt);
  const until = Math.min(now.getTime(), lastArrivalBefore(grant) - 1);
  const arrivals = startsAt > settledAt && startsAt <= until ? [{ at: startsAt, isFirst: true }] : [];
  let next = nextResetAt(grant, new Date(settledAt));
  while (next !== null && next.getTime() <= until) {
    arrivals.push({ at: next.getTime(), isFirst: false });
    next = nextResetAt(grant, next);
  }
  return arrivals;
}
