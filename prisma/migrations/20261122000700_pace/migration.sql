-- What platforms allow to each person, and the places that answers take, shared by all processes. channel_pace says what a
-- platform allows; here is how far each person is.

-- From when on nothing is owed for what was sent to somebody: each message moves it by channel_pace.address_s, and the next one
-- may go when no more than a burst of them is owed.
create table "address_pace" (
  "address_id" uuid primary key references "address"("id") on delete cascade,
  "next_at" timestamptz(3) not null
) with (fillfactor = 70);

grant select, insert, update on "channel_pace", "address_pace" to comadre_app;

-- What the platform of a channel allows, as a process that sends on it says when it starts. What the channel rested for may be
-- mended by then.
create function "begin_channel"(p_channel text, p_gap double precision, p_leave integer, p_address double precision, p_burst integer) returns void language plpgsql as $$
begin
  insert into channel_pace (channel, gap_s, leave, address_s, address_burst) values (p_channel, p_gap, p_leave, p_address, p_burst)
    on conflict (channel) do update set gap_s = excluded.gap_s, leave = excluded.leave, address_s = excluded.address_s, address_burst = excluded.address_burst;
  perform rest_channel(p_channel, 0);
end $$;

-- Seconds until a message may go to somebody, for what she was sent before.
create function "address_wait"(p_next timestamptz, p channel_pace) returns double precision language plpgsql stable as $$
begin
  return greatest(0, coalesce(extract(epoch from p_next - clock_timestamp()), 0)::double precision - p.address_s * (p.address_burst - 1));
end $$;

-- So many places for answers to one person, with the commit that writes them: in how many seconds each may go, and null for one
-- that is to wait in the outbox. An answer takes a place in the line when that is free now; else one of those that are kept out of
-- it (`leave` a second, one at a time); else the next place in the line, if that is soon.
-- -1: it goes at once and has no place; it is counted when it is recorded. -2 and less: it goes at once, and the place in so many
-- seconds beyond 2 is kept for what it overtakes.
-- The line is locked before the person, here as everywhere.
create function "answer_places"(p_channel text, p_address uuid, p_count integer) returns double precision[] language plpgsql as $$
declare
  p channel_pace; v_ahead double precision; v_left double precision; v_owed double precision := 0; v_wait double precision; v_at double precision; v_kept double precision;
  v_places double precision[] := '{}';
begin
  select * into p from channel_pace where channel = p_channel;
  if p.channel is null or (p.gap_s = 0 and p.address_s = 0) then return array_fill(-1::double precision, array[p_count]); end if;
  if p.leave is not null then select * into p from channel_pace where channel = p_channel for update; end if;
  if p.address_s > 0 then
    select greatest(0, extract(epoch from next_at - clock_timestamp())) into v_owed from address_pace where address_id = p_address for update;
    v_owed := coalesce(v_owed, 0);
  end if;
  v_ahead := seconds_ahead(p.next_at);
  v_left := seconds_ahead(p.leave_at);
  for n in 1 .. p_count loop
    v_wait := greatest(0, v_owed - p.address_s * (p.address_burst - 1));
    v_at := case when p.leave is null or v_ahead = 0 then 0 when p.leave > 0 and v_left = 0 then 0 when v_ahead <= 0.6 then v_ahead end;
    -- Those after it would overtake it.
    if v_at is null or v_wait > 1 then return v_places || array_fill(null::double precision, array[p_count - n + 1]); end if;
    v_kept := null;
    if p.leave is not null and v_at = 0 and v_ahead > 0 then v_left := 1.0 / p.leave; v_kept := v_ahead; end if;
    -- Also what is kept out of the line moves it: it overtakes, and the line gives way for it behind what has places already.
    if p.leave is not null then v_ahead := v_ahead + p.gap_s; end if;
    v_at := greatest(v_at, v_wait);
    v_owed := greatest(v_owed, v_at) + p.address_s;
    v_places := v_places || case when p.leave is null and v_at = 0 then -1 when v_at = 0 then coalesce(-2 - v_kept, 0) else v_at end;
    if p.leave is not null then
      update channel_pace set next_at = clock_timestamp() + make_interval(secs => v_ahead), leave_at = clock_timestamp() + make_interval(secs => v_left) where channel = p_channel;
    end if;
    if p.address_s > 0 then
      insert into address_pace as a (address_id, next_at) values (p_address, clock_timestamp() + make_interval(secs => v_owed))
        on conflict (address_id) do update set next_at = excluded.next_at;
    end if;
  end loop;
  return v_places;
