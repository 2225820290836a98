-- Delivery: taking messages out of the outbox, one at a time per address and lane, by any number of processes.

-- What a platform allows is shared by all processes through one row per channel: next_at is when the next message may go
-- (each message moves it by one gap), and before paused_until and rests_until nothing goes at all. A claim takes its places in that line;
-- an answer that a process leased with its own commit has its place from that commit (answer_places), or, where a platform takes
-- very many a second, goes at once and is counted when it is recorded.

-- Nothing more goes out on a channel for so many seconds, by whichever process: its platform said so.
create function "pause_channel"(p_channel text, p_seconds double precision) returns void language plpgsql as $$
begin
  insert into channel_pace (channel, paused_until) values (p_channel, now() + make_interval(secs => p_seconds))
    on conflict (channel) do update set paused_until = greatest(channel_pace.paused_until, excluded.paused_until);
  perform pg_notify('comadre_pause', json_build_array(p_channel, p_seconds)::text);
end $$;

-- A channel that cannot send at all rests for so many seconds; with none its rest is over: what it was for may be mended. What
-- its platform asked for is not over by that.
create function "rest_channel"(p_channel text, p_seconds double precision) returns void language plpgsql as $$
begin
  insert into channel_pace (channel, rests_until) values (p_channel, now() + make_interval(secs => p_seconds))
    on conflict (channel) do update set rests_until = case when p_seconds > 0 then greatest(channel_pace.rests_until, excluded.rests_until) end;
  perform pg_notify('comadre_rest', json_build_array(p_channel, p_seconds)::text);
end $$;

-- In how many seconds the next place in a line is free. Places are taken a second ahead or so: what is ten minutes off was taken by
-- a clock that has been set back since, and nobody waits for that.
create function "seconds_ahead"(p_at timestamptz) returns double precision language plpgsql stable as $$
declare v_seconds double precision := extract(epoch from p_at - clock_timestamp());
begin
  return case when v_seconds between 0 and 600 then v_seconds else 0 end;
end $$;

-- The messages of one channel and lane that are due, locked. Read from the index, so that what waits for tomorrow is not;
-- "offset 0" keeps the look at her earlier messages one by key. not_before is in whole milliseconds and may have been
-- rounded up: what was put off until now is due now.
create function "due_outbox"(p_channel text, p_lane smallint, p_limit integer) returns uuid[] language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
  return array(
    select c.id from outbox c
     where c.channel = p_channel and c.lane = p_lane and c.not_before <= now() + interval '1 millisecond' and c.state in ('queued', 'sending')
       and (c.state = 'queued' or c.lease_until < now())
       and not exists (select 1 from outbox e where e.address_id = c.address_id and e.lane = c.lane and e.state in ('queued', 'sending') and e.id < c.id
                         -- What the platform kept from her for today keeps nothing else waiting.
                         and e.reason is distinct from 'held-back'
                         -- Nor does what is planned for a later hour: the reminder of a woman who wants hers days after the others of her group.
                         and not (e.lane = 1 and e.state = 'queued' and e.attempts = 0 and e.not_before > now() + interval '1 second')
                         -- What she did not ask for and may not go yet keeps no answer waiting.
                         and (c.unsolicited or not (e.unsolicited and e.state = 'queued' and e.not_before > now() + interval '1 second')) offset 0)
     order by c.not_before, c.id limit p_limit for update skip locked);
end $$;

-- In which language a message to many comes to somebody; null of any other message.
create function "broadcast_language"(p_broadcast uuid, p_address uuid, p_group uuid, p_member uuid) returns text language plpgsql stable as $$
begin
  if p_broadcast is null then return null; end if;
  return coalesce((select a.language from address a where a.id = p_address),
                  (select coalesce(m.language, g.language) from member m join savings_group g on g.id = m.group_id where m.group_id = p_group and m.id = p_member));
end $$;

-- Leases up to p_limit messages of one channel that are due. Whether each may still go out is asked again here:
-- she may have written BAJA, blocked the bot, or no longer be who that address belongs to. A lease that a dead
-- process held is taken over when it ends.
-- Answers and notices take places up to a second ahead, bulk only half of one, so that it uses what they leave; at_s says in how
-- many seconds from told_ms on each may go. What may not go to its reader within a second is put off ("later"). p_daily: of bulk, so many a day to one person
-- (null: any number). A row without id says in how many seconds it is worth asking again, and why not now. Just before a pause is over
-- places begin at its end, so that the first message is ready then.
create function "claim_outbox"(p_channel text, p_limit integer, p_daily integer)
  returns table (id uuid, address_id uuid, value bytea, key bytea, body bytea, kind text, lane smallint, attempts smallint,
                 group_id uuid, member_id uuid, meeting_on date, time_zone text, heard_at timestamptz, skipped text, at_s double precision, over boolean, sent_id text, broadcast_id uuid, language text, no_news boolean, lesson_id text, told_ms double precision, closed boolean, safe_from time, safe_until time)
  language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare v_pace channel_pace; v_soon timestamptz := clock_timestamp() + interval '150 milliseconds'; v_ahead double precision := 0; v_gap double precision; v_first uuid[]; v_bulk uuid[] := '{}'; v_to uuid[]; v_room integer := p_limit; v_used integer; v_full boolean := false; v_now timestamptz;
