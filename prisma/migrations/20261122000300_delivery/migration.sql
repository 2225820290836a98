-- Delivery: taking messages out of the outbox, one at a time per address and lane, by any number of processes.

-- Leases up to p_limit messages of one channel that are due. Whether each may still go out is asked again here:
-- she may have written BAJA, blocked the bot, or no longer be who that address belongs to. A lease that a dead
-- process held is taken over when it ends.
create function "claim_outbox"(p_channel text, p_limit integer)
  returns table (id uuid, address_id uuid, value bytea, key bytea, body bytea, kind text, lane smallint, attempts smallint,
                 group_id uuid, member_id uuid, meeting_on date, time_zone text, heard_at timestamptz, skipped text)
  language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
begin
  return query
  with due as (
    -- Lane by lane, so that what is due is read from the index and what waits for tomorrow is not; "offset 0" keeps the
    -- look at her earlier messages one by key. not_before is in whole milliseconds and may have been rounded up: what was
    -- put off until now is due now.
    select found.id from (values (0::smallint), (1::smallint)) l(lane) cross join lateral (
      select c.id, c.not_before from outbox c
       where c.channel = p_channel and c.lane = l.lane and c.not_before <= now() + interval '1 millisecond' and c.state in ('queued', 'sending')
         and (c.state = 'queued' or c.lease_until < now())
         and not exists (select 1 from outbox e where e.address_id = c.address_id and e.lane = c.lane and e.state in ('queued', 'sending') and e.id < c.id offset 0)
       order by c.not_before, c.id limit p_limit for update skip locked) found
     order by l.lane, found.not_before, found.id limit p_limit
  ), judged as (
    select o.id, o.address_id, a.value, a.heard_at, k.wrapped as key,
           case when k.wrapped is null then 'erased'
                when o.unsolicited and a.stopped_at is not null then 'opted-out'
                when a.blocked_at is not null then 'blocked'
                when o.expires_at < now() then 'too-old'
                when o.member_id is not null and not exists (
                  select 1 from member_address ma where ma.address_id = o.address_id and ma.group_id = o.group_id and ma.member_id = o.member_id)
                  then 'not-hers-any-more'
           end as reason
      from due join outbox o on o.id = due.id join address a on a.id = o.address_id left join data_key k on k.id = a.id
  )
  update outbox o set state = case when j.reason is null then 'sending' else 'skipped' end, reason = j.reason,
         body = case when j.reason is null then o.body end, attempts = o.attempts + 1, lease_until = case when j.reason is null then now() + interval '60 seconds' end
    from judged j where o.id = j.id
  returning o.id, o.address_id, j.value, j.key, o.body, o.kind, o.lane, o.attempts, o.group_id, o.member_id, o.meeting_on,
            -- What she did not ask for waits for her morning; staff are told at any hour.
            case when o.unsolicited and o.member_id is not null then (select g.time_zone from savings_group g where g.id = o.group_id) end, j.heard_at, j.reason;
end $$;

-- Only prepared words may go to her now: the message waits until she writes. The first that waits brings an invitation
-- to write (p_invitation, an outbox row of its own); the next one comes when she has not written for a week after it.
create function "hold_outbox"(p_id uuid, p_invitation jsonb) returns boolean language plpgsql as $$
declare held outbox;
begin
  update outbox set state = 'held', reason = 'outside-window', lease_until = null, expires_at = coalesce(expires_at, now() + interval '30 days')
   where id = p_id and state in ('sending', 'held') returning * into held;
  if held.id is null or p_invitation is null then return false; end if;
  update address a set invited_at = now() where a.id = held.address_id
     and (a.invited_at is null or a.invited_at < a.heard_at or a.invited_at < now() - interval '7 days');
  if not found then return false; end if;
  insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, body)
    values ((p_invitation->>'id')::uuid, held.channel, held.address_id, held.group_id, held.member_id, 'invitation', held.lane, held.unsolicited,
            decode(p_invitation->>'body', 'base64'));
  return true;
end $$;

