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