begin
  select * into v_pace from channel_pace where channel = p_channel;
  if v_pace.paused_until > v_soon or v_pace.rests_until > clock_timestamp() then
    return query select null::uuid, null::uuid, null::bytea, null::bytea, null::bytea, null::text, null::smallint, null::smallint, null::uuid, null::uuid,
                        null::date, null::text, null::timestamptz, case when v_pace.paused_until > v_soon then 'paused' else 'rests' end,
                        extract(epoch from case when v_pace.paused_until > v_soon then v_pace.paused_until else v_pace.rests_until end - clock_timestamp())::double precision,
                        false, null::text, null::uuid, null::text, false, null::text, null::double precision, false, null::time, null::time;
    return;
  end if;
  v_gap := coalesce(v_pace.gap_s, 0);
  if v_gap > 0 or v_pace.address_s > 0 then
    select * into v_pace from channel_pace where channel = p_channel for update;
    v_ahead := seconds_ahead(v_pace.next_at);
  end if;
  v_ahead := greatest(v_ahead, seconds_ahead(v_pace.paused_until));
  v_now := clock_timestamp(); -- what the claim itself takes is no place in the line
  if v_gap > 0 then v_room := least(p_limit, greatest(0, floor((1.0 - v_ahead) / v_gap)::integer + 1)); end if;
  v_first := due_outbox(p_channel, 0::smallint, v_room);
  v_used := cardinality(v_first);
  v_full := v_room < p_limit and v_used >= v_room;
  if v_gap > 0 then v_room := least(p_limit, greatest(0, floor((0.5 - v_ahead) / v_gap)::integer + 1)); end if;
  if v_room > v_used then v_bulk := due_outbox(p_channel, 1::smallint, v_room - v_used); end if;
  v_full := v_full or (v_room < p_limit and cardinality(v_bulk) >= v_room - v_used);
  if v_pace.address_s > 0 then
    -- One message to a person at a time: its place says when the next one may go.
    v_to := array(select o.address_id from outbox o where o.id = any (v_first));
    v_bulk := array(select b.id from outbox b where b.id = any (v_bulk) and b.address_id <> all (v_to));
    v_to := array(select o.address_id from outbox o where o.id = any (v_first || v_bulk));
    perform from address_pace p where p.address_id = any (v_to) order by p.address_id for update;
  end if;
  return query
  -- The plan is kept, and may have been made while the outbox was empty: so each step is worked out once (materialized), and
  -- every look at the outbox names the ids. Otherwise a claim of a hundred reads the whole outbox a hundred times.
  with judged as materialized (
    select o.id, o.address_id, o.lane, a.value, address_wait(p.next_at, v_pace) as wait_s, p.next_at as owed_until, a.heard_at, k.wrapped as key, coalesce(a.refused_as = 'opted-out', false) as no_news,
           b.messages, broadcast_language(o.broadcast_id, o.address_id, o.group_id, o.member_id) as language,
           case when k.wrapped is null then 'erased'
                when b.state = 'cancelled' then 'cancelled'
                when o.unsolicited and a.stopped_at is not null then 'opted-out'
                when o.member_id is not null and not is_allowed(o.group_id, o.member_id, o.kind) then 'not-allowed'
                when a.blocked_at is not null then 'blocked'
                when o.expires_at < now() then 'too-old'
                -- Who has this telephone now is not known: nothing that she did not ask for goes there, but a line that tells
                -- nothing; and what staff answer to whoever wrote from it, who know that.
                when o.unsolicited and o.member_id is not null and o.kind <> 'telephone' and (is_silent(a) or (num_nonnulls(a.doubted_at, a.paused_for) > 0 and o.kind <> 'talk')) then 'silent'
                when o.unsolicited and a.refused_as = 'undeliverable' then a.refused_as
                when o.member_id is not null and not exists (
                  select 1 from member_address ma where ma.address_id = o.address_id and ma.group_id = o.group_id and ma.member_id = o.member_id)
                  then 'not-hers-any-more'
                -- Of nobody's book: for staff, who may be staff no more, or by another telephone.
                when o.member_id is null and o.unsolicited and not exists (select 1 from staff_address sa where sa.address_id = o.address_id)
                  then 'not-hers-any-more'
                when address_wait(p.next_at, v_pace) > 1 then 'later'
           end as reason,
           -- What she did not ask for waits for her morning; staff are told at any hour.
           case when o.unsolicited and o.member_id is not null then (select g.time_zone from savings_group g where g.id = o.group_id) end as time_zone,
           is_closed(o) as closed, h.safe_from, h.safe_until
      from outbox o join address a on a.id = o.address_id left join data_key k on k.id = a.id left join broadcast b on b.id = o.broadcast_id
      left join address_pace p on p.address_id = o.address_id and p.address_id = any (v_to) and v_pace.address_s > 0
      left join member h on h.group_id = o.group_id and h.id = o.member_id and o.unsolicited
     where o.id = any (v_first || v_bulk)
  ), placed as materialized (
    select j.*, greatest(j.wait_s, v_ahead + v_gap * (row_number() over (partition by j.reason is null order by j.lane, j.id) - 1)) as at_s,
           j.lane = 1 and p_daily is not null and j.time_zone is not null and p_daily <= (
             select count(*) from outbox s where s.address_id = j.address_id and s.lane = 1 and s.state = 'sent'
                and s.sent_at >= date_trunc('day', now() at time zone j.time_zone) at time zone j.time_zone) as over
      from judged j
  ), taken as (
    update outbox o set state = case when j.reason is null then 'sending' when j.reason = 'later' then 'queued' else 'skipped' end,
           reason = case when j.reason = 'later' then o.reason else j.reason end, body = case when j.reason is null or j.reason = 'later' then o.body end,
           attempts = o.attempts + case when j.reason = 'later' then 0 else 1 end, lease_until = case when j.reason is null then now() + interval '50 seconds' end,
           not_before = case when j.reason = 'later' then now() + make_interval(secs => j.wait_s - 0.9) else o.not_before end
      from placed j where o.id = j.id and o.id = any (v_first || v_bulk)
    returning o.id, o.address_id, j.value, j.key, coalesce(o.body, j.messages), o.kind, o.lane, o.attempts, o.group_id, o.member_id, o.meeting_on, j.time_zone, j.heard_at, j.reason, j.at_s, j.over, o.sent_id, o.broadcast_id, j.language, j.no_news, o.lesson_id, extract(epoch from v_now)::double precision * 1000, j.closed, j.safe_from, j.safe_until
  ), moved as (
    update channel_pace set next_at = v_now + make_interval(secs => v_ahead + v_gap * (select count(*) from taken where reason is null) + 0.0005)
     where channel = p_channel and v_gap > 0 and exists (select 1 from taken where reason is null)
  ), owed as (
    insert into address_pace as a (address_id, next_at)
      select j.address_id, greatest(coalesce(j.owed_until, v_now), v_now + make_interval(secs => j.at_s)) + make_interval(secs => v_pace.address_s)
        from placed j where j.reason is null and v_pace.address_s > 0
      on conflict (address_id) do update set next_at = excluded.next_at
  )
  select * from taken
  union all
  -- Places ran out before messages did.
  select null, null, null, null, null, null, null, null, null, null, null, null, null, 'full',
         greatest(v_gap, v_ahead + v_gap * (select count(*) from taken where reason is null) - 0.25), false, null, null, null, false, null, null, false, null, null
   where v_full;
end $$;

-- Only prepared words may go to her now: the message waits until she writes; or what comes unasked is closed for her (p_closed): it
-- waits until she asks to see it. The first that waits brings an invitation to do so (p_invitation, an outbox row of its own); the
-- next one comes when she has not done so for a week after it.
create function "hold_outbox"(p_id uuid, p_invitation jsonb, p_closed boolean) returns boolean language plpgsql as $$
declare held outbox;
begin
  update outbox set state = 'held', reason = case when p_closed then 'closed' else 'outside-window' end, lease_until = null, expires_at = case when broadcast_id is null then coalesce(expires_at, now() + interval '30 days') else now() + interval '30 days' end
   where id = p_id and state in ('sending', 'held') returning * into held;
  if held.id is null or p_invitation is null then return false; end if;
  update address a set invited_at = now() where a.id = held.address_id
     and (a.invited_at is null or a.invited_at < now() - interval '7 days' or case
       when p_closed then not exists (select from outbox o where o.address_id = held.address_id and o.state = 'held' and o.reason = 'closed' and o.id <> held.id)
       else a.invited_at < a.heard_at end);
  if not found then return false; end if;
  insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, body)
    values ((p_invitation->>'id')::uuid, held.channel, held.address_id, held.group_id, held.member_id, 'invitation', held.lane, held.unsolicited,
            decode(p_invitation->>'body', 'base64'));
  return true;
