import { DAY } from "../engine/instant.js";
import { trialEnd } from "../engine/trial.js";
import { invalid } from "../wire/errors.js";
import type { World } from "../world/world.js";
import type { ItemParams } from "./item-params.js";

const LONGEST_TRIAL_DAYS = 730;

export function trialOf(
  world: World,
  customer: string,
  params: {
    trial_end?: number | "now";
    trial_period_days?: number;
    trial_from_plan?: boolean;
    items?: ItemParams[];
  },
): number | null {
  const now = world.nowFor(customer);
  if (params.trial_period_days !== undefined && params.trial_end !== undefined) {
    throw invalid("You may only specify one of these parameters: trial_end, trial_period_days.", {
      code: "parameters_exclusive",
      param: "trial_period_days",
    });
  }
  const days =
    params.trial_period_days ?? (params.trial_from_plan ? daysOfPrice(world, params.items) : undefined);
  if (days !== undefined) {
    if (days > LONGEST_TRIAL_DAYS)
      throw invalid(`A trial lasts at most ${LONGEST_TRIAL_DAYS} days.`, { param: "trial_period_days" });
    return days === 0 ? null : trialEnd(now, days);
  }
  if (params.trial_end === undefined || params.trial_end === "now") return null;
  if (params.trial_end > now + LONGEST_TRIAL_DAYS * DAY)
    throw invalid(`A trial lasts at most ${LONGEST_TRIAL_DAYS} days.`, { param: "trial_end" });
  return params.trial_end;
}

function daysOfPrice(world: World, items: ItemParams[] | undefined): number | undefined {
  return world.find("price", items?.[0]?.price ?? "")?.recurring?.trial_period_days ?? undefined;
}
