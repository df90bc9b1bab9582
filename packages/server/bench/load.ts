import type pg from "pg";

/**
 * Kinds of customers, each with a range of its own, so that every figure is about one situation. `monthly`: one grant of
 * 100,000 a month, settled in the current period. `stacked`: five grants of different ends. `due`: a month has passed.
 * `unlimited`; `empty`: nothing left.
 */
export const kinds = ["monthly", "stacked", "due", "unlimited", "empty"] as const;
export type Kind = (typeof kinds)[number];

/** Writes `count` customers with their grants, and a bare table of the same size for the floor. */
export async function loadCustomers(client: pg.Client, count: number): Promise<void> {
  await client.query("truncate paykit_customer, paykit_grant, paykit_ledger");
  await client.query("drop table if exists bench_floor");
  await client.query("create table bench_floor (customer_id text primary key, remaining bigint not null)");
  await client.query(
    `insert into bench_floor select 'monthly_' || n, 1000000000 from generate_series(1, $1::int) n`,
    [count],
  );
  for (const kind of kinds) {
    const size = sizeOf(kind, count);
    await client.query(
      `insert into paykit_customer (customer_id, created_at) select $2::text || '_' || n, now() - interval '40 days' from generate_series(1, $1::int) n`,
      [size, kind],
    );
    for (const grant of grantsOf[kind]) await loadGrants(client, { kind, size, ...grant });
  }
  // A history as an app has one, a tenth of it with keys.
  await client.query(
    `insert into paykit_ledger (customer_id, feature_id, kind, amount, succeeded, balance_after, answer, idempotency_key, at)
      select 'monthly_' || n, 'messages', 'use', -1, true, 1, case when n % 10 = 0 then '[true, 2, 1, null]'::jsonb end,
        case when n % 10 = 0 then 'key_' || n end, now() - interval '1 day' from generate_series(1, $1::int) n`,
    [count],
  );
  await client.query("vacuum analyze paykit_customer, paykit_grant, paykit_ledger, bench_floor");
}

/** Everybody is an ordinary customer but for a twentieth of each special kind, at least 2,000. */
export function sizeOf(kind: Kind, count: number): number {
  return kind === "monthly" ? count : Math.max(2_000, count / 20);
}

interface BenchGrant {
  feature: string;
  grant: string;
  quantity: number;
  remaining: number;
  settledDaysAgo?: number;
  expiresInDays?: number;
  unlimited?: boolean;
  monthly?: boolean;
}

const proModels: BenchGrant = { feature: "pro_models", grant: "plan:pro:sub", quantity: 0, remaining: 0 };
const credits: BenchGrant = { feature: "credits", grant: "purchase:cs", quantity: 500, remaining: 500 };
const plan = { feature: "messages", grant: "plan:pro:sub", monthly: true };
const many = 1_000_000;

const grantsOf: Record<Kind, BenchGrant[]> = {
  monthly: [{ ...plan, quantity: many, remaining: many }, proModels, credits],
  due: [{ ...plan, quantity: many, remaining: 5, settledDaysAgo: 35 }, proModels],
  stacked: [1, 2, 3, 4]
    .map((n) => ({
      feature: "messages",
      grant: `gift:${n}`,
      quantity: many,
      remaining: many,
      expiresInDays: 100 * n,
    }))
    .concat([{ ...plan, quantity: many, remaining: many } as never]),
  unlimited: [{ ...plan, quantity: 0, remaining: 0, unlimited: true }],
  empty: [{ ...plan, quantity: many, remaining: 0 }],
};

async function loadGrants(
  client: pg.Client,
  input: BenchGrant & { kind: Kind; size: number },
): Promise<void> {
  const { kind, size, feature, grant, quantity, remaining } = input;
  const { settledDaysAgo = 0, expiresInDays = null, unlimited = false, monthly = false } = input;
  await client.query(
    `insert into paykit_grant (customer_id, feature_id, grant_id, quantity, remaining, settled_at, starts_at, expires_at,
        repeat_count, repeat_unit, anchor_at, unlimited, renews_at, alone)
      select $1::text || '_' || n, $2::text, $3::text, $4::bigint, $5::bigint, now() - $6::int * interval '1 day', now() - interval '40 days',
        now() + $7::int * interval '1 day', case when $9 then 1 end, case when $9 then 'month' end,
        case when $9 then now() - interval '40 days' end, $8::boolean,
        case when $9 then now() - interval '40 days' + case when $6 > 0 then 1 else 2 end * interval '1 month' end,
        $1 <> 'stacked'
      from generate_series(1, $10::int) n`,
    [kind, feature, grant, quantity, remaining, settledDaysAgo, expiresInDays, unlimited, monthly, size],
  );
}
