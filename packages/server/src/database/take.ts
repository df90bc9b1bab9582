import type { Grant } from "../contract/index.js";
import type { Database } from "./database.js";
import { isUniqueViolation } from "./error.js";
import { defineReport } from "./report.js";
import { toGrant, toInstant } from "./stack-columns.js";
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
  exists: boolean;
  /** A debt waits for something that has begun or renewed: settle, then ask again. Nothing was written. */
  needsSettling: boolean;
  succeeded: boolean;
  now: Date;
  /** The grants after it. */
  grants: Grant<Date | string>[];
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

function toAnswer(rows: TextRow[]): TakeAnswer {
  const [header = []] = rows;
  const [featureId, amount, succeeded, stack, at] = header;
  if (typeof featureId === "string") {
    return {
      exists: true,
      needsSettling: false,
      succeeded: succeeded === "t",
      now: toInstant(at),
      grants: JSON.parse(stack ?? "[]") as Grant<string>[],
      first: { featureId, amount: -Number(amount) },
    };
  }
  return {
    exists: header[5] === "t",
    succeeded: header[6] === "t",
    needsSettling: header[7] === "t",
    now: toInstant(header[8]),
    grants: rows.filter((row) => row[9] !== null).map((row) => toGrant(row, 9)),
    first: null,
  };
}
