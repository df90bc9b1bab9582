import { and, eq } from "drizzle-orm";
import type { Orm } from "./database.js";
import { trial } from "./schema/index.js";

interface TrialKey {
  customerId: string;
  trialGroup: string;
}

export async function hadTrial(orm: Orm, { customerId, trialGroup }: TrialKey): Promise<boolean> {
  const rows = await orm
    .select({ startedAt: trial.startedAt })
    .from(trial)
    .where(and(eq(trial.customerId, customerId), eq(trial.trialGroup, trialGroup)));
  return rows.length > 0;
}

export async function recordTrials(orm: Orm, trials: (TrialKey & { startedAt: Date })[]): Promise<void> {
  if (trials.length > 0) await orm.insert(trial).values(trials).onConflictDoNothing();
}