end $$;

-- Whether a message can go out (again): its words are kept, or are made as it is sent (a reminder, the announcement of a lesson).
create function "can_be_said"(o outbox) returns boolean language plpgsql immutable as $$
begin
  return o.body is not null or o.broadcast_id is not null or o.kind in ('reminder', 'late', 'lesson');
end $$;

-- A message to an address did not arrive, as the platform says at p_at: what it asked is not hers to answer, and the address is
-- marked as it is when a platform says so at once (markRefused, markBlocked), unless she has written since.
create function "fell_through"(p_address uuid, p_asked bytea, p_kind text, p_failed text, p_at timestamptz) returns void language plpgsql as $$
begin
  update address a set asked = case when p_asked is null then a.asked else asked_less(a.asked, p_asked) end,
         version = a.version + case when p_asked is null or a.asked is null then 0 else 1 end,
         refused_as = case when p_failed in ('undeliverable', 'opted-out') and coalesce(a.heard_at <= p_at, true) then p_failed else a.refused_as end,
         blocked_at = case when p_failed = 'blocked' and coalesce(a.heard_at <= p_at, true) then now() else a.blocked_at end,
         invites = a.invites and p_kind <> 'invitation'
   where a.id = p_address;
  if p_kind = 'invitation' and p_failed in ('held-back', 'held-back-today') then perform invite_again(p_address); end if;
end $$;

-- The platform kept an invitation back: the next message that waits may bring another one, a day from now.
create function "invite_again"(p_address uuid) returns void language plpgsql as $$
begin
  update address set invited_at = now() - interval '6 days' where id = p_address and invited_at is not null;
end $$;

-- What the platform says became of messages that went out. It only moves forward. A message that came too late for free
-- words waits again, from the first part that did not arrive: the answer names it. So does it count what is not known (yet).
-- A message of several parts arrived when its last part did; it failed when any of them did.
create function "record_statuses"(p_channel text, p_statuses jsonb) returns jsonb language plpgsql as $$
declare v_found integer; v_held jsonb; v_fell jsonb; v_one record;
begin
  with said as (
    select s.sent_id, min(s.at) filter (where s.state in ('delivered', 'read')) as delivered, min(s.at) filter (where s.state = 'read') as read,
           min(s.reason) filter (where s.state = 'failed') as failed, min(s.at) filter (where s.state = 'failed') as failed_at
      from jsonb_to_recordset(p_statuses) as s(sent_id text, state text, at timestamptz, reason text) group by s.sent_id
  ), found as (
    select s.*, o.id, o.delivered_at, null::smallint as place
      from said s join outbox o on o.channel = p_channel and o.status_id = s.sent_id and o.state in ('sent', 'failed')
    union all
    select s.*, o.id, null, p.place from said s join outbox_part p on p.channel = p_channel and p.sent_id = s.sent_id
      join outbox o on o.id = p.outbox_id and o.state in ('sent', 'failed') and split_part(o.sent_id, ',', p.place) = s.sent_id
  ), told as (
    -- The place is null of the last part: with it the whole arrived.
    select f.id, min(f.delivered) filter (where f.place is null) as delivered, min(f.read) filter (where f.place is null) as read,
           min(f.failed) filter (where f.delivered is null and f.delivered_at is null) as failed,
           min(f.place) filter (where f.failed is not null and f.delivered is null) as failed_place, min(f.failed_at) as failed_at
      from found f group by f.id
  ), judged as (
    select t.*, case when t.failed is null then o.state
                     when not can_be_said(o) or o.attempts > 20 then 'failed'
                     when t.failed = 'outside-window' then 'held'
                     when t.failed = 'held-back-today' then case when may_come_tomorrow(o.id) then 'queued' else 'failed' end
                     -- The platform's trouble, not hers: it goes out again, later and later.
                     when t.failed in ('unavailable', 'retry-after', 'paused', 'bad-credentials', 'template-fault') then 'queued'
                     else 'failed' end as becomes,
           (string_to_array(o.sent_id, ','))[1:coalesce(t.failed_place - 1, cardinality(string_to_array(o.sent_id, ',')) - 1)] as arrived
      from told t join outbox o on o.id = t.id
  ), done as (
    update outbox o set delivered_at = coalesce(o.delivered_at, j.delivered), read_at = coalesce(o.read_at, j.read), state = j.becomes,
           reason = case when j.becomes = o.state then o.reason when j.failed = 'held-back-today' then 'held-back' else j.failed end,
           body = case when j.becomes in ('held', 'queued') or (j.becomes = 'sent' and coalesce(o.delivered_at, j.delivered) is null) then o.body end,
           status_id = case when j.becomes in ('held', 'queued') then null else o.status_id end,
           sent_id = case when j.becomes in ('held', 'queued') then nullif(array_to_string(j.arrived, ','), '') else o.sent_id end,
           sent_at = case when j.becomes in ('held', 'queued') then null else o.sent_at end,
           not_before = case when j.becomes = 'queued' and j.failed = 'held-back-today' then now() + interval '1 day'
                             when j.becomes = 'queued' then now() + make_interval(secs => least(3600, 30 * 2 ^ o.attempts)) else o.not_before end
      from judged j where o.id = j.id returning o.*
  ) select (select count(*) from found), coalesce(jsonb_agg(jsonb_build_object(
      'id', d.id, 'body', encode(coalesce(d.body, b.messages), 'hex'), 'kind', d.kind, 'group_id', d.group_id, 'member_id', d.member_id, 'meeting_on', d.meeting_on, 'lesson_id', d.lesson_id,
      'broadcast_id', d.broadcast_id, 'language', broadcast_language(d.broadcast_id, d.address_id, d.group_id, d.member_id))) filter (where d.state = 'held'), '[]'),
      (select coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'failed', j.failed, 'at', j.failed_at)), '[]') from judged j where j.failed is not null)
    into v_found, v_held, v_fell from done d left join broadcast b on b.id = d.broadcast_id;
  for v_one in select o.address_id, o.asked, o.kind, f.failed, f.at from jsonb_to_recordset(v_fell) as f(id uuid, failed text, at timestamptz)
                 join outbox o on o.id = f.id order by o.address_id, o.id loop
    perform fell_through(v_one.address_id, v_one.asked, v_one.kind, v_one.failed, v_one.at);
  end loop;
  perform was_held_back(array(select f.id from jsonb_to_recordset(v_fell) as f(id uuid, failed text) join outbox o on o.id = f.id
                               where f.failed = 'held-back-today' and o.state = 'queued'));
  return jsonb_build_object('held', v_held,
    'unknown', (select count(distinct s.sent_id) from jsonb_to_recordset(p_statuses) as s(sent_id text)) - v_found);
