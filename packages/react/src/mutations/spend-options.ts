import type { Grant, WireSnapshot } from "@paykit/server/contract";
import type { MutationOptions } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { customerKey } from "../client/keys.js";

export interface Spending {
  /** How much less to show while `action` runs. */
  amount: number;
  /** Spends it on the server, and reports it there: a browser cannot report usage. */
  action: () => Promise<unknown>;
}

/**
 * Shows less of an item while an action of the host spends it. What is about to be taken stands in the cache as a debt, so
 * that the one rule answers for it too. When the action fails the debt goes; when the last one is done the server is asked.
 */
export function spendOptions(
  connection: Connection,
  itemId: string,
): MutationOptions<unknown, Error, Spending, Grant<string> | undefined> {
  const queryKey = customerKey(connection, "customer");
  const mutationKey = customerKey(connection, "command", "spend");
  return {
    mutationKey,
    networkMode: "always",
    gcTime: 0,
    mutationFn: ({ action }) => action(),
    onMutate: async ({ amount }, { client }) => {
      await client.cancelQueries({ queryKey });
      const held = client.getQueryData<WireSnapshot | null>(queryKey);
      const debt = held ? createDebt(amount, held.now) : undefined;
      if (held && debt)
        client.setQueryData(
          queryKey,
          withGrants(held, itemId, (grants) => [...grants, debt]),
        );
      return debt;
    },
    onError: (_error, _spending, debt, { client }) => {
      const held = client.getQueryData<WireSnapshot | null>(queryKey);
      if (!held) return;
      const without = withGrants(held, itemId, (grants) => grants.filter((grant) => grant !== debt));
      client.setQueryData(queryKey, without);
    },
    onSettled: async (_result, _error, _spending, _debt, { client }) => {
      if (client.isMutating({ mutationKey }) === 1) await client.invalidateQueries({ queryKey });
    },
  };
}

function createDebt(amount: number, now: string): Grant<string> {
  const never = { expiresAt: null, repeat: null, anchorAt: null, renewsUntil: null, accrued: null };
  return { ...never, quantity: 0, remaining: -amount, unlimited: false, settledAt: now, startsAt: now };
}

function withGrants(
  snapshot: WireSnapshot,
  itemId: string,
  change: (grants: Grant<string>[]) => Grant<string>[],
): WireSnapshot {
  const item = snapshot.entitlements[itemId];
  if (item === undefined) return snapshot;
  const changed = { ...item, grants: change(item.grants) };
  return { ...snapshot, entitlements: { ...snapshot.entitlements, [itemId]: changed } };
}
