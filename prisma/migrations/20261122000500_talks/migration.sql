-- Conversations of a member with the programme's staff: she asked for a person, or answered what was sent to many. Officers
-- of her group never see them.

create table "talk" (
  "id" uuid primary key,
  "programme_id" uuid not null references "programme"("id"),
  "group_id" uuid not null,
  "member_id" uuid not null,
  -- What she answered, when she did not begin it.
  "broadcast_id" uuid references "broadcast"("id"),
  "state" text not null default 'open',
  "assigned_to" uuid references "staff"("id"),
  "opened_at" timestamptz(3) not null,
  -- Since when she waits for a word of staff; null: theirs was the last.
  "waits_since" timestamptz(3),
  "answered_at" timestamptz(3),
  "closed_at" timestamptz(3),
  "closed_by" uuid references "staff"("id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "talk_state" check ("state" in ('open', 'closed')),
  constraint "talk_closed" check (("state" = 'closed') = ("closed_at" is not null) and ("state" = 'closed') = ("closed_by" is not null))
);
create unique index "talk_one_open" on "talk"("group_id", "member_id") where ("state" = 'open');
create index "talk_broadcast" on "talk"("broadcast_id") where ("broadcast_id" is not null);
create index "talk_waiting" on "talk"("programme_id", "waits_since") where ("state" = 'open');
-- What is old enough to be forgotten.
create index "talk_over" on "talk"("closed_at") where ("state" = 'closed');

-- What was said in one: sealed under the member's own key, so that it goes when she is forgotten.
create table "talk_line" (
  "talk_id" uuid not null references "talk"("id") on delete cascade,
  "id" uuid not null,
  "group_id" uuid not null,
  -- Null: she said it.
  "by_staff" uuid references "staff"("id"),
  "body" bytea,
  "file" bytea references "media"("hash"),
  "at" timestamptz(3) not null,
  primary key ("talk_id", "id"),
  constraint "talk_line_said" check ("body" is not null or "file" is not null)
);
create index "talk_line_file" on "talk_line"("file") where ("file" is not null);

-- Which of our messages she marks with her answer: few of them belong to a conversation.
create index "outbox_talk" on "outbox"("address_id") where ("kind" = 'talk');

do $$
declare t text;
begin
  foreach t in array array['talk', 'talk_line'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_group on %I to comadre_app using (group_id = app_group()) with check (group_id = app_group())', t);
  end loop;
end $$;

-- When staff heard last of an answer to this, and how many answered of whom they have not heard.
create function "answers_heard"(p_broadcast uuid) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('id', b.id, 'toldAt', b.answers_told_at, 'untold', b.answers_untold) from broadcast b where b.id = p_broadcast);
end $$;

-- Her conversation with staff, for herself: whether one is open, and what of many reached her in the last two days. When a
-- message went out is a moment of this server's clock.
create function "own_talk"(p_group uuid, p_member uuid) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'programme', (select p.name from savings_group g join programme p on p.id = g.programme_id where g.id = p_group),
    'open', (select jsonb_build_object('id', t.id, 'answeredAt', t.answered_at, 'assignedTo', t.assigned_to,
                      -- The last word is hers: staff know already that there is something to read.
                      'isTold', coalesce((select l.by_staff is null from talk_line l where l.talk_id = t.id order by l.at desc, l.id desc limit 1), false))
               from talk t where t.group_id = p_group and t.member_id = p_member and t.state = 'open'),
    'answering', answers_heard((select o.broadcast_id from member_address a join outbox o on o.address_id = a.address_id
                     where a.group_id = p_group and a.member_id = p_member and o.broadcast_id is not null and o.lane = 1 and o.state = 'sent'
                       -- On a telephone of several members it came to all of them, whoever it was written to.
                       and o.sent_at > now() - interval '48 hours'
                     order by o.sent_at desc limit 1)));
end $$;