end $$;

-- Messages have just gone out to these people (p_to). Those that had no place (p_answers), and the second and further parts of one
-- (p_parts, to p_addresses): what others may send moves by as many, and what each person is owed by her parts. What went later than
-- its place said (a tenth of a second is reckoned with in address_s) keeps the next one to her as much later.
-- The line is locked before the persons, and they in one order, here as everywhere.
create function "count_sent"(p_channel text, p_answers integer, p_to uuid[], p_addresses uuid[], p_parts integer[]) returns void language plpgsql as $$
declare p channel_pace; v_all integer := p_answers + coalesce((select sum(x) from unnest(p_parts) as x), 0); v_late timestamptz;
begin
  if v_all > 0 then
    update channel_pace as c set next_at = greatest(c.next_at, clock_timestamp()) + make_interval(secs => v_all * c.gap_s)
      where c.channel = p_channel and (c.gap_s > 0 or c.address_s > 0);
  end if;
  select * into p from channel_pace c where c.channel = p_channel;
  if p.channel is null or p.address_s = 0 then return; end if;
  perform from address_pace a where a.address_id = any (p_to) order by a.address_id for update;
  insert into address_pace as a (address_id, next_at)
    select s.address, clock_timestamp() + make_interval(secs => p.address_s * sum(s.parts)) from unnest(p_addresses, p_parts) as s(address, parts) group by s.address order by s.address
    on conflict (address_id) do update set next_at = greatest(a.next_at, clock_timestamp()) + (excluded.next_at - clock_timestamp());
  if p.address_burst > 1 then return; end if;
  v_late := clock_timestamp() + make_interval(secs => p.address_s - 0.1);
  update address_pace a set next_at = v_late where a.address_id = any (p_to) and a.next_at < v_late;
end $$;

-- Messages to these people were leased and did not go: nothing is owed for them.
create function "count_unsent"(p_channel text, p_addresses uuid[]) returns void language plpgsql as $$
declare v_seconds double precision;
begin
  select c.address_s into v_seconds from channel_pace c where c.channel = p_channel and c.address_s > 0;
  if v_seconds is null then return; end if;
  perform from address_pace a where a.address_id = any (p_addresses) order by a.address_id for update;
  update address_pace a set next_at = a.next_at - make_interval(secs => v_seconds) where a.address_id = any (p_addresses);
end $$;

grant execute on function "answer_places", "address_wait", "seconds_ahead" to comadre_app;

-- What the platform kept from its reader "for today" (Meta: 131049): how often.
create table "outbox_held_back" (
  "outbox_id" uuid primary key references "outbox"("id") on delete cascade,
  "times" smallint not null
);

-- How often such a message is tried again, a day later each time.
create function "held_back_max"() returns integer language sql immutable as $$ select 2 $$;

create function "may_come_tomorrow"(p_id uuid) returns boolean language plpgsql stable as $$
begin
  return coalesce((select h.times from outbox_held_back h where h.outbox_id = p_id), 0) < held_back_max();
end $$;

create function "was_held_back"(p_ids uuid[]) returns void language plpgsql as $$
begin
  insert into outbox_held_back as h (outbox_id, times) select id, 1 from unnest(p_ids) as id order by id
    on conflict (outbox_id) do update set times = h.times + 1;
end $$;

-- A leased message that the platform kept from its reader for today: tried again in a day, or given up.
create function "hold_back"(p_id uuid) returns void language plpgsql as $$
begin
  if may_come_tomorrow(p_id) then
    perform return_outbox(p_id, 'queued', 'held-back', 86400);
    perform was_held_back(array[p_id]);
  else
    perform return_outbox(p_id, 'failed', 'held-back', 0);
  end if;
end $$;
