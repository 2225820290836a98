-- What staff send to many, who may get it, and the record of who did what.

-- What staff did, in the order in which they did it: nothing in it is changed or taken away. Each row carries the hash of
-- the one before it, so that a row that is missing or was altered shows.
create table "audit" (
  "seq" bigint primary key,
  "at" timestamptz(3) not null,
  -- "staff/<id>", or who else acts.
  "actor" text not null,
  "action" text not null,
  "subject" text,
  "prev" bytea not null,
  "hash" bytea not null
);
create trigger "audit_kept" before update or delete on "audit" for each row execute function "refuse_change"();

create function "audit_hash"(p_prev bytea, p_seq bigint, p_at timestamptz, p_actor text, p_action text, p_subject text) returns bytea language sql immutable as $$
  select sha256(p_prev || convert_to(json_build_array(p_seq, round(extract(epoch from p_at) * 1000)::bigint, p_actor, p_action, p_subject)::text, 'UTF8'))
$$;

create function "write_audit"(p_actor text, p_action text, p_subject text, p_at timestamptz) returns void language plpgsql as $$
declare last record;
begin
  -- One after the other, whoever writes: a chain has one end.
  perform pg_advisory_xact_lock(hashtext('audit'));
  -- It goes on from where it ended, also where its last row was cut off: the gap stays.
  select e.seq, e.hash into last from (select seq, hash from audit_head union all (select seq, hash from audit order by seq desc limit 1)) e order by e.seq desc limit 1;
  insert into audit (seq, at, actor, action, subject, prev, hash)
    select n.seq, n.at, p_actor, p_action, p_subject, n.prev, audit_hash(n.prev, n.seq, n.at, p_actor, p_action, p_subject)
      from (select coalesce(last.seq, 0) + 1 as seq, date_trunc('milliseconds', p_at)::timestamptz(3) as at, coalesce(last.hash, '\x00'::bytea) as prev) n;
end $$;

create table "broadcast" (
  "id" uuid primary key,
  "programme_id" uuid not null references "programme"("id"),
  -- What staff call it by; counted in each programme.
  "number" integer not null,
  "author_id" uuid not null references "staff"("id"),
  -- Who of the others looked at it, where it goes to many.
  "second_id" uuid references "staff"("id"),
  "state" text not null,
  -- Sealed: what was written, in which languages, with which file.
  "content" bytea not null,
  -- The file that goes with it.
  "media_hash" bytea references "media"("hash"),
  -- Sealed: the messages as they go out, by language; made when it begins. It goes with the last record of its messages.
  "messages" bytea,
  -- For whom: ids, roles and figures, no name of a person.
  "audience" jsonb not null,
  -- How many people that was when it was confirmed.
  "people" integer not null,
  -- The wall time in each group's own zone at which it goes; null: at once.
  "at_local" timestamp(0),
  "starts_at" timestamptz(3),
  -- Up to which member its messages are in the outbox.
  "to_group" uuid,
  "to_member" uuid,
  "expanded_at" timestamptz(3),
  "ended_at" timestamptz(3),
  -- When its author was told how it ended; null while there is something to tell.
  "reported_at" timestamptz(3),
  -- The message that tells its author how far it is, and what it said last.
  "progress_id" uuid,
  "told" integer,
  "told_at" timestamptz(3),
  -- When staff heard last that somebody answered it, and how many answered since then of whom they have not heard.
  "answers_told_at" timestamptz(3),
  "answers_untold" integer not null default 0,
  "created_at" timestamptz(3) not null,
  constraint "broadcast_state" check ("state" in ('saved', 'waiting', 'ready', 'sending', 'done', 'cancelled')),
  constraint "broadcast_two_people" check ("second_id" is distinct from "author_id")
);
create index "broadcast_untold" on "broadcast"("answers_told_at") where ("answers_untold" > 0);
create unique index "broadcast_number" on "broadcast"("programme_id", "number");
create index "broadcast_open" on "broadcast"("starts_at") where ("reported_at" is null and "state" in ('ready', 'sending', 'cancelled'));
create index "broadcast_media" on "broadcast"("media_hash") where ("media_hash" is not null);

alter table "outbox" add column "broadcast_id" uuid references "broadcast"("id");
create index "outbox_broadcast" on "outbox"("broadcast_id", "state") where ("broadcast_id" is not null);

