import type { Database } from "./database.js";
import { isUniqueViolation } from "./error.js";
import { defineReport, type ReportAnswer, type UseAnswer } from "./report.js";
import type { Statement, TextRow } from "./statement.js";

export interface TakeInput {
  customerId: string;
  featureId: string;
  amount: number;
  idempotencyKey: string | null;
  reason: string | null;
  actor: string | null;
  usesTestClocks: boolean;
}

export interface TakeAnswer {
  /** False when there is no such customer: nothing was written. */
  isKnown: boolean;
  /** A debt waits for something that has begun or renewed: settle, then ask again. Nothing was written. */
  needsSettling: boolean;
  succeeded: boolean;
  /** The stack after it; null when unlimited. */
  limit: number | null;
  remaining: number | null;
  resetAt: Date | null;
  /** What the key was first used for; null when this is the first time. */
  first: { featureId: string; amount: number } | null;
}

const statements = new Map<string, Statement>();

function statementFor(keyed: boolean, usesTestClocks: boolean): Statement {
  const key = `${keyed} ${usesTestClocks}`;
  const statement = statements.get(key) ?? defineReport({ keyed, usesTestClocks });
  statements.set(key, statement);
  return statement;
}

/** One statement. With a key that another call wrote meanwhile, a second one, which finds that call's answer. */
export async function take(
  database: Database,
  { usesTestClocks, ...values }: TakeInput,
): Promise<TakeAnswer> {
  const statement = statementFor(values.idempotencyKey !== null, usesTestClocks);
  try {
    return toAnswer(await database.execute(statement, values));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return toAnswer(await database.execute(statement, values));
  }
}

function toAnswer([row]: TextRow[]): TakeAnswer {
  const [first, isKnown, needsSettling, answer] = JSON.parse(row?.[0] ?? "") as ReportAnswer;
  if (first === null) return { isKnown, needsSettling, ...toBalance(answer), first };
  const [featureId, amount, firstAnswer] = first;
  return {
    isKnown: true,
    needsSettling: false,
    ...toBalance(firstAnswer),
    first: { featureId, amount: -amount },
  };
}

function toBalance([succeeded, limit, remaining, resetAt]: UseAnswer) {
  return { succeeded, limit, remaining, resetAt: resetAt === null ? null : new Date(resetAt) };
}