-- The message of ours that she marked, when it is of a conversation with the staff of her programme.
create function "marked_talk"(p_address uuid, p_group uuid, p_sent_id text) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object('answering', answers_heard(o.broadcast_id))
    from (select * from outbox where address_id = p_address and kind = 'talk'
          union all
          select * from outbox where address_id = p_address and state = 'sent' and lane = 1 and broadcast_id is not null) o
    join savings_group s on s.id = o.group_id join savings_group g on g.id = p_group and g.programme_id = s.programme_id
   where p_sent_id = any (string_to_array(o.sent_id, ',')) limit 1);
end $$;

create function "talks_waiting"(p_programme uuid) returns integer language plpgsql stable as $$
begin
  return (select count(*) from talk t join data_key k on k.id = t.member_id and k.wrapped is not null where t.programme_id = p_programme and t.state = 'open' and t.waits_since is not null);
end $$;

-- A conversation as staff see it in a list. Whose key is gone, or laid aside, has none any more.
create function "talk_summary"(t talk) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object('id', t.id, 'groupId', t.group_id, 'state', t.state, 'openedAt', t.opened_at, 'waitsSince', t.waits_since, 'answeredAt', t.answered_at,
      'member', jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', encode(k.wrapped, 'hex'),
                  'role', m.role, 'language', coalesce(m.language, g.language), 'reach', reach_of(m.group_id, m.id)),
      'group', jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = g.id)),
      'assigned', (select jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id))
                     from staff s where s.id = t.assigned_to))
    from member m join data_key k on k.id = m.id join savings_group g on g.id = m.group_id where m.group_id = t.group_id and m.id = t.member_id);
end $$;

-- The open conversations of a programme behind the first p_skip: who waits longest comes first, who has been answered last.
create function "open_talks"(p_programme uuid, p_limit integer, p_skip integer) returns jsonb language plpgsql stable as $$
declare v_count integer; v_skip integer;
begin
  select count(*) into v_count from talk t join data_key k on k.id = t.member_id and k.wrapped is not null where t.programme_id = p_programme and t.state = 'open';
  -- So many are not open any more: from the first on.
  v_skip := case when p_skip < v_count then p_skip else 0 end;
  return jsonb_build_object('count', v_count, 'skipped', v_skip,
    'first', (select coalesce(jsonb_agg(talk_summary(x.t) order by (x.t).waits_since nulls last, (x.t).opened_at, (x.t).id), '[]')
                from (select t from talk t join data_key k on k.id = t.member_id and k.wrapped is not null where t.programme_id = p_programme and t.state = 'open'
                       order by t.waits_since nulls last, t.opened_at, t.id limit p_limit offset v_skip) x));
end $$;

-- One conversation with its last lines; null when it is not of this programme, or gone.
create function "one_talk"(p_programme uuid, p_talk uuid, p_lines integer) returns jsonb language plpgsql stable as $$
begin
  return (
  select talk_summary(t) || jsonb_build_object(
      'answers', (select jsonb_build_object('id', b.id, 'number', b.number, 'content', encode(b.content, 'hex')) from broadcast b where b.id = t.broadcast_id),
      'canReach', exists (select from member_address ma join address a on a.id = ma.address_id
                           where ma.group_id = t.group_id and ma.member_id = t.member_id and a.channel <> 'phone' and a.stopped_at is null and a.blocked_at is null),
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'at', l.at, 'body', encode(l.body, 'hex'), 'file', encode(l.file, 'hex'),
                         'by', (select jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id))
                                  from staff s where s.id = l.by_staff)) order by l.at, l.id), '[]')
                  from (select * from talk_line where talk_id = t.id order by at desc, id desc limit p_lines) l))
    from talk t join data_key k on k.id = t.member_id and k.wrapped is not null where t.id = p_talk and t.programme_id = p_programme);
end $$;