end $$;

-- Whether a message went out as prepared words that ask her to write.
create function "is_invitation"(p_sent_as text) returns boolean language sql immutable as $$
  select p_sent_as in ('new-message', 'waiting', 'announcement', 'lesson')
$$;

-- What went out is before her eyes now, in the order of p_ids: its questions are hers to answer, beside those that she has not
-- answered: which of them a bare "1" would answer, nobody knows. Her dialogue is another one by that (version): what is being
-- decided on the one before is decided again.
create function "has_reached"(p_done uuid[], p_ids uuid[], p_sent_as text[], p_now timestamptz) returns void language plpgsql set enable_seqscan = off as $$
declare o record;
begin
  for o in select r.address_id, r.asked, r.kind from unnest(p_ids) with ordinality as s(id, place) join outbox r on r.id = s.id
            where r.id = any (p_done) and r.asked is not null order by s.place loop
    update address a set asked_at = p_now, version = a.version + 1, asked = case
        when a.asked is null then asked_also(null, o.asked)
        -- One announcement after the other is the same question; something else that waits for her word is not.
        when o.kind = 'lesson' and not exists (select from outbox e where e.address_id = a.id and e.asked is not null and e.kind <> 'lesson'
              and e.created_at > now() - interval '40 days' and position(e.asked in a.asked) > 0) then asked_also(null, o.asked)
        else asked_also(a.asked, asked_also(null, o.asked)) end
     where a.id = o.address_id;
  end loop;
  update address a set invites = l.invites from (
      select distinct on (r.address_id) r.address_id, is_invitation(s.sent_as) as invites
        from unnest(p_ids, p_sent_as) with ordinality as s(id, sent_as, place) join outbox r on r.id = s.id
       where r.id = any (p_done) order by r.address_id, s.place desc) l
   where a.id = l.address_id and a.invites <> l.invites;
  update address a set many_at = now() where a.id in (select r.address_id from outbox r where r.id = any (p_done) and r.broadcast_id is not null);
end $$;

-- What has gone out: the words are not kept, the record is; but where the platform may still say that it did not take them,
-- until it says that they arrived. True when one of its addresses has more to come.
-- p_answers of them had no place in the channel's line, nor have the second and further parts of one: what others may send moves by
-- as many gaps.
-- ahead: seconds until the next free place. p_asked: the choices of what got its words as it was sent; null of all others.
create function "complete_outbox"(p_ids uuid[], p_sent_ids text[], p_sent_as text[], p_asked text[], p_channel text, p_answers integer, p_now timestamptz)
  returns table (more boolean, ahead double precision) language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare v_done uuid[]; v_many uuid[]; v_parts integer[]; v_to uuid[];
begin
  -- The addresses first and in one order, as whoever writes a message does it.
  perform from address a where a.id in (select o.address_id from outbox o where o.id = any (p_ids)) and (a.invites or exists (
      select from unnest(p_ids, p_sent_as, p_asked) as s(id, sent_as, asked) join outbox o on o.id = s.id
       where o.address_id = a.id and (coalesce(s.asked, '') <> '' or o.asked is not null or o.broadcast_id is not null or is_invitation(s.sent_as)))) order by a.id for no key update;
  with done as (
    update outbox o set state = 'sent', sent_id = s.sent_id, sent_as = s.sent_as, sent_at = now(), lease_until = null, reason = null, asked = coalesce(decode(s.asked, 'base64'), o.asked),
           body = case when o.channel = 'whatsapp-cloud' and s.sent_as = 'text' then o.body end,
           status_id = case when o.channel like 'whatsapp-%' then split_part(s.sent_id, ',', -1) end
      from unnest(p_ids, p_sent_ids, p_sent_as, p_asked) as s(id, sent_id, sent_as, asked)
     where o.id = s.id and o.state = 'sending' and o.id = any (p_ids) -- named for a plan made while the outbox was empty
    returning o.id, o.address_id, o.group_id, o.member_id, o.lesson_id, o.channel, o.sent_id
  ), parts as (
    insert into outbox_part (channel, sent_id, outbox_id, place)
      select d.channel, p.part, d.id, p.place from done d, unnest(string_to_array(d.sent_id, ',')) with ordinality as p(part, place)
       where d.channel like 'whatsapp-%' and d.sent_id like '%,%' and p.place < cardinality(string_to_array(d.sent_id, ','))
      on conflict do nothing
  ), lessons as (
    update lesson_progress p set delivered_at = coalesce(p.delivered_at, now()) from done d
     where d.lesson_id is not null and p.group_id = d.group_id and p.member_id = d.member_id and p.lesson_id = d.lesson_id
  ) select coalesce(bool_or(exists (
      select 1 from outbox e where e.address_id = d.address_id and e.state in ('queued', 'sending') and e.id <> all (p_ids) offset 0)), false), coalesce(array_agg(d.id), '{}'),
      coalesce(array_agg(d.address_id) filter (where d.sent_id like '%,%'), '{}'),
      coalesce(array_agg(cardinality(string_to_array(d.sent_id, ',')) - 1) filter (where d.sent_id like '%,%'), '{}'), coalesce(array_agg(d.address_id), '{}')
      into more, v_done, v_many, v_parts, v_to from done d;
  perform has_reached(v_done, p_ids, p_sent_as, p_now);
  perform count_sent(p_channel, p_answers, v_to, v_many, v_parts);
  select seconds_ahead(c.next_at) into ahead from channel_pace c where c.channel = p_channel and c.gap_s > 0;
  ahead := coalesce(ahead, 0);
  return next;
end $$;

-- A process that stops, or whose channel is to wait, gives back what it had leased of a channel and not begun, so that nobody waits
-- for its lease to end.
create function "release_outbox"(p_ids uuid[]) returns void language plpgsql as $$
declare v_channel text; v_to uuid[];
begin
  with released as (
    update outbox set state = 'queued', lease_until = null, attempts = attempts - 1 where id = any (p_ids) and state = 'sending' returning channel, address_id
  ) select min(channel), array_agg(address_id) into v_channel, v_to from released;
  perform count_unsent(v_channel, v_to);
  perform pg_notify('comadre_outbox', '');
end $$;

-- What could not go out: tried again after p_after seconds, or given up for p_reason.
create function "return_outbox"(p_id uuid, p_state text, p_reason text, p_after double precision) returns void language sql as $$
  update outbox set state = p_state, reason = p_reason, lease_until = null, not_before = now() + make_interval(secs => coalesce(p_after, 0)),
         body = case when p_state <> 'skipped' then body end
   where id = p_id and state = 'sending'
