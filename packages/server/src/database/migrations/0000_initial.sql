CREATE TABLE "paykit_change" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"token" text,
	"held_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "paykit_checkout" (
	"customer_id" text NOT NULL,
	"checkout_id" text NOT NULL,
	"session_id" text,
	"product_id" text NOT NULL,
	"version" text NOT NULL,
	"plan_group" text,
	"quantity" bigint DEFAULT 1 NOT NULL,
	"interval_count" integer,
	"interval_unit" text,
	"success_url" text NOT NULL,
	"cancel_url" text NOT NULL,
	"fingerprint" text NOT NULL,
	"url" text,
	"status" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "paykit_checkout_customer_id_checkout_id_pk" PRIMARY KEY("customer_id","checkout_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_customer" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"email" text,
	"name" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"stripe_customer_id" text,
	"stripe_profile" text,
	"stripe_livemode" boolean,
	"sync_started" bigint DEFAULT 0 NOT NULL,
	"sync_applied" bigint DEFAULT 0 NOT NULL,
	"synced_at" timestamp (3) with time zone,
	"sync_due_at" timestamp (3) with time zone,
	"default_plans" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"test_clock_id" text,
	"test_clock_now" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paykit_event" (
	"event_id" text PRIMARY KEY NOT NULL,
	"customer_id" text,
	"type" text NOT NULL,
	"processed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paykit_grant" (
	"customer_id" text NOT NULL,
	"feature_id" text NOT NULL,
	"grant_id" text NOT NULL,
	"quantity" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"accrued" bigint,
	"settled_at" timestamp (3) with time zone NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"repeat_count" integer,
	"repeat_unit" text,
	"anchor_at" timestamp (3) with time zone,
	"renews_until" timestamp (3) with time zone,
	"renews_at" timestamp (3) with time zone,
	"unlimited" boolean DEFAULT false NOT NULL,
	"permanent" boolean DEFAULT false NOT NULL,
	"alone" boolean DEFAULT false NOT NULL,
	CONSTRAINT "paykit_grant_customer_id_feature_id_grant_id_pk" PRIMARY KEY("customer_id","feature_id","grant_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_ledger" (
	"customer_id" text NOT NULL,
	"entry_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "paykit_ledger_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"feature_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"succeeded" boolean NOT NULL,
	"balance_after" bigint,
	"answer" json,
	"reason" text,
	"actor" text,
	"idempotency_key" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paykit_ledger_customer_id_entry_id_pk" PRIMARY KEY("customer_id","entry_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_notice" (
	"customer_id" text NOT NULL,
	"notice_id" text NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "paykit_notice_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "paykit_notice_customer_id_notice_id_pk" PRIMARY KEY("customer_id","notice_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_product_version" (
	"product_id" text NOT NULL,
	"version" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "paykit_product_version_product_id_version_pk" PRIMARY KEY("product_id","version")
);
--> statement-breakpoint
CREATE TABLE "paykit_purchase" (
	"customer_id" text NOT NULL,
	"purchase_id" text NOT NULL,
	"product_id" text NOT NULL,
	"version" text,
	"quantity" bigint DEFAULT 1 NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"payment_intent_id" text,
	"purchased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paykit_purchase_customer_id_purchase_id_pk" PRIMARY KEY("customer_id","purchase_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_reservation" (
	"customer_id" text NOT NULL,
	"reservation_id" text NOT NULL,
	"feature_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"status" text NOT NULL,
	"taken" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paykit_reservation_customer_id_reservation_id_pk" PRIMARY KEY("customer_id","reservation_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_spent_grant" (
	"customer_id" text NOT NULL,
	"feature_id" text NOT NULL,
	"grant_id" text NOT NULL,
	"quantity" bigint NOT NULL,
	"ends_at" timestamp (3) with time zone,
	CONSTRAINT "paykit_spent_grant_customer_id_feature_id_grant_id_pk" PRIMARY KEY("customer_id","feature_id","grant_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_subscription" (
	"customer_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"item_id" text NOT NULL,
	"price_id" text NOT NULL,
	"version" text,
	"plan_group" text,
	"status" text NOT NULL,
	"interval_count" integer,
	"interval_unit" text,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"quantity" bigint DEFAULT 1 NOT NULL,
	"current_period_start" timestamp (3) with time zone,
	"current_period_end" timestamp (3) with time zone,
	"trial_start" timestamp (3) with time zone,
	"trial_end" timestamp (3) with time zone,
	"cancel_at" timestamp (3) with time zone,
	"cancel_at_period_end" boolean DEFAULT false NOT NULL,
	"canceled_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"past_due_since" timestamp (3) with time zone,
	"entitled_until" timestamp (3) with time zone,
	"anchor_at" timestamp (3) with time zone,
	"scheduled_plan_id" text,
	"scheduled_at" timestamp (3) with time zone,
	"schedule_id" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paykit_subscription_customer_id_subscription_id_item_id_pk" PRIMARY KEY("customer_id","subscription_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "paykit_trial" (
	"customer_id" text NOT NULL,
	"trial_group" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paykit_trial_customer_id_trial_group_pk" PRIMARY KEY("customer_id","trial_group")
);
--> statement-breakpoint
CREATE INDEX "paykit_checkout_session" ON "paykit_checkout" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "paykit_customer_stripe_customer_id" ON "paykit_customer" USING btree ("stripe_customer_id");--> statement-breakpoint
CREATE INDEX "paykit_customer_sync_due_at" ON "paykit_customer" USING btree ("sync_due_at") WHERE "paykit_customer"."sync_due_at" is not null;--> statement-breakpoint
CREATE INDEX "paykit_customer_created_at" ON "paykit_customer" USING btree ("created_at","customer_id");--> statement-breakpoint
CREATE INDEX "paykit_event_processed_at" ON "paykit_event" USING btree ("processed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "paykit_ledger_idempotency_key" ON "paykit_ledger" USING btree ("customer_id","idempotency_key") WHERE "paykit_ledger"."idempotency_key" is not null;--> statement-breakpoint
CREATE INDEX "paykit_ledger_at" ON "paykit_ledger" USING brin ("at");--> statement-breakpoint
CREATE INDEX "paykit_notice_delivered_at" ON "paykit_notice" USING btree ("delivered_at");--> statement-breakpoint
CREATE INDEX "paykit_purchase_payment_intent" ON "paykit_purchase" USING btree ("payment_intent_id");--> statement-breakpoint
CREATE INDEX "paykit_subscription_plan" ON "paykit_subscription" USING btree ("plan_id","customer_id");--> statement-breakpoint
-- The calendar of contract/calendar.ts, for the one place where a statement needs it: when something is due. As functions
-- they cost a statement nothing until then. Immutable in every sense: a month will always have the days it has.
create or replace function paykit_boundary(anchor timestamptz, count int, unit text, index bigint) returns timestamptz
language plpgsql immutable strict parallel safe as $$
begin
  return (anchor at time zone 'UTC' + case unit
    when 'day' then make_interval(days => (index * count)::int)
    when 'week' then make_interval(weeks => (index * count)::int)
    when 'month' then make_interval(months => (index * count)::int)
    else make_interval(years => (index * count)::int) end) at time zone 'UTC';
end $$;
--> statement-breakpoint
create or replace function paykit_period_index(anchor timestamptz, count int, unit text, at timestamptz) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  length int := count * case unit when 'week' then 7 when 'year' then 12 else 1 end;
  a timestamp := anchor at time zone 'UTC';
  t timestamp := at at time zone 'UTC';
  index bigint;
begin
  if unit in ('day', 'week') then
    return floor(extract(epoch from t - a) / (length * 86400));
  end if;
  index := floor(((extract(year from t) - extract(year from a)) * 12 + extract(month from t) - extract(month from a)) / length);
  -- A month is entered at the anchor's day and time, which the estimate does not look at.
  if paykit_boundary(anchor, count, unit, index) > at then
    index := index - 1;
  end if;
  return index;
end $$;
--> statement-breakpoint
-- The first boundary after "at"; null when what ends has ended by then.
create or replace function paykit_next_boundary(anchor timestamptz, count int, unit text, at timestamptz, ends timestamptz) returns timestamptz
language plpgsql immutable parallel safe as $$
declare
  boundary timestamptz := paykit_boundary(anchor, count, unit, paykit_period_index(anchor, count, unit, at) + 1);
begin
  return case when ends is null or boundary < ends then boundary end;
end $$;
--> statement-breakpoint
-- Room on each page for the new version of a row, which then stays on its page and out of the index.
alter table paykit_grant set (fillfactor = 80);
--> statement-breakpoint
-- Use of a feature, whatever its stack looks like: lock it, renew what is due, take from what lapses soonest, write it and
-- the history. The statement of record-use.ts comes here with what is not the plain case. It does what takeFromStack in
-- ledger/ does, and a test holds the two against each other.
--
-- Rows are locked in primary-key order, so that two callers never wait for each other in a circle, and every statement
-- here sees what others committed before the lock was granted. With an idempotency key the first answer is looked up under
-- the lock; two calls with one key that lock nothing in common meet in the unique index of the history, and the second
-- fails whole, to be asked again.
--
-- A function, because a single statement that can do all this sets up its whole plan at every call, which costs more than
-- the work; here only what is needed is set up, from plans that are made once. Its answer is RawAnswer of record-use.ts.
create or replace function paykit_use(
  for_customer text, for_feature text, amount bigint, key text, why text, who text, at timestamptz
) returns json
language plpgsql set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  g record;
  first record;
  rest bigint := amount;
  part bigint;
  balance bigint;
  granted bigint;
  reset_at timestamptz;
  payer text;
  payer_covers boolean;
  has_rows boolean;
  has_unlimited boolean;
  is_owing boolean;
  is_due boolean;
  has_begun boolean;
  is_enough boolean;
  answer json;
begin
  -- Too little of the only row there is: nothing to write, and so nothing to lock.
  if key is null then
    select coalesce(accrued, quantity), remaining, renews_at into granted, balance, reset_at
      from paykit_grant where customer_id = for_customer and feature_id = for_feature and alone
        and starts_at <= at and (expires_at is null or expires_at > at) and (renews_at is null or renews_at > at)
        and not unlimited and remaining < amount;
    if found then
      return json_build_array(null, true, false, json_build_array(false, granted, balance, reset_at));
    end if;
  end if;

  loop
    balance := 0; granted := 0; reset_at := null; payer := null; payer_covers := false;
    has_rows := false; has_unlimited := false; is_owing := false; is_due := false; has_begun := false;
    for g in
      select * from (
        select grant_id, quantity, remaining, accrued, settled_at, starts_at, expires_at, renews_at, unlimited
        from paykit_grant where customer_id = for_customer and feature_id = for_feature
        order by customer_id, feature_id, grant_id
        for no key update
      ) as locked
      order by unlimited desc,
        case when accrued is null then least(renews_at, expires_at) else expires_at end nulls last, grant_id collate "C"
    loop
      has_rows := true;
      if g.renews_at <= at then is_due := true; end if;
      if g.starts_at > g.settled_at and g.starts_at <= at then has_begun := true; end if;
      if g.starts_at <= at and (g.expires_at is null or g.expires_at > at) then
        if payer is null and (g.unlimited or g.remaining > 0) then
          payer := g.grant_id;
          payer_covers := g.unlimited or g.remaining >= amount;
        end if;
        reset_at := least(reset_at, g.renews_at);
        if g.unlimited then
          has_unlimited := true;
        else
          balance := balance + g.remaining;
          granted := granted + coalesce(g.accrued, g.quantity);
          if g.quantity = 0 and g.remaining < 0 then is_owing := true; end if;
        end if;
      end if;
    end loop;
    -- Who pays a debt first depends on the order of events, which the caller knows how to follow.
    if is_owing and (is_due or has_begun) then
      return json_build_array(null, true, true, null);
    end if;
    exit when not is_due;
    update paykit_grant set
      remaining = case when accrued is null then quantity else remaining + arrivals * quantity end,
      accrued = accrued + arrivals * quantity,
      settled_at = at,
      renews_at = paykit_next_boundary(anchor_at, repeat_count, repeat_unit, at, least(renews_until, expires_at))
    from (
      select grant_id as renewed_id, 1
        + paykit_period_index(anchor_at, repeat_count, repeat_unit, least(at, least(renews_until, expires_at) - interval '1 millisecond'))
        - paykit_period_index(anchor_at, repeat_count, repeat_unit, renews_at) as arrivals
      from paykit_grant where customer_id = for_customer and feature_id = for_feature and renews_at <= at
    ) as renewed
    where customer_id = for_customer and feature_id = for_feature and grant_id = renewed_id;
  end loop;

  if not has_rows and not exists (select from paykit_customer where customer_id = for_customer) then
    return json_build_array(null, false, false, null);
  end if;
  if key is not null then
    select l.feature_id, l.amount, l.answer into first
      from paykit_ledger l where l.customer_id = for_customer and l.idempotency_key = key;
    if found then
      return json_build_array(json_build_array(first.feature_id, first.amount, first.answer), true, false, null);
    end if;
  end if;

  is_enough := has_unlimited or balance >= amount;
  if is_enough and payer_covers then
    update paykit_grant set remaining = remaining - amount
      where customer_id = for_customer and feature_id = for_feature and grant_id = payer;
  elsif is_enough then
    for g in
      select grant_id, remaining from paykit_grant
      where customer_id = for_customer and feature_id = for_feature
        and starts_at <= at and (expires_at is null or expires_at > at)
      order by case when accrued is null then least(renews_at, expires_at) else expires_at end nulls last, grant_id collate "C"
    loop
      part := least(rest, greatest(g.remaining, 0));
      continue when part = 0;
      update paykit_grant set remaining = remaining - part
        where customer_id = for_customer and feature_id = for_feature and grant_id = g.grant_id;
      rest := rest - part;
      exit when rest = 0;
    end loop;
  end if;

  if is_enough then balance := balance - amount; end if;
  if has_unlimited then balance := null; granted := null; end if;
  answer := json_build_array(is_enough, granted, balance, reset_at);
  -- A refusal is history only when the same call has to be refused again.
  if is_enough or key is not null then
    insert into paykit_ledger (customer_id, feature_id, kind, amount, succeeded, balance_after, answer, idempotency_key, reason, actor, at)
      values (for_customer, for_feature, 'use', -amount, is_enough, balance,
        case when key is not null then answer end, key, why, who, at);
  end if;
  return json_build_array(null, true, false, answer);
end $$;
