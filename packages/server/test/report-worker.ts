import { connect } from "../src/database/index.js";
import { report } from "../src/operations/report.js";
import { contextOf } from "./ledger-fixture.js";

export interface WorkerOrder {
  url: string;
  customerId: string;
  calls: number;
  amount: number;
  /** Makes every call twice, under its own key. */
  keyPrefix: string | null;
}

/** One of several processes that report for one customer as fast as they can. Says how many calls succeeded. */
export async function main(json: string): Promise<void> {
  const { url, customerId, calls, amount, keyPrefix } = JSON.parse(json) as WorkerOrder;
  const database = connect({ database: url, migrates: false });
  const context = contextOf(database);
  const call = (n: number) =>
    report(context, {
      ...{ customerId, featureId: "messages", amount },
      ...(keyPrefix === null ? {} : { idempotencyKey: `${keyPrefix}-${n}` }),
    });
  const numbers = Array.from({ length: calls }, (_, n) => n);
  const repeated = keyPrefix === null ? numbers : [...numbers, ...numbers];
  const answers = await Promise.all(repeated.map(call));
  const succeeded = answers.slice(0, calls).filter(({ success }) => success).length;
  const isConsistent = answers
    .slice(calls)
    .every((answer, n) => JSON.stringify(answer) === JSON.stringify(answers[n]));
  console.log(JSON.stringify({ succeeded, isConsistent }));
  await database.close();
}