$$;

-- The facts a reminder is decided on, and asked again of the book when it is sent.
create function "reminder_facts"(p_group uuid, p_on date) returns jsonb language sql stable as $$
  select jsonb_build_object('group', group_facts(p_group), 'company', company_facts(p_group), 'members', coalesce((
      select jsonb_agg(member_facts(m, p_on - 9) order by m.number) from member m
       where m.group_id = p_group and m.state = 'active'), '[]'))
$$;

-- How many days before its meeting a group or a member is reminded (0: that day). Without a day of their own, the day before.
create function "days_before"(p_meeting text, p_weekday smallint) returns integer language sql immutable as $$
  select coalesce((array_position(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], p_meeting) - p_weekday + 7) % 7, 1)
$$;

-- Members of a group (null: all of it) are reminded at another hour or on another day from now on: so is what is planned already
-- and has not gone out. What would have come by now by the new one comes as it was planned. p_now: by the clock of the message.
create function "move_reminders"(p_group uuid, p_members uuid[], p_now timestamptz) returns void language plpgsql as $$
begin
  update outbox o set not_before = now() + (w.at - p_now)
    from (select q.id, ((q.meeting_on - case when d.days = 0 and h.hour >= g.meeting_time then 1 else d.days end) + h.hour) at time zone g.time_zone as at
            from savings_group g join member m on m.group_id = g.id and (p_members is null or m.id = any (p_members))
            join member_address ma on ma.group_id = m.group_id and ma.member_id = m.id
            join outbox q on q.address_id = ma.address_id and q.group_id = m.group_id and q.member_id = m.id and q.kind = 'reminder' and q.state = 'queued'
            cross join lateral (select coalesce(m.reminder_time, g.reminder_time) as hour) h
            cross join lateral (select days_before(g.meeting_weekday, coalesce(m.reminder_weekday, g.reminder_weekday)) as days) d
           where g.id = p_group) w
   where o.id = w.id and o.state = 'queued' and w.at > p_now;
end $$;

-- Whether anything unasked gets through to an address. Of several that one member has, the one that does and that she wrote from last
-- is taken; BAJA on that one is her word: no other one is taken in its place.
create function "takes_notices"(a address) returns boolean language sql stable as $$
  select a.blocked_at is null and a.refused_as is null and is_known(a)
$$;

-- Who turned reminders on, came or came back, or has a new telephone, when her group's week was planned already and her own hour
-- is still to come: hers is planned now, each once, like all others. What she owes is asked when it goes out. One that was passed
-- over, because she wanted none then, comes at the hour she wants now. p_members null: all of the group. A week that is planned in these very minutes is one that was
-- planned: whoever writes it second changes nothing. p_now: by the clock of the message.
create function "remind_yet"(p_group uuid, p_members uuid[], p_now timestamptz) returns void language plpgsql as $$
begin
  insert into outbox as o (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, dedupe_key, meeting_on, not_before, expires_at)
    select new_id(), a.channel, a.id, g.id, m.id, 'reminder', 1, true, 'reminder:' || n.day || ':' || m.id || ':' || a.id, n.day,
           now() + (w.at - p_now), now() + (n.at - p_now)
      from savings_group g
      cross join lateral (select (p_now at time zone g.time_zone)::date as day) t
      cross join lateral (select d.day, (d.day + g.meeting_time) at time zone g.time_zone as at
                            from (select t.day + i as day from generate_series(0, 7) i) d
                           where days_before(g.meeting_weekday, extract(isodow from d.day)::smallint) = 0 and (d.day + g.meeting_time) at time zone g.time_zone > p_now
                           order by d.day limit 1) n
      cross join lateral (select greatest(days_before(g.meeting_weekday, g.reminder_weekday), max(days_before(g.meeting_weekday, x.reminder_weekday)) filter (where x.reminder_weekday is not null)) as days,
                                 least(g.reminder_time, min(x.reminder_time)) as hour
                            from member x where x.group_id = g.id and x.state = 'active') p
      join member m on m.group_id = g.id and (p_members is null or m.id = any (p_members)) and m.state = 'active' and m.reminders
      cross join lateral (select coalesce(m.reminder_time, g.reminder_time) as hour, days_before(g.meeting_weekday, coalesce(m.reminder_weekday, g.reminder_weekday)) as days) h
      cross join lateral (select ((n.day - case when h.days = 0 and h.hour >= g.meeting_time then 1 else h.days end) + h.hour) at time zone g.time_zone as at) w
      cross join lateral (select a.* from member_address ma join address a on a.id = ma.address_id and a.channel <> 'phone' where ma.group_id = m.group_id and ma.member_id = m.id
                           order by takes_notices(a) desc, a.heard_at desc nulls last, a.id limit 1) a
     where not exists (select from member_address ma join outbox e on e.dedupe_key = 'reminder:' || n.day || ':' || m.id || ':' || ma.address_id
                        where ma.group_id = m.group_id and ma.member_id = m.id and ma.address_id <> a.id and e.state <> 'skipped')
       and g.id = p_group and g.reminders and w.at > p_now and ((n.day - p.days) + p.hour) at time zone g.time_zone <= p_now + interval '10 minutes'
    on conflict (dedupe_key) do update set state = 'queued', reason = null, attempts = 0, lease_until = null, not_before = excluded.not_before
     where o.state = 'skipped' and o.sent_at is null;
end $$;

-- Which of these meetings (groups and days go together) the book knows of: something was booked for it, or it was closed.
create function "meetings_held"(p_groups uuid[], p_dates date[]) returns setof uuid language plpgsql stable set enable_seqscan = off set jit = off as $$
begin
  return query
  select d.group_id from unnest(p_groups, p_dates) as d(group_id, meeting_on)
   where exists (select from payment p where p.group_id = d.group_id and p.meeting_on = d.meeting_on and p.state = 'confirmed')
      or exists (select from meeting t where t.group_id = d.group_id and t.meeting_on = d.meeting_on and t.state = 'closed');
end $$;

-- A glance at the members of several groups before a meeting of each (groups and days go together): who may be reminded, at
-- which one of her addresses, hour and day, what she gave for that meeting, and whether more than what everybody gives may be asked
-- of her.
create function "reminder_glances"(p_groups uuid[], p_dates date[])
  returns table (group_id uuid, member_id uuid, hour time, days integer, savings bigint, social bigint, may_owe_more boolean, address_id uuid, channel text)
  language plpgsql stable set enable_seqscan = off set jit = off as $$
