import { sql } from "drizzle-orm";
import type { Grant } from "../contract/index.js";
import { nowOf } from "./clock.js";
import type { Database } from "./database.js";
import { grant } from "./schema/index.js";
import { stackColumnList, toGrant, toInstant } from "./stack-columns.js";
import { defineStatement, type Statement } from "./statement.js";

export interface ReadStackInput {
  customerId: string;
  featureId: string;
  usesTestClocks: boolean;
}

function defineRead(usesTestClocks: boolean): Statement {
  const customerId = sql.placeholder("customerId");
  return defineStatement(
    usesTestClocks ? "check_by_clock" : "check",
    sql`select ${nowOf(sql`${customerId}`, usesTestClocks)}, ${stackColumnList} from ${grant}
      where customer_id = ${customerId} and feature_id = ${sql.placeholder("featureId")}`,
  );
}

const statement = defineRead(false);
const clockStatement = defineRead(true);

/** The grants of one customer for one feature, by one index read; null when there are none. */
export async function readStack(
  database: Database,
  { usesTestClocks, ...values }: ReadStackInput,
): Promise<{ now: Date; grants: Grant[] } | null> {
  const rows = await database.execute(usesTestClocks ? clockStatement : statement, values);
  const [first] = rows;
  return first === undefined
    ? null
    : { now: toInstant(first[0]), grants: rows.map((row) => toGrant(row, 1)) };
}