-- What the platform says became of messages that went out. It only moves forward. A message that came too late for free
-- words waits again, as if it had never gone: the answer names it. So does it count what is not known (yet).
create function "record_statuses"(p_channel text, p_statuses jsonb) returns jsonb language plpgsql as $$
declare v_found integer; v_held jsonb;
begin
  with said as (
    select s.sent_id, min(s.at) filter (where s.state in ('delivered', 'read')) as delivered, min(s.at) filter (where s.state = 'read') as read,
           min(s.reason) filter (where s.state = 'failed') as failed
      from jsonb_to_recordset(p_statuses) as s(sent_id text, state text, at timestamptz, reason text) group by s.sent_id
  ), judged as (
    select o.id, said.*, case when said.failed is null or o.delivered_at is not null or said.delivered is not null then o.state
                              when said.failed = 'outside-window' and o.body is not null then 'held' else 'failed' end as becomes
      from said join outbox o on o.channel = p_channel and o.status_id = said.sent_id and o.state in ('sent', 'failed')
  ), done as (
    update outbox o set delivered_at = coalesce(o.delivered_at, j.delivered), read_at = coalesce(o.read_at, j.read), state = j.becomes,
           reason = case when j.becomes = o.state then o.reason else j.failed end,
           body = case when j.becomes = 'held' then o.body end, status_id = case when j.becomes = 'held' then null else o.status_id end
      from judged j where o.id = j.id returning o.id, o.state, o.body
  ) select count(*), coalesce(jsonb_agg(jsonb_build_object('id', id, 'body', encode(body, 'hex'))) filter (where state = 'held'), '[]') into v_found, v_held from done;
  return jsonb_build_object('held', v_held,
    'unknown', (select count(distinct s.sent_id) from jsonb_to_recordset(p_statuses) as s(sent_id text)) - v_found);
end $$;

-- What has gone out: the words are not kept, the record is; but where the platform may still say that it did not take them,
-- until it says that they arrived. True when one of its addresses has more to come.
create function "complete_outbox"(p_ids uuid[], p_sent_ids text[], p_sent_as text[]) returns boolean language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare v_more boolean;
begin
  with done as (
    update outbox o set state = 'sent', sent_id = s.sent_id, sent_as = s.sent_as, sent_at = now(), lease_until = null, reason = null,
           body = case when o.channel = 'whatsapp-cloud' and s.sent_as = 'text' then o.body end,
           status_id = case when o.channel like 'whatsapp-%' then split_part(s.sent_id, ',', -1) end
      from unnest(p_ids, p_sent_ids, p_sent_as) as s(id, sent_id, sent_as) where o.id = s.id and o.state = 'sending'
    returning o.address_id
  ) select coalesce(bool_or(exists (
      select 1 from outbox e where e.address_id = d.address_id and e.state in ('queued', 'sending') and e.id <> all (p_ids) offset 0)), false)
      into v_more from done d;
  return v_more;
end $$;

-- What could not go out: tried again after p_after seconds, or given up for p_reason.
create function "return_outbox"(p_id uuid, p_state text, p_reason text, p_after double precision) returns void language sql as $$
  update outbox set state = p_state, reason = p_reason, lease_until = null, not_before = now() + make_interval(secs => coalesce(p_after, 0))
   where id = p_id and state = 'sending'
$$;

-- The facts a reminder is decided on, and asked again of the book when it is sent.
create function "reminder_facts"(p_group uuid, p_on date) returns jsonb language sql stable as $$
  select jsonb_build_object('group', group_facts(p_group), 'company', company_facts(p_group), 'members', coalesce((
      select jsonb_agg(member_facts(m, p_on - 9) order by m.number) from member m
       where m.group_id = p_group and m.state = 'active'), '[]'))
$$;

-- Writes what one occurrence of a job decided, once: false when this or another process had written it already.
create function "commit_occurrence"(doc jsonb) returns boolean language plpgsql as $$
begin
  insert into occurrence (job, subject_id, due_at, outcome, reason, messages)
    values (doc->>'job', (doc->>'subject')::uuid, (doc->>'dueAt')::timestamptz, doc->>'outcome', doc->>'reason', jsonb_array_length(doc->'outbox'))
    on conflict do nothing;
  if not found then return false; end if;
  insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, body, dedupe_key, meeting_on, not_before, expires_at)
    select id, channel, address, (doc->>'subject')::uuid, member, doc->>'job', 1, true, decode(body, 'base64'), dedupe, (doc->>'meetingOn')::date,
           now() + make_interval(secs => delay_s), now() + make_interval(secs => expires_s)
      from jsonb_to_recordset(doc->'outbox') as o(id uuid, address uuid, channel text, member uuid, body text, dedupe text, delay_s double precision, expires_s double precision)
    on conflict (dedupe_key) do nothing;
  return true;
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

-- Writes what the clock decided about a draw, with what is told of it. Raises CM001 when somebody was quicker.
create function "commit_draw_watch"(doc jsonb) returns void language plpgsql as $$
begin
  perform commit_draws((doc->>'groupId')::uuid, doc->'draws', (doc->>'now')::timestamptz);
  perform commit_outbox((doc->>'groupId')::uuid, doc);
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