begin
  return query
  with due as (select d.* from unnest(p_groups, p_dates) as d(group_id, meeting_on)),
  given as (
    select p.group_id, p.member_id, sum(p.savings_minor)::bigint as savings, sum(p.social_minor)::bigint as social
      from due d join payment p on p.group_id = d.group_id and p.meeting_on = d.meeting_on and p.state = 'confirmed' group by 1, 2)
  select distinct on (m.group_id, m.id) m.group_id, m.id, coalesce(m.reminder_time, g.reminder_time), days_before(g.meeting_weekday, coalesce(m.reminder_weekday, g.reminder_weekday)), coalesce(n.savings, 0), coalesce(n.social, 0),
         exists (select from loan l where l.group_id = m.group_id and l.member_id = m.id and l.state = 'active')
           or exists (select from member_fine f where f.group_id = m.group_id and f.member_id = m.id)
           or r.constitution->>'product' = 'tanda',
         a.id, a.channel
    from due d join savings_group g on g.id = d.group_id join group_rules r on r.group_id = g.id and r.version = g.rules_version
    join member m on m.group_id = d.group_id and m.state = 'active' and m.reminders
    join member_address ma on ma.group_id = m.group_id and ma.member_id = m.id join address a on a.id = ma.address_id and a.channel <> 'phone'
    left join given n on n.group_id = m.group_id and n.member_id = m.id
   order by m.group_id, m.id, takes_notices(a) desc, a.heard_at desc nulls last, a.id;
end $$;

-- All that the book knows of these members (groups, members and days go together), and the tandas of their groups.
create function "reminder_details"(p_groups uuid[], p_members uuid[], p_dates date[]) returns jsonb language plpgsql stable set jit = off as $$
begin
  return jsonb_build_object(
    'members', (select coalesce(jsonb_agg(jsonb_build_object('groupId', m.group_id, 'facts', member_facts(m, d.meeting_on - 9))), '[]')
                  from unnest(p_groups, p_members, p_dates) as d(group_id, member_id, meeting_on) join member m on m.group_id = d.group_id and m.id = d.member_id),
    'tandas', (select coalesce(jsonb_object_agg(g.id, tanda_facts(g.id)), '{}') from savings_group g join group_rules r on r.group_id = g.id and r.version = g.rules_version
                where g.id = any (p_groups) and r.constitution->>'product' = 'tanda'));
end $$;

-- Writes what occurrences of a job decided, each once, with their messages: one that this or another process had written
-- already is left as it is. p_of says to which occurrence (its n) each message belongs; one without words is worded when it is
-- sent. Answers how many of which outcome were written, and with how many messages.
create function "commit_weekly"(p_job text, p_occurrences jsonb, p_of integer[], p_ids uuid[], p_members uuid[], p_addresses uuid[], p_channels text[],
                                p_bodies text[], p_delays double precision[])
  returns table (outcome text, occurrences integer, messages integer) language plpgsql set enable_nestloop = off set jit = off as $$
#variable_conflict use_column
begin
  return query
  with decided as (
    select * from jsonb_to_recordset(p_occurrences) as o(n integer, subject uuid, due_at timestamptz(3), meeting_on date, outcome text, reason text, messages integer,
                                                         delay_s double precision, expires_s double precision)
  ), told as (
    insert into occurrence (job, subject_id, due_at, outcome, reason, messages)
      select p_job, subject, due_at, outcome, reason, messages from decided order by subject, due_at
      on conflict do nothing returning subject_id, due_at, outcome, messages
  ), put as (
    insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, body, dedupe_key, meeting_on, not_before, expires_at)
      select r.id, r.channel, r.address, o.subject, r.member, p_job, 1, true, decode(r.body, 'base64'),
             p_job || ':' || o.meeting_on || ':' || r.member || ':' || r.address, o.meeting_on,
             now() + make_interval(secs => greatest(o.delay_s, r.delay_s)), now() + make_interval(secs => o.expires_s)
        from unnest(p_of, p_ids, p_members, p_addresses, p_channels, p_bodies, p_delays) as r(n, id, member, address, channel, body, delay_s)
        join decided o on o.n = r.n join told t on t.subject_id = o.subject and t.due_at = o.due_at
      on conflict (dedupe_key) do nothing
  ) select t.outcome, count(*)::integer, sum(t.messages)::integer from told t group by 1;
end $$;

-- When a group meets and is reminded: what the hours of lessons go by.
create function "lesson_habit"(g savings_group) returns jsonb language sql stable as $$
  select jsonb_build_object('weekday', g.meeting_weekday, 'time', g.meeting_time, 'timeZone', g.time_zone, 'reminderTime', g.reminder_time)
$$;

-- Members who are in the chat and of whom nobody has said yet when they are told of the next lesson.
-- From (p_group, p_member) on, in that order, so that page after page reads each of them once.
create function "lessons_unplanned"(p_group uuid, p_member uuid, p_limit integer) returns table (group_id uuid, member_id uuid, hour time, days text[], facts jsonb)
  language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
begin
  return query
  select m.group_id, m.id, s.hour, coalesce(s.days, '{}'), lesson_habit(g)
    from member m join savings_group g on g.id = m.group_id left join lesson_setting s on s.group_id = m.group_id and s.member_id = m.id
   where m.state = 'active' and s.next_at is null and coalesce(not s.off and not s.asked_to_go_on, true) and (m.group_id, m.id) > (p_group, p_member)
   order by m.group_id, m.id limit p_limit;
end $$;

-- What decides which lessons a member may be told of, and when: much of it is the same for most members of a group, and for many groups.
create function "lesson_terms"(m member, g savings_group, p programme, s lesson_setting) returns text language sql stable as $$
  select json_build_array(coalesce(m.language, g.language), g.meeting_weekday, g.meeting_time, g.time_zone, g.reminder_time, g.state, g.municipality,
                          g.programme_id, p.lesson_drafts, p.lesson_languages, s.hour, s.days, s.language)::text
$$;

-- Members to be told of a lesson now, with what is known of their lessons, in the order in which they fell due: read from the
-- index, from (p_after_at, p_after) on, so that an hour at which a whole country is due costs as much for each as any other.
-- Whoever shares a telephone, or sits in two groups, is told once: as the first who came by that address. Who wrote BAJA is
-- not told. Nothing sealed is read: her name is asked for when the words are made.
create function "lessons_due"(p_now timestamptz, p_after_at timestamptz, p_after uuid, p_limit integer)
  returns table (group_id uuid, member_id uuid, terms text, unanswered integer, due_at timestamptz, progress text, addresses uuid[], channels text[])
  language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