-- Whether a member is meant by one part of an audience: each thing it names must hold, within a thing any of its values.
create function "in_part"(m member, g savings_group, c jsonb, p_now timestamptz) returns boolean language sql stable as $$
  select (not c ? 'groups' or c->'groups' ? m.group_id::text)
     and (not c ? 'municipalities' or c->'municipalities' ? g.municipality)
     and (not c ? 'roles' or c->'roles' ? m.role)
     and (not c ? 'languages' or c->'languages' ? coalesce(m.language, g.language))
     and (not c ? 'lessons' or exists (select from lesson_progress l where l.group_id = m.group_id and l.member_id = m.id and l.opened_at is not null
                                          and c->'lessons' ? l.lesson_id))
     and (not c ? 'loan' or exists (select from loan l where l.group_id = m.group_id and l.member_id = m.id and l.state = 'active'))
     and (not c ? 'late' or c->'late' ? m.id::text)
     and (not c ? 'unseenDays' or not exists (
           select from member_address ma join address a on a.id = ma.address_id
            where ma.group_id = m.group_id and ma.member_id = m.id and a.heard_at > p_now - make_interval(days => (c->>'unseenDays')::int)))
$$;

-- Each member whom an audience means, and by which address she is reached: the one she wrote from last. `reason`: why she is
-- not, as the claim would say when it goes. From (p_group, p_member) on, in that order, so many at a time; null: all of them.
create function "audience_reach"(p_programme uuid, p_audience jsonb, p_now timestamptz, p_group uuid, p_member uuid, p_limit integer)
  returns table (group_id uuid, member_id uuid, language text, time_zone text, address_id uuid, channel text, heard_at timestamptz, reason text)
  language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select m.group_id, m.id, coalesce(m.language, g.language), g.time_zone, a.id, a.channel, a.heard_at,
         case when m.state <> 'active' or a.id is null then 'no-chat' when a.stopped_at is not null then 'opted-out' when a.blocked_at is not null then 'blocked'
              when not is_allowed(m.group_id, m.id, 'broadcast') then 'not-allowed' when not a.known then 'silent'
              when a.refused_as is not null then a.refused_as end
    from member m join savings_group g on g.id = m.group_id
    left join lateral (
      select a.*, is_known(a) as known from member_address ma join address a on a.id = ma.address_id
       where ma.group_id = m.group_id and ma.member_id = m.id and a.channel <> 'phone'
       order by takes_notices(a) desc, a.heard_at desc nulls last, a.id limit 1) a on true
   where g.programme_id = p_programme and m.state in ('active', 'invited') and (p_group is null or (m.group_id, m.id) > (p_group, p_member))
     and in_part(m, g, p_audience - 'except', p_now)
     and not exists (select from jsonb_array_elements(p_audience->'except') e where in_part(m, g, e, p_now))
   order by m.group_id, m.id limit p_limit;
end $$;

-- What staff are shown before they send: how many, by which ways, who is left out and why, and three of them.
create function "audience_preview"(p_programme uuid, p_audience jsonb, p_now timestamptz) returns jsonb language plpgsql stable as $$
begin
  return (
  with r as materialized (select * from audience_reach(p_programme, p_audience, p_now, null, null, null)),
       h as (select distinct on (address_id) r.*, coalesce(notices_closed(r.group_id, r.member_id, p_now), false) as closed from r where reason is null order by address_id, member_id)
  select jsonb_build_object(
    'people', (select count(*) from r),
    'excepted', case when p_audience ? 'except' then (select count(*) from audience_reach(p_programme, p_audience - 'except', p_now, null, null, null)) - (select count(*) from r) end,
    'reached', (select count(*) from r where reason is null),
    'ways', (select coalesce(jsonb_agg(w), '[]') from (
        select channel, language, time_zone as "timeZone", coalesce(heard_at > p_now - interval '23 hours 50 minutes', false) as "isOpen", closed as "isClosed",
               count(*)::int as messages
          from h group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5) w),
    'left', (select coalesce(jsonb_object_agg(reason, people), '{}') from (select reason, count(*)::int as people from r where reason is not null group by reason) x),
    'samples', (select coalesce(jsonb_agg(s), '[]') from (
        select m.id, encode(m.name, 'hex') as name, encode(k.wrapped, 'hex') as key,
               jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = g.id)) as "group"
          from h join member m on m.group_id = h.group_id and m.id = h.member_id join savings_group g on g.id = h.group_id left join data_key k on k.id = m.id
         order by md5(m.number || coalesce(g.municipality, '')), m.number, m.group_id limit 3) s)));
