import type { Catalog } from "../catalog/index.js";
import { compileGrants, type GrantRow } from "../ledger/index.js";
import { holdDefault } from "../subscription/holdings.js";

/** What the default plans give to somebody who has no other plan. */
export function compileDefaults({ defaultPlans }: Catalog, createdAt: Date): GrantRow[] {
  return [...defaultPlans.values()].flatMap((plan) => {
    const holding = holdDefault(plan, [], createdAt);
    return holding === null ? [] : compileGrants(holding);
  });
}

/** Tells whether the default plans are still those that grants were made from. */
export function versionOfDefaults({ defaultPlans }: Catalog): string {
  return [...defaultPlans.values()].map(({ id, version }) => `${id}@${version}`).join();
}