begin
  return query
  select m.group_id, m.id, lesson_terms(m, g, p, s), s.unanswered::integer, s.next_at,
         (select json_agg(json_build_array(l.lesson_id, l.announced_at, l.opened_at, l.part, l.finished_at, l.review_on) order by l.lesson_id)::text
            from lesson_progress l where l.group_id = m.group_id and l.member_id = m.id),
         r.addresses, r.channels
    from lesson_setting s join member m on m.group_id = s.group_id and m.id = s.member_id and m.state = 'active'
    join savings_group g on g.id = m.group_id join programme p on p.id = g.programme_id
    cross join lateral (
      select coalesce(array_agg(a.id order by a.id), '{}') as addresses, coalesce(array_agg(a.channel order by a.id), '{}') as channels
        from member_address ma join address a on a.id = ma.address_id
       where ma.group_id = m.group_id and ma.member_id = m.id and a.channel <> 'phone' and a.stopped_at is null and a.blocked_at is null
         and not exists (select from member_address o where o.address_id = ma.address_id and (o.created_at, o.member_id) < (ma.created_at, ma.member_id))) r
   where not s.off and not s.asked_to_go_on and s.next_at <= p_now and (s.next_at, s.member_id) > (p_after_at, p_after)
   order by s.next_at, s.member_id limit p_limit;
end $$;

-- Writes when the next lessons of members are due of whom nobody has said it yet.
create function "plan_lessons"(p_groups uuid[], p_members uuid[], p_next timestamptz[]) returns void language plpgsql set enable_seqscan = off set jit = off as $$
begin
  insert into lesson_setting (group_id, member_id, next_at) select * from unnest(p_groups, p_members, p_next)
    on conflict (group_id, member_id) do update set next_at = excluded.next_at where lesson_setting.next_at is null;
end $$;

-- Moves on when the next lessons are due, each by the moment it was due at: whoever comes second, in another process or after a
-- restart, finds it moved on. Answers which of them (counted from 1) were found. Every member is looked up by key, in this order:
-- a page must not cost more because a country's rows stand beside it.
create function "claim_lessons"(p_groups uuid[], p_members uuid[], p_due text[], p_next timestamptz[], p_lessons text[], p_asks boolean[])
  returns bigint[] language plpgsql set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare v_claimed bigint[];
begin
  with claimed as (
    update lesson_setting s set next_at = t.next_at, asked_to_go_on = t.asks, unanswered = s.unanswered + case when t.lesson is null then 0 else 1 end
      from unnest(p_groups, p_members, p_due, p_next, p_lessons, p_asks) with ordinality as t(group_id, member, due, next_at, lesson, asks, n)
     where s.group_id = t.group_id and s.member_id = t.member and s.next_at = t.due::timestamptz and not s.off and not s.asked_to_go_on
    returning t.n
  ) select array_agg(c.n) into v_claimed from claimed c;
  return v_claimed;
end $$;

-- Writes what is told of the lessons that are due now, once. p_of says to which of them (counted from 1) each message belongs;
-- its words are made when it is sent. Nested loops are off: a plan for ten would look through all of a page for each of a thousand.
create function "commit_lesson_plan"(p_now timestamptz, p_groups uuid[], p_members uuid[], p_due text[], p_next timestamptz[], p_lessons text[],
                                     p_languages text[], p_voices boolean[], p_asks boolean[],
                                     p_of integer[], p_ids uuid[], p_addresses uuid[], p_channels text[], p_expires double precision)
  returns integer language plpgsql set enable_nestloop = off set jit = off as $$
declare v_claimed bigint[] := claim_lessons(p_groups, p_members, p_due, p_next, p_lessons, p_asks); v_told integer;
begin
  with told as materialized (
    select t.* from unnest(p_groups, p_members, p_due, p_lessons, p_languages, p_voices) with ordinality as t(group_id, member, due, lesson, language, voice, n)
      join unnest(v_claimed) as c(n) on c.n = t.n
  ), enrolled as (
    insert into lesson_progress (group_id, member_id, lesson_id, language, voice, enrolled_at, announced_at)
      select t.group_id, t.member, t.lesson, t.language, t.voice, p_now, p_now from told t where t.lesson is not null
      on conflict (group_id, member_id, lesson_id) do update set announced_at = excluded.announced_at
  ), put as (
    insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, dedupe_key, lesson_id, expires_at)
      select r.id, r.channel, r.address, t.group_id, t.member, 'lesson', 1, true, 'lesson:' || t.member || ':' || t.due || ':' || r.address, t.lesson,
             now() + make_interval(secs => p_expires)
        from unnest(p_of, p_ids, p_addresses, p_channels) as r(n, id, address, channel) join told t on t.n = r.n
      on conflict (dedupe_key) do nothing returning 1
  ) select count(*) into v_told from put;
  return v_told;
end $$;

-- What the announcement of a lesson says to these members (groups, members and lessons go together; a lesson that is null: she
-- is asked whether to go on), and by what it is seen whether it is still true.
create function "announcement_facts"(p_groups uuid[], p_members uuid[], p_lessons text[])
  returns table (n integer, member_id uuid, number integer, name bytea, key bytea, terms text, off boolean, asked_to_go_on boolean,
                 announced_at timestamptz, opened_at timestamptz, part integer, finished_at timestamptz, review_on date)
  language plpgsql stable set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
begin
  return query
  select t.n::integer, m.id, m.number, m.name, k.wrapped, lesson_terms(m, g, p, s), s.off, s.asked_to_go_on,
         l.announced_at, l.opened_at, l.part::integer, l.finished_at, l.review_on
    from unnest(p_groups, p_members, p_lessons) with ordinality as t(group_id, member, lesson, n)
    join member m on m.group_id = t.group_id and m.id = t.member and m.state = 'active'
    join lesson_setting s on s.group_id = m.group_id and s.member_id = m.id
    join savings_group g on g.id = m.group_id join programme p on p.id = g.programme_id left join data_key k on k.id = m.id
    left join lesson_progress l on l.group_id = m.group_id and l.member_id = m.id and l.lesson_id = t.lesson;
end $$;

-- Draws whose time is up: for the words, or for the secret.
create function "draws_due"(p_now timestamptz) returns table (group_id uuid, draw_id uuid) language sql stable as $$
  select d.group_id, d.id from draw d
   where (d.state = 'committed' and d.words_until <= p_now) or (d.state in ('committed', 'closed') and d.reveal_until <= p_now)
   order by d.group_id
$$;

-- The facts by which the clock moves a draw on: who is told, and the draw that is open, of whichever cycle.
create function "draw_watch_facts"(p_group uuid, p_now timestamptz) returns jsonb language sql stable as $$
  select jsonb_build_object('group', group_facts(p_group), 'draw',
           (select draw_facts(d) from draw d where d.group_id = p_group and d.state in ('committed', 'closed')))
         || extra_facts(p_group, null, '{"voters": true}', p_now)
$$;

-- Groups with a claim that nobody answered since p_before.
create function "claims_due"(p_before timestamptz) returns table (group_id uuid) language sql stable as $$
  select distinct p.group_id from payment p where p.state in ('reported', 'signed') and p.created_at < p_before
$$;

