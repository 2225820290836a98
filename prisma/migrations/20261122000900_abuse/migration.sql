-- How much may be asked of the bot, by one person, one group and one programme: shared by all processes, and written with what
-- is written anyway. And how many invitation codes were guessed in vain.

-- How many messages somebody may still send: one more with every minute's share, up to a minute's worth, and below nothing for
-- what does not wait. "at" is by the clock of her platform; "told_at", when she last heard that she is to wait, by ours.
create table "address_room" (
  "address_id" uuid primary key references "address"("id") on delete cascade,
  "room" double precision not null,
  "at" timestamptz(3) not null,
  "told_at" timestamptz(3)
) with (fillfactor = 70);

-- The same of a group and of a programme.
create table "shared_room" (
  "id" uuid primary key,
  "room" double precision not null,
  "at" timestamptz(3) not null
) with (fillfactor = 50);

-- Codes that were looked up and are none: of a day, and until when no code is looked up at all.
create table "code_watch" (
  "only" boolean primary key default true check ("only"),
  "day" date not null,
  "wrong" integer not null,
  "paused_until" timestamptz(3)
);

-- What there is room for at p_at. What waited at a platform is counted for the moment it came there. A clock that was set back
-- empties nothing.
create function "room_then"(p_room double precision, p_last timestamptz, p_minute double precision, p_at timestamptz, p_now timestamptz) returns double precision language sql stable as $$
  select case when p_room is null or p_last > p_now + interval '1 minute' then p_minute
              else least(p_minute, p_room + greatest(0, extract(epoch from p_at - p_last)) * p_minute / 60) end
$$;

-- An older message never turns it back, unless the clock was.
create function "room_at"(p_last timestamptz, p_at timestamptz, p_now timestamptz) returns timestamptz language sql stable as $$
  select case when p_last > p_now + interval '1 minute' then p_at else greatest(p_last, p_at) end
$$;

-- Whether she has just heard that she is to wait. Who goes on writing hears it again: each time it is about other messages.
create function "told_now"(p_told timestamptz, p_now timestamptz) returns boolean language sql stable as $$
  select coalesce(p_told > p_now - interval '10 seconds' and p_told <= p_now + interval '1 minute', false)
$$;

-- Whether somebody, her group or its programme has asked so much that her message is not answered: "tell", she is to hear so;
-- "silent", she has just heard it. Zero messages a minute: any number.
create function "limited_now"(p_address uuid, p_group uuid, p_room jsonb, p_now timestamptz) returns text language plpgsql stable as $$
declare
  v_person double precision := (p_room->>'person')::double precision; v_group double precision := (p_room->>'group')::double precision;
  v_programme double precision := (p_room->>'programme')::double precision; v_at timestamptz := (p_room->>'at')::timestamptz;
  -- A message in parts of a fifth must not be one part short of it by a rounding.
  v_least double precision := (p_room->>'cost')::double precision - (p_room->>'reserve')::double precision - 1e-6;
  r address_room; v_full boolean := false;
begin
  select * into r from address_room where address_id = p_address;
  v_full := v_person > 0 and r.address_id is not null and room_then(r.room, r.at, v_person, v_at, p_now) < v_least;
  if not v_full and p_group is not null and v_group > 0 then
    v_full := exists (select 1 from shared_room where id = p_group and room_then(room, at, v_group, v_at, p_now) < 1);
  end if;
  if not v_full and p_group is not null and v_programme > 0 then
    v_full := exists (select 1 from shared_room where id = (select programme_id from savings_group where id = p_group) and room_then(room, at, v_programme, v_at, p_now) < 1);
  end if;
  return case when not v_full then null when told_now(r.told_at, p_now) then 'silent' else 'tell' end;
end $$;

-- A message takes its room. Nobody waits for a row that another one of the group is writing to at that moment: then this message
-- is not counted for the group. Of a programme one message in sixteen is counted, for sixteen; which one, its id decides.
create function "spend_room"(doc jsonb) returns void language plpgsql as $$
declare
  v_address uuid := (doc->'address'->>'id')::uuid; v_group uuid := (doc->>'groupId')::uuid; v_at timestamptz := (doc->'room'->>'at')::timestamptz;
  v_person double precision := (doc->'room'->>'person')::double precision; v_each double precision := (doc->'room'->>'group')::double precision;
  v_all double precision := (doc->'room'->>'programme')::double precision; v_cost double precision := (doc->'room'->>'cost')::double precision;
  v_now timestamptz := (doc->>'now')::timestamptz; v_floor double precision := -(doc->'room'->>'reserve')::double precision;