end $$;

-- The groups and places that an audience may be named by.
create function "broadcast_places"(p_programme uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', encode(k.wrapped, 'hex'), 'municipality', g.municipality, 'timeZone', g.time_zone)
           order by g.created_at, g.id), '[]')
    from savings_group g left join data_key k on k.id = g.id where g.programme_id = p_programme
$$;

-- What became of a broadcast's messages, counted.
create function "broadcast_counts"(p_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'all', count(*), 'sent', count(*) filter (where state = 'sent'), 'delivered', count(*) filter (where delivered_at is not null),
    'read', count(*) filter (where read_at is not null), 'held', count(*) filter (where state = 'held'),
    'waiting', count(*) filter (where state in ('queued', 'sending')), 'failed', count(*) filter (where state = 'failed'),
    'skipped', count(*) filter (where state = 'skipped'),
    'reasons', (select coalesce(jsonb_object_agg(reason, n), '{}') from (
        select coalesce(reason, 'unknown') as reason, count(*)::int as n from outbox where broadcast_id = p_id and state in ('failed', 'skipped') group by 1) r))
    from outbox where broadcast_id = p_id
$$;

create function "broadcast_facts"(b broadcast) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object('id', b.id, 'number', b.number, 'state', b.state, 'content', encode(b.content, 'hex'), 'audience', b.audience, 'people', b.people,
    'atLocal', to_char(b.at_local, 'YYYY-MM-DD"T"HH24:MI'), 'createdAt', b.created_at, 'endedAt', b.ended_at, 'expanded', b.expanded_at is not null,
    'author', (select jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id)) from staff s where s.id = b.author_id),
    'counts', broadcast_counts(b.id), 'answered', (select count(*) from talk t where t.broadcast_id = b.id));
end $$;

-- What staff see of their broadcasts: those that were sent, newest first; what is kept for another time; or one by its number.
create function "staff_broadcasts"(p_programme uuid, p_needs jsonb, p_now timestamptz) returns jsonb language plpgsql stable as $$
declare f jsonb := '{}';
begin
  if p_needs ? 'places' then f := f || jsonb_build_object('places', broadcast_places(p_programme)); end if;
  if p_needs ? 'audience' then f := f || jsonb_build_object('preview', audience_preview(p_programme, p_needs->'audience', p_now)); end if;
  if p_needs ? 'broadcasts' then
    f := f || jsonb_build_object('broadcasts', (select coalesce(jsonb_agg(broadcast_facts(b) order by b.number desc), '[]') from (
      -- One that waits for its hour is among them, however many were sent since.
      select * from broadcast where programme_id = p_programme and state <> 'saved' order by state in ('waiting', 'ready', 'sending') desc, number desc limit 10) b));
  end if;
  if p_needs ? 'saved' then
    f := f || jsonb_build_object('saved', (select coalesce(jsonb_agg(broadcast_facts(b) order by b.number desc), '[]') from (
      select * from broadcast where programme_id = p_programme and state = 'saved' order by number desc limit 10) b));
  end if;
  if p_needs ? 'broadcast' then
    f := f || jsonb_build_object('broadcast', (select broadcast_facts(b) from broadcast b where programme_id = p_programme and p_needs->>'broadcast' in (b.number::text, b.id::text)));
  end if;
  return f;
end $$;

-- The staff of a programme, as people to write to.
create function "staff_contacts"(p_programme uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id), 'language', s.language, 'reach', (
      select coalesce(jsonb_agg(jsonb_build_object('addressId', a.id, 'channel', a.channel) order by a.id), '[]')
        from staff_address sa join address a on a.id = sa.address_id where sa.staff_id = s.id and a.channel <> 'phone')) order by s.created_at, s.id), '[]')
    from staff s where s.programme_id = p_programme and s.role = 'staff'
$$;

