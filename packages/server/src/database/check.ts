import { sql } from "drizzle-orm";
import type { Grant } from "../contract/index.js";
import { nowOf } from "./clock.js";
import type { Database } from "./database.js";
import { grant } from "./schema/index.js";
import { type GrantTuple, grantTuple, toGrant, toMs } from "./stack.js";
import { defineStatement, type Statement } from "./statement.js";

export interface ReadStackInput {
  customerId: string;
  featureId: string;
  usesTestClocks: boolean;
}

function defineRead(usesTestClocks: boolean): Statement {
  const customerId = sql.placeholder("customerId");
  const now = toMs(nowOf(sql`${customerId}`, usesTestClocks));
  return defineStatement(
    usesTestClocks ? "check_by_clock" : "check",
    sql`select json_build_array(${grantTuple}, ${now}) from ${grant}
      where customer_id = ${customerId} and feature_id = ${sql.placeholder("featureId")}`,
  );
}

const statement = defineRead(false);
const clockStatement = defineRead(true);

type Row = readonly [...grant: GrantTuple, now: number];

/** The grants of one customer for one feature, by one index read; null when there are none. */
export async function readStack(
  database: Database,
  { usesTestClocks, ...values }: ReadStackInput,
): Promise<{ now: Date; grants: Grant[] } | null> {
  const rows = await database.execute(usesTestClocks ? clockStatement : statement, values);
  const stack = rows.map(([json]) => JSON.parse(json ?? "") as Row);
  const [first] = stack;
  if (first === undefined) return null;
  return { now: new Date(first[12]), grants: stack.map((row) => toGrant(row)) };
}
