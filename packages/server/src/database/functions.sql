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