-- What was decided about conversations. One that was closed meanwhile takes nothing more: the caller decides again.
create function "commit_talks"(v_group uuid, talks jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  insert into talk (id, programme_id, group_id, member_id, broadcast_id, opened_at, waits_since)
    select id, programme, v_group, member, broadcast, v_now, v_now
      from jsonb_to_recordset(talks->'opened') as o(id uuid, programme uuid, member uuid, broadcast uuid);
  update talk t set waits_since = coalesce(t.waits_since, v_now) from jsonb_to_recordset(talks->'waits') as w(id uuid)
   where t.group_id = v_group and t.id = w.id and t.state = 'open';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(talks->'waits') then perform refuse_stale('talk'); end if;
  update talk t set waits_since = case when l.by is null then coalesce(t.waits_since, v_now) end,
         answered_at = case when l.by is null then t.answered_at else v_now end
    from jsonb_to_recordset(talks->'lines') as l(talk uuid, by uuid) where t.group_id = v_group and t.id = l.talk and t.state = 'open';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(talks->'lines') then perform refuse_stale('talk'); end if;
  -- Of many who answer the same staff hear together. Two who are both the first: the second decides again.
  update broadcast b set answers_told_at = case when l.tells then v_now else b.answers_told_at end, answers_untold = case when l.tells then 0 else b.answers_untold + 1 end
    from jsonb_to_recordset(talks->'lines') as l(answers uuid, tells boolean, was timestamptz)
   where b.id = l.answers and b.programme_id = (select programme_id from savings_group where id = v_group) and (not l.tells or b.answers_told_at is not distinct from l.was);
  get diagnostics v_found = row_count;
  if v_found <> (select count(*) from jsonb_to_recordset(talks->'lines') as l(answers uuid) where l.answers is not null) then perform refuse_stale('talk'); end if;
  update broadcast b set answers_untold = 0 from jsonb_to_recordset(talks->'looked') as l(by uuid) join staff s on s.id = l.by
   where b.programme_id = s.programme_id and b.answers_untold > 0;
  insert into talk_line (talk_id, id, group_id, by_staff, body, file, at)
    select talk, id, v_group, by, decode(body, 'base64'), decode(file, 'hex'), v_now
      from jsonb_to_recordset(talks->'lines') as l(talk uuid, id uuid, by uuid, body text, file text);
  update talk t set assigned_to = a.staff from jsonb_to_recordset(talks->'assigned') as a(id uuid, staff uuid)
   where t.group_id = v_group and t.id = a.id and t.state = 'open';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(talks->'assigned') then perform refuse_stale('talk'); end if;
  update talk t set state = 'closed', closed_at = v_now, closed_by = c.by, waits_since = null from jsonb_to_recordset(talks->'closed') as c(id uuid, by uuid)
   where t.group_id = v_group and t.id = c.id and t.state = 'open';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(talks->'closed') then perform refuse_stale('talk'); end if;
end $$;

-- Messages to many that more have answered since staff heard of it, p_minutes or more ago: how many, and whom to tell. Told by
-- whoever asks: the rows stay locked until that is written.
create function "answers_to_tell"(p_now timestamptz, p_minutes integer) returns jsonb language plpgsql as $$
declare v_due jsonb;
begin
  select jsonb_agg(jsonb_build_object('id', b.id, 'number', b.number, 'count', b.answers_untold, 'staff', staff_contacts(b.programme_id)) order by b.id) into v_due
    from (select * from broadcast where answers_untold > 0 and answers_told_at <= p_now - make_interval(mins => p_minutes) for update skip locked) b;
  update broadcast b set answers_untold = 0, answers_told_at = p_now from jsonb_to_recordset(v_due) as d(id uuid) where b.id = d.id;
  return coalesce(v_due, '[]');
end $$;

-- What was said is kept no longer than it is needed: so many days after the conversation was closed.
create function "forget_talks"(p_days integer) returns void language sql as $$
  delete from talk where state = 'closed' and closed_at < now() - make_interval(days => p_days)
$$;

grant execute on all functions in schema public to comadre_app;
-- What only jobs do.
revoke execute on function "answers_to_tell"(timestamptz, integer) from public, comadre_app;
grant select, insert on "talk", "talk_line" to comadre_app;
grant update ("state", "assigned_to", "waits_since", "answered_at", "closed_at", "closed_by") on "talk" to comadre_app;
