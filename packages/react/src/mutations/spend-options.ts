import type { EntitlementState, SnapshotEntitlement, WireSnapshot } from "@paykit/server/contract";
import type { MutationOptions, QueryClient } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { customerKey } from "../client/keys.js";

export interface Spending {
  /** How much less to show while `action` runs. */
  amount: number;
  /** Spends it on the server, and reports it there: a browser cannot report usage. */
  action: () => Promise<unknown>;
}

/** An item in the cache, with the ids of what is being spent of it. An answer of the server's has none. */
type Held = SnapshotEntitlement<string> & { spending?: number[] };

let lastId = 0;

/**
 * Shows less of an item while an action of the host spends it, now and at what comes next. When the action fails it is shown
 * again, unless the server has answered meanwhile and knows better; when the last one is done the server is asked.
 */
export function spendOptions(
  connection: Connection,
  itemId: string,
): MutationOptions<unknown, Error, Spending, number> {
  const queryKey = customerKey(connection, "customer");
  const mutationKey = customerKey(connection, "command", "spend");
  const change = (client: QueryClient, by: (item: Held) => Held) =>
    client.setQueryData<WireSnapshot | null>(queryKey, (held) => {
      const item = held?.entitlements[itemId];
      return held && item && { ...held, entitlements: { ...held.entitlements, [itemId]: by(item) } };
    });
  return {
    mutationKey,
    networkMode: "always",
    gcTime: 0,
    mutationFn: ({ action }) => action(),
    onMutate: async ({ amount }, { client }) => {
      await client.cancelQueries({ queryKey });
      lastId += 1;
      const id = lastId;
      change(client, ({ spending = [], ...item }) => ({ ...use(item, amount), spending: [...spending, id] }));
      return id;
    },
    onError: (_error, { amount }, id, { client }) => {
      change(client, ({ spending = [], ...item }) =>
        spending.includes(id ?? 0)
          ? { ...use(item, -amount), spending: spending.filter((other) => other !== id) }
          : { ...item, spending },
      );
    },
    onSettled: async (_result, _error, _spending, _id, { client }) => {
      if (client.isMutating({ mutationKey }) === 1) await client.invalidateQueries({ queryKey });
    },
  };
}

function use(item: SnapshotEntitlement<string>, amount: number): SnapshotEntitlement<string> {
  return { ...take(item, amount), upcoming: item.upcoming.map((step) => take(step, amount)) };
}

function take<State extends EntitlementState<string>>(state: State, amount: number): State {
  const { balance, usage } = state;
  return {
    ...state,
    balance: balance === null ? null : balance - amount,
    usage: usage === null ? null : usage + amount,
  };
}