-- Such claims of a group, with who is told that they count no more.
create function "claim_facts"(p_group uuid, p_before timestamptz) returns jsonb language sql stable as $$
  select jsonb_build_object('group', group_facts(p_group), 'company', company_facts(p_group), 'claims', (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', p.id, 'savings', p.savings_minor::text, 'loan', p.loan_minor::text, 'fine', p.fine_minor::text, 'social', p.social_minor::text, 'turn', p.turn_minor::text,
        'state', p.state, 'own', p.reported_by = p.member_id,
        'payer', (select jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = m.id),
                    'role', m.role, 'language', m.language, 'reach', reach_of(m.group_id, m.id)) from member m where m.group_id = p.group_id and m.id = p.member_id))
        order by p.created_at, p.id), '[]')
      from payment p where p.group_id = p_group and p.state in ('reported', 'signed') and p.created_at < p_before))
$$;

-- What officers are told by the clock: the group, its officers, and whether anything was written in the week up to p_on, or a week
-- before on that day: after what they were told then.
create function "digest_facts"(p_group uuid, p_on date) returns jsonb language sql stable as $$
  select jsonb_build_object('group', group_facts(p_group), 'company', company_facts(p_group),
    'written', exists (select 1 from journal_entry e where e.group_id = p_group and e.occurred_on between p_on - 7 and p_on),
    'open', (select m.meeting_on from meeting m where m.group_id = p_group and m.state <> 'closed' and m.meeting_on < p_on))
$$;

-- Open cycles that end soon, and whose officers were not told: a tanda ends with its last round, whatever the day.
create function "cycles_ending"(p_now timestamptz, p_days integer) returns table (group_id uuid, ends date) language sql stable as $$
  select c.group_id, c.ends from cycle c join savings_group g on g.id = c.group_id
    join group_rules r on r.group_id = g.id and r.version = g.rules_version
   where c.closed_at is null and r.constitution->>'product' <> 'tanda' and (p_now at time zone g.time_zone)::date between c.ends - p_days and c.ends
     and not exists (select 1 from occurrence o where o.job = 'cycle' and o.subject_id = g.id and o.due_at > p_now - make_interval(days => p_days + 2))
   order by c.group_id
$$;

-- Groups whose officers are to sign what their book began with, where one of them is in the chat without having come in by a code of
-- hers: who comes in so is told then. Each group once.
create function "signers_untold"() returns table (group_id uuid, since text, members uuid[]) language plpgsql stable as $$
begin
  return query
  select g.id, g.created_at::text, array_agg(s.member_id order by s.member_id)
    from opening_signature s join savings_group g on g.id = s.group_id
   where s.state = 'asked' and exists (select from member_address a where a.group_id = s.group_id and a.member_id = s.member_id)
     and not exists (select from invite i where i.group_id = s.group_id and i.member_id = s.member_id and i.uses_left = 0)
     and not exists (select from occurrence o where o.job = 'opening' and o.subject_id = g.id)
   group by g.id, g.created_at order by g.id;
end $$;

-- Writes what the clock decided, with what is told of it. Raises CM001 when somebody was quicker.
create function "commit_by_clock"(doc jsonb) returns void language plpgsql as $$
begin
  if doc ? 'draws' then perform commit_draws((doc->>'groupId')::uuid, doc->'draws', (doc->>'now')::timestamptz); end if;
  if doc ? 'payments' then perform commit_payments((doc->>'groupId')::uuid, doc->'payments', (doc->>'now')::timestamptz); end if;
  if doc ? 'dangers' then perform commit_dangers((doc->>'groupId')::uuid, doc->'dangers', (doc->>'now')::timestamptz); end if;
  if doc ? 'telephones' then perform commit_telephones((doc->>'groupId')::uuid, null, doc->'telephones', (doc->>'now')::timestamptz); end if;
  if doc ? 'elections' then perform commit_elections((doc->>'groupId')::uuid, doc->'elections', (doc->>'now')::timestamptz); end if;
  perform commit_outbox((doc->>'groupId')::uuid, doc);
end $$;

-- Deletes records of delivery older than p_days, so many of each at a time; true when there may be more. Of what is planned
-- by the clock the last of each stays: nothing before it is ever planned again.
create function "forget_records"(p_days integer, p_limit integer) returns boolean language plpgsql as $$
declare v_before timestamptz := now() - make_interval(days => p_days); v_gone integer; v_all integer := 0;
begin
  delete from outbox where id in (select id from outbox where created_at < v_before and state in ('sent', 'skipped', 'failed') limit p_limit);
  get diagnostics v_gone = row_count; v_all := greatest(v_all, v_gone);
  -- What a message asked may name people, and is looked at for forty days (has_reached).
  update outbox set asked = null where id in (select id from outbox where asked is not null and created_at < now() - interval '40 days' and state in ('sent', 'skipped', 'failed') limit p_limit);
  get diagnostics v_gone = row_count; v_all := greatest(v_all, v_gone);
  -- What staff sent to many goes with the last of its messages; what they keep for another time stays.
  delete from broadcast b where b.ended_at < v_before and not exists (select from outbox o where o.broadcast_id = b.id)
     and not exists (select from talk t where t.broadcast_id = b.id);
  delete from inbox where (channel, message_id) in (select channel, message_id from inbox where received_at < v_before limit p_limit);
  get diagnostics v_gone = row_count; v_all := greatest(v_all, v_gone);
  delete from occurrence where (job, subject_id, due_at) in (
    select o.job, o.subject_id, o.due_at from occurrence o where o.due_at < v_before
       and exists (select 1 from occurrence l where l.job = o.job and l.subject_id = o.subject_id and l.due_at > o.due_at) limit p_limit);
  get diagnostics v_gone = row_count; v_all := greatest(v_all, v_gone);
  return v_all = p_limit;
end $$;

-- Strangers who never said yes, or said no, leave nothing behind: their address, its key, and what was written to it.
create function "forget_strangers"() returns integer language sql as $$
  with gone as (
    delete from address a where a.forget_at < now()
       and not exists (select 1 from member_address ma where ma.address_id = a.id)
       and not exists (select 1 from staff_address sa where sa.address_id = a.id)
       and not exists (select 1 from outbox o where o.address_id = a.id and o.state in ('queued', 'sending'))
    returning a.id
  ), keys as (
    delete from data_key k using gone where k.id = gone.id
  ) select count(*)::integer from gone
$$;

-- Words are kept no longer than they are needed: what was given up or parked, thirty days, for whoever looks into it.
-- The records themselves (who, when, what became of it) stay.
create function "forget_words"() returns void language sql as $$
  update outbox set state = 'skipped', reason = 'too-old', body = null, asked = null where state = 'held' and expires_at < now();
  update outbox set body = null where body is not null and state = 'sent' and sent_at < now() - interval '2 days';
  update outbox set body = null where body is not null and state in ('sent', 'skipped', 'failed') and created_at < now() - interval '30 days';
  update inbox set body = null where body is not null and received_at < now() - interval '30 days';
$$;