begin
  if v_person > 0 then
    insert into address_room as r (address_id, room, at) values (v_address, v_person - v_cost, v_at)
      on conflict (address_id) do update set room = greatest(v_floor, room_then(r.room, r.at, v_person, v_at, v_now) - v_cost),
         at = room_at(r.at, v_at, v_now);
  end if;
  if v_group is not null and v_each > 0 then perform spend_shared(v_group, 1, v_each, v_at, v_now); end if;
  if v_group is not null and v_all > 0 and hashtext(doc->>'messageId') & 15 = 0 then
    perform spend_shared((select programme_id from savings_group where id = v_group), 16, v_all, v_at, v_now);
  end if;
end $$;

create function "spend_shared"(p_id uuid, p_count integer, p_minute double precision, p_at timestamptz, p_now timestamptz) returns void language plpgsql as $$
declare r shared_room;
begin
  select * into r from shared_room where id = p_id for update skip locked;
  if r.id is null then
    insert into shared_room (id, room, at) values (p_id, p_minute - p_count, p_at) on conflict do nothing;
    return;
  end if;
  update shared_room set room = greatest(0, room_then(r.room, r.at, p_minute, p_at, p_now) - p_count), at = room_at(r.at, p_at, p_now) where id = p_id;
end $$;

-- A message that is not answered stays known by its id, so that it is not answered when it comes again. With it goes the word
-- that she is to wait, unless she has heard it meanwhile.
create function "limit_message"(doc jsonb) returns jsonb language plpgsql as $$
declare v_address uuid := (doc->'address'->>'id')::uuid; v_now timestamptz := (doc->>'now')::timestamptz;
begin
  insert into inbox (channel, message_id, address_id, outcome) values (doc->>'channel', doc->>'messageId', v_address, 'limited') on conflict do nothing;
  if not found then return '{}'; end if;
  if jsonb_array_length(doc->'outbox') = 0 then
    -- Whoever floods has nobody wait for the disk: a mark that is lost in a power cut costs one answer.
    perform set_config('synchronous_commit', 'off', true);
    return '{}';
  end if;
  insert into address_room as r (address_id, room, at, told_at) values (v_address, (doc->'room'->>'person')::double precision, (doc->'room'->>'at')::timestamptz, v_now)
    on conflict (address_id) do update set told_at = v_now where not told_now(r.told_at, v_now);
  if not found then return '{}'; end if;
  perform become_app(null);
  return commit_outbox(null, doc);
end $$;

-- Messages of one address that has heard that it is to wait: all of them are left, known by their ids, when there is no room for one.
create function "leave_together"(p_channel text, p_value_index bytea, p_message_ids text[], p_room jsonb, p_now timestamptz) returns boolean language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare v_address uuid;
begin
  select id into v_address from address where channel = p_channel and value_index = p_value_index;
  if v_address is null or limited_now(v_address, null, p_room, p_now) is distinct from 'silent' then return false; end if;
  insert into inbox (channel, message_id, address_id, outcome) select p_channel, m, v_address, 'limited' from unnest(p_message_ids) m on conflict do nothing;
  -- Whoever floods has nobody wait for the disk: a mark that is lost in a power cut costs one answer.
  perform set_config('synchronous_commit', 'off', true);
  return true;
end $$;

-- Whether no code is looked up now.
create function "codes_paused"(p_now timestamptz) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from code_watch where paused_until > p_now);
end $$;

-- One more code that is none. So many in one day are guesses: for an hour no code is looked up of whoever had one wrong. True
-- when that begins. Afterwards half as many again are let through, so that one wrong code an hour does not keep the door shut.
create function "count_wrong_code"(p_now timestamptz) returns boolean language plpgsql as $$
declare w code_watch;
begin
  insert into code_watch as c (day, wrong) values (p_now::date, 1)
    on conflict ("only") do update set day = p_now::date,
       wrong = 1 + case when c.day <> p_now::date then 0 when c.wrong >= 1000 and c.paused_until <= p_now then 500 else c.wrong end
    returning * into w;
  if w.wrong < 1000 or w.paused_until > p_now then return false; end if;
  update code_watch set paused_until = p_now + interval '1 hour';
  return true;
end $$;

grant select, insert, update on "address_room", "shared_room", "code_watch" to comadre_app;