-- Writes what staff decided about broadcasts. What was decided on a state that has changed meanwhile is stale.
create function "commit_broadcasts"(changes jsonb, v_now timestamptz) returns void language plpgsql as $$
-- A record of its own for each list: one that was filled keeps its form.
declare v_found integer; made record; moved record; seen record; looked record;
begin
  for made in select * from jsonb_to_recordset(changes->'made') as m(id uuid, programme uuid, staff uuid, state text, content text, media text, audience jsonb, people int, at_local timestamp) loop
    perform pg_advisory_xact_lock(hashtext('broadcast/' || made.programme));
    insert into broadcast (id, programme_id, number, author_id, state, content, media_hash, audience, people, at_local, starts_at, created_at)
      select made.id, made.programme, coalesce((select max(number) from broadcast where programme_id = made.programme), 0) + 1, made.staff, made.state, decode(made.content, 'base64'), decode(made.media, 'hex'),
             made.audience, made.people, made.at_local, broadcast_start(made.programme, made.at_local, v_now), v_now;
    perform write_audit('staff/' || made.staff, 'broadcast-' || made.state, 'broadcast/' || made.id, v_now);
  end loop;
  for moved in select * from jsonb_to_recordset(changes->'moved') as m(id uuid, was text, state text, staff uuid, programme uuid) loop
    update broadcast b set state = moved.state, second_id = case when moved.was = 'waiting' and moved.state = 'ready' then moved.staff else b.second_id end,
           starts_at = case when moved.state = 'cancelled' then b.starts_at else greatest(b.starts_at, v_now) end,
           ended_at = case when moved.state = 'cancelled' then v_now end,
           -- What had not begun is not told of again: whoever stopped it was answered.
           reported_at = case when moved.state = 'cancelled' and moved.was <> 'sending' then v_now end
     where b.id = moved.id and b.state = moved.was and b.programme_id = moved.programme;
    if not found then perform refuse_stale('broadcast'); end if;
    -- No claim takes anything of one that is stopped; its rows are marked afterwards (skip_cancelled), so that stopping is quick.
    if moved.was in ('done', 'cancelled') then
      -- Only what failed goes out again, or what was left behind when it was stopped. What had gone out and failed later begins
      -- anew; of what was cut off half-way the parts that are out stay out.
      update outbox set state = 'queued', reason = null, attempts = 0, not_before = now(), lease_until = null, expires_at = now() + interval '3 days', status_id = null,
             sent_id = case when sent_at is null then sent_id end, sent_at = null
       where broadcast_id = moved.id and (state = 'failed' or (state = 'skipped' and reason = 'cancelled'));
      get diagnostics v_found = row_count;
      if v_found = 0 and moved.was = 'done' then perform refuse_stale('broadcast'); end if;
    end if;
    perform write_audit('staff/' || moved.staff, case when moved.was = 'waiting' then 'broadcast-second-' else 'broadcast-' end || moved.state, 'broadcast/' || moved.id, v_now);
  end loop;
  for seen in select * from jsonb_to_recordset(changes->'forgotten') as m(id uuid, programme uuid, staff uuid) loop
    delete from broadcast b where b.id = seen.id and b.programme_id = seen.programme and b.state = 'saved';
    perform write_audit('staff/' || seen.staff, 'broadcast-forgotten', 'broadcast/' || seen.id, v_now);
  end loop;
  for looked in select * from jsonb_to_recordset(changes->'audited') as m(staff uuid, action text, subject text) loop
    perform write_audit('staff/' || looked.staff, looked.action, looked.subject, v_now);
  end loop;
end $$;

-- When the first of a programme's groups has come to a wall time; now, without one. It sees all of its groups, which whoever
-- calls it does not, and tells a moment only.
create function "broadcast_start"(p_programme uuid, p_at_local timestamp, p_now timestamptz) returns timestamptz language sql stable
  security definer set search_path = public as $$
  select case when p_at_local is null then p_now
              else coalesce(greatest(p_now, (select min(p_at_local at time zone g.time_zone) from savings_group g where g.programme_id = p_programme)), p_now) end
$$;

-- Broadcasts that something is to be done for.
create function "broadcasts_open"(p_now timestamptz) returns table (id uuid, programme_id uuid, state text, expanded boolean, content bytea, audience jsonb, programme text, author_id uuid, author_name bytea, author_key bytea)
  language sql stable as $$
  select b.id, b.programme_id, b.state, b.expanded_at is not null, b.content, b.audience, p.name, s.id, s.name, k.wrapped
    from broadcast b join programme p on p.id = b.programme_id join staff s on s.id = b.author_id left join data_key k on k.id = s.id
   where b.reported_at is null and b.state in ('ready', 'sending', 'cancelled') and (b.state <> 'ready' or b.starts_at <= p_now) order by b.starts_at, b.id
$$;

-- An id of the kind that is made by us: in the order of time (RFC 9562, version 7).
create function "new_id"() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Puts the next p_limit people of a broadcast into the outbox, each address once; true when there are more. Nothing, when
-- another process is at it, or when it was stopped. p_messages: what goes out, sealed. It is too old three days after it was to
-- go, also where nothing ran at that hour.
create function "expand_broadcast"(p_id uuid, p_messages bytea, p_audience jsonb, p_now timestamptz, p_limit integer) returns boolean language plpgsql as $$
declare b broadcast; v_page integer; v_group uuid; v_member uuid;
begin
  select * into b from broadcast where id = p_id and state in ('ready', 'sending') and expanded_at is null for update skip locked;
  if b.id is null then return false; end if;
  with page as materialized (
    select * from audience_reach(b.programme_id, p_audience, p_now, b.to_group, b.to_member, p_limit)
  ), last as (
    select group_id, member_id from page order by group_id desc, member_id desc limit 1
  ), put as (
    insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, broadcast_id, dedupe_key, not_before, expires_at)
      select new_id(), channel, address_id, group_id, member_id, 'broadcast', 1, true, b.id, 'broadcast/' || b.id || '/' || address_id,
             now() + greatest(interval '0', coalesce(b.at_local at time zone time_zone, p_now) - p_now),
             now() + (greatest(b.starts_at, b.at_local at time zone time_zone) - p_now) + interval '3 days'
        from page where reason is null order by group_id, member_id
      on conflict (dedupe_key) do nothing
  ) select (select count(*) from page), l.group_id, l.member_id into v_page, v_group, v_member from (values (1)) x left join last l on true;
  update broadcast set state = 'sending', messages = p_messages, to_group = coalesce(v_group, to_group), to_member = coalesce(v_member, to_member),
         expanded_at = case when v_page < p_limit then p_now end, told = 0, told_at = clock_timestamp()
   where id = b.id;
  perform pg_notify('comadre_outbox', '');
  return v_page = p_limit;
end $$;

-- What one that was stopped left behind, so many at a time; true when there may be more. What is on the wire ends by itself.
create function "skip_cancelled"(p_id uuid, p_limit integer) returns boolean language plpgsql as $$
declare v_gone integer;
begin
  update outbox set state = 'skipped', reason = 'cancelled' where id in (
    select id from outbox where broadcast_id = p_id and state in ('queued', 'held') limit p_limit for update skip locked)
    and exists (select from broadcast where id = p_id and state = 'cancelled');
  get diagnostics v_gone = row_count;
  return v_gone = p_limit;
end $$;

-- The end of a broadcast, or a word of how far it is, for one process: its counts when they are to be told, else null. The row
-- stays locked until what is told is written. p_again: seconds between two words, more where counting takes longer.
create function "broadcast_word"(p_id uuid, p_again double precision, p_now timestamptz) returns jsonb language plpgsql as $$
declare b broadcast; c jsonb; v_gone integer;
begin
  select * into b from broadcast where id = p_id and reported_at is null and ((state = 'sending' and expanded_at is not null) or state = 'cancelled') for update skip locked;
  if b.id is null or b.told_at > clock_timestamp() - make_interval(secs => b.people / 10000.0 - 1) then return null; end if;
  c := broadcast_counts(b.id);
  v_gone := (c->>'all')::int - (c->>'waiting')::int;
  if (c->>'waiting')::int > 0 and (b.told = v_gone or b.told_at > clock_timestamp() - make_interval(secs => p_again)) then return null; end if;
  update broadcast set told = v_gone, told_at = clock_timestamp(), state = case when (c->>'waiting')::int = 0 and state = 'sending' then 'done' else state end,
         ended_at = case when (c->>'waiting')::int = 0 then p_now end, reported_at = case when (c->>'waiting')::int = 0 then p_now end
   where id = b.id;
  return jsonb_build_object('number', b.number, 'stopped', b.state = 'cancelled', 'counts', c, 'audience', b.audience, 'progressId', b.progress_id, 'author', (
    select jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id), 'language', s.language, 'reach', (
        select coalesce(jsonb_agg(jsonb_build_object('addressId', a.id, 'channel', a.channel) order by a.heard_at desc nulls last, a.id), '[]')
          from staff_address sa join address a on a.id = sa.address_id where sa.staff_id = s.id and a.channel <> 'phone')) from staff s where s.id = b.author_id));
end $$;

grant execute on all functions in schema public to comadre_app;
grant select, insert on "audit" to comadre_app;
grant select, insert, update, delete on "broadcast" to comadre_app;
