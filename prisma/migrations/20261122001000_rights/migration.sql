-- What a woman may ask about what is kept of her: to have it, to have it right, to have it gone, to allow it or not. Each
-- request is a row with the day by which the law wants it answered. Being forgotten goes in two steps: blocked, at once, and
-- shredded, when the days are over in which she may still come back.

create table "rights_request" (
  "id" uuid primary key,
  "programme_id" uuid not null references "programme"("id"),
  -- What staff call it by; counted in each programme.
  "number" integer not null,
  "group_id" uuid not null,
  "member_id" uuid not null,
  "kind" text not null,
  "state" text not null default 'open',
  -- She asked in the chat, or on paper and an operator wrote it down.
  "source" text not null default 'chat',
  "asked_at" timestamptz(3) not null,
  -- By when she must have an answer, and by when what was promised must be done.
  "answer_by" date not null,
  "carry_out_by" date,
  "closed_at" timestamptz(3),
  -- "self", "job", "operator" or "staff/<id>".
  "closed_by" text,
  -- Her name as she says it is written, sealed for the cell it goes to: member.name.
  "name" bytea,
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "rights_request_kind" check ("kind" in ('access', 'rectification', 'cancellation', 'opposition')),
  constraint "rights_request_state" check ("state" in ('open', 'accepted', 'done', 'refused', 'withdrawn')),
  constraint "rights_request_source" check ("source" in ('chat', 'paper')),
  constraint "rights_request_accepted" check (("state" = 'accepted') <= ("carry_out_by" is not null)),
  constraint "rights_request_closed" check (("state" in ('open', 'accepted')) = ("closed_at" is null) and ("closed_at" is null) = ("closed_by" is null))
);
create unique index "rights_request_number" on "rights_request"("programme_id", "number");
create index "rights_request_member" on "rights_request"("group_id", "member_id");
create index "rights_request_open" on "rights_request"("programme_id", "answer_by") where ("state" in ('open', 'accepted'));

-- Who is blocked, or was shredded. While she is blocked, her key lies under this row's id in data_key, wrapped as every key
-- is, and her own row has none: whatever asks for her name finds that it is gone.
create table "erasure" (
  "id" uuid primary key,
  -- Null: she asked for nothing; she only waited for a leader's yes, or left her group long ago.
  "request_id" uuid references "rights_request"("id"),
  "group_id" uuid not null,
  "member_id" uuid not null,
  -- What she was, for the case that she comes back.
  "role" text not null,
  "blocked_at" timestamptz(3) not null,
  "shred_after" timestamptz(3) not null,
  "undone_at" timestamptz(3),
  "shredded_at" timestamptz(3),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "erasure_role" check ("role" in ('member', 'leader', 'treasurer', 'secretary')),
  constraint "erasure_ends_once" check ("undone_at" is null or "shredded_at" is null),
  constraint "erasure_waits" check ("shred_after" >= "blocked_at")
);
create unique index "erasure_one" on "erasure"("group_id", "member_id") where ("undone_at" is null);
create index "erasure_due" on "erasure"("shred_after") where ("undone_at" is null and "shredded_at" is null);

-- The telephones she wrote from, so that she is known when she writes to come back. They go when she is shredded.
create table "erasure_address" (
  "erasure_id" uuid not null references "erasure"("id"),
  "address_id" uuid not null references "address"("id") on delete cascade,
  primary key ("erasure_id", "address_id")
);
create index "erasure_address_address" on "erasure_address"("address_id");

-- What she allows beyond her book, as it stands; "notice": whether she said yes to the notice of this version, which she was
-- asked about. What is not here was never asked about, or is as it was when she came in. "consent" keeps every yes and no.
create table "member_permission" (
  "group_id" uuid not null,
  "member_id" uuid not null,
  "topic" text not null,
  "given" boolean not null,
  "notice_version" integer not null,
  "at" timestamptz(3) not null,
  primary key ("group_id", "member_id", "topic"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "member_permission_topic" check ("topic" in ('lessons', 'reminders', 'staff', 'notice'))
);

-- A yes or no to one topic belongs to the member who said it, not to all who share her telephone.
alter table "consent" add column "member_id" uuid;
create index "consent_address" on "consent"("address_id");

do $$
declare t text;
begin
  foreach t in array array['rights_request', 'erasure', 'member_permission'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_group on %I to comadre_app using (group_id = app_group()) with check (group_id = app_group())', t);
  end loop;
end $$;
grant select on "member_permission" to comadre_app;

-- Whether a message of this kind may go to her, as she allows: of her book she always hears.
create function "is_allowed"(p_group uuid, p_member uuid, p_kind text) returns boolean language plpgsql stable as $$
begin
  return p_kind not in ('reminder', 'late', 'lesson', 'broadcast') or not exists (
    select from member_permission p where p.group_id = p_group and p.member_id = p_member and not p.given
       and p.topic in ('notice', case p_kind when 'lesson' then 'lessons' when 'broadcast' then 'staff' else 'reminders' end));
end $$;

-- The erasures that wait, of the members who wrote from this address.
create function "waiting_erasures"(p_address uuid, p_now timestamptz) returns jsonb language plpgsql stable security definer set search_path = public as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'until', e.shred_after, 'number', m.number, 'language', coalesce(m.language, g.language), 'timeZone', g.time_zone,
           'group', jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = g.id))) order by e.blocked_at, e.id), '[]')
    from erasure_address ea join erasure e on e.id = ea.erasure_id and e.undone_at is null and e.shredded_at is null and e.shred_after > p_now
    -- Whoever was paid out meanwhile has no place to come back to.
    join member m on m.group_id = e.group_id and m.id = e.member_id and m.state <> 'left' join savings_group g on g.id = e.group_id
   where ea.address_id = p_address);
end $$;

-- What a member allows, which notice she was last asked about, and who is responsible for what is kept.
create function "own_rights"(p_group uuid, p_member uuid) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'programme', (select p.name from savings_group g join programme p on p.id = g.programme_id where g.id = p_group),
    'permissions', (select coalesce(jsonb_object_agg(p.topic, p.given), '{}') from member_permission p where p.group_id = p_group and p.member_id = p_member),
    'lessonsOff', coalesce((select s.off from lesson_setting s where s.group_id = p_group and s.member_id = p_member), false),
    'openNotices', (select coalesce(m.open_notices, p.open_notices) from member m join savings_group g on g.id = m.group_id join programme p on p.id = g.programme_id
                     where m.group_id = p_group and m.id = p_member),
    'safeHours', (select jsonb_build_object('from', m.safe_from, 'until', m.safe_until) from member m where m.group_id = p_group and m.id = p_member and m.safe_from is not null),
    -- Her newest pictures and voices, the oldest of them first.
    'files', (select coalesce(jsonb_agg(encode(f.file, 'hex') order by f.at), '[]')
                from (select l.file, max(l.at) as at from talk t join talk_line l on l.talk_id = t.id
                       where t.group_id = p_group and t.member_id = p_member and l.file is not null group by l.file order by 2 desc limit 10) f));
end $$;

-- The version of the notice that a member was last asked about, by what she said since; the first one, where she said yes on
-- paper or before there were others.
create function "notice_seen"(p_address uuid, p_group uuid, p_member uuid) returns integer language plpgsql stable as $$
begin
  return greatest(1, (select p.notice_version from member_permission p where p.group_id = p_group and p.member_id = p_member and p.topic = 'notice'),
                  (select max(c.notice_version) from consent c where c.address_id = p_address and c.topic = 'book' and c.given
                      and (c.member_id is null or c.member_id = p_member)));
end $$;

-- Requests that staff have to see to, the one that is due first at the top.
create function "open_requests"(p_programme uuid) returns jsonb language plpgsql stable security definer set search_path = public as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'kind', r.kind, 'state', r.state, 'source', r.source, 'askedAt', r.asked_at,
           'due', coalesce(r.carry_out_by, r.answer_by), 'memberId', m.id, 'memberNumber', m.number, 'memberName', encode(m.name, 'hex'), 'groupId', r.group_id,
           'key', (select encode(wrapped, 'hex') from data_key where id = m.id), 'name', encode(r.name, 'hex'),
           'role', m.role, 'language', coalesce(m.language, g.language), 'reach', reach_of(m.group_id, m.id),
           -- Whom a new name concerns: the officers who will read it, and who may be taken for her.
           'officers', case when r.name is not null then (company_facts(g.id))->'officers' end,
           'others', case when r.name is not null then (
             select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', encode(o.name, 'hex'), 'key', encode(k.wrapped, 'hex'))), '[]')
               from member o join data_key k on k.id = o.id and k.wrapped is not null where o.group_id = m.group_id and o.id <> m.id and o.state <> 'left') end,
           'group', jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = g.id)))
           order by coalesce(r.carry_out_by, r.answer_by), r.number), '[]')
    from rights_request r join member m on m.group_id = r.group_id and m.id = r.member_id join savings_group g on g.id = r.group_id
   where (p_programme is null or r.programme_id = p_programme) and r.state in ('open', 'accepted'));
end $$;

-- Makes a member unreadable at once: her key is laid aside, her telephones are hers no more, what waits for her is not sent.
create function "block_member"(p_erasure uuid, p_request uuid, p_group uuid, p_member uuid, p_after timestamptz, p_from uuid, p_by text, p_now timestamptz) returns void
  language plpgsql security definer set search_path = public as $$
begin
  insert into erasure (id, request_id, group_id, member_id, role, blocked_at, shred_after)
    select p_erasure, p_request, group_id, id, role, p_now, p_after from member where group_id = p_group and id = p_member;
  if not found then perform refuse_stale('member'); end if;
  insert into data_key (id, wrapped) select p_erasure, wrapped from data_key where id = p_member and wrapped is not null;
  if not found then perform refuse_stale('member'); end if;
  update data_key set wrapped = null, shredded_at = p_now where id = p_member;
  insert into erasure_address (erasure_id, address_id) select p_erasure, address_id from member_address where group_id = p_group and member_id = p_member;
  delete from member_address where group_id = p_group and member_id = p_member;
  -- Where nobody else uses the telephone, it knows nothing any more of what was said on it.
  -- Counted on, so that a message which is being answered there just now does not write it back; hers from here was counted.
  update address a set session = null, asked = null, asked_at = null, speaks_as = null, invites = false,
         version = a.version + case when a.id = p_from then 0 else 1 end,
         consented_at = case when exists (select from member_address x where x.address_id = a.id) then a.consented_at end
   where a.id in (select address_id from erasure_address where erasure_id = p_erasure);
  perform drop_messages(p_group, p_member, p_now);
  update inbox set body = null where body is not null and address_id in (select address_id from erasure_address where erasure_id = p_erasure);
  update invite set uses_left = 0 where group_id = p_group and member_id = p_member;
  -- Who only waits for a leader's yes waits no more.
  perform leave_office(p_group, p_member, p_now);
  update member m set state = case when m.state <> 'pending' then m.state when was_on_roster(m) then 'invited' else 'left' end
   where group_id = p_group and id = p_member;
  update loan_request set state = 'withdrawn', moved_at = p_now where group_id = p_group and member_id = p_member and state in ('asked', 'approved');
  perform write_audit(p_by, 'member-blocked', 'member/' || p_member, p_now);
end $$;

-- What waits for a member is not sent, and what she was sent has no words any more; nor has what tells others of her while she is
-- at the door. Who may be in danger is told of all the same.
create function "drop_messages"(p_group uuid, p_member uuid, p_now timestamptz) returns void language plpgsql as $$
begin
  update outbox set state = 'skipped', reason = 'erased', body = null, asked = null
   where group_id = p_group and (member_id = p_member or about_id = p_member and kind <> 'help') and state in ('queued', 'held');
  update outbox set expires_at = p_now where group_id = p_group and (member_id = p_member or about_id = p_member and kind <> 'help') and state = 'sending';
  update outbox set body = null, asked = null where group_id = p_group and (member_id = p_member or about_id = p_member) and state in ('sent', 'skipped', 'failed');
end $$;

-- Somebody who waited for a leader's yes goes: she wants to, is under age, or the leader does not know her. The telephone is
-- nobody's again. A place that was on the roster before is free as it was, with its key: another one may have said that name. A
-- place that was made when she came loses its key at once, and the rest of it within the minute: nobody comes back to it.
create function "newcomer_gone"(p_group uuid, p_member uuid, p_from uuid, p_by text, p_now timestamptz) returns void language plpgsql as $$
declare m member; v_addresses uuid[];
begin
  select * into m from member where group_id = p_group and id = p_member and state = 'pending' for update;
  if m.id is null then perform refuse_stale('member'); end if;
  -- A telephone that a file noted is that of her on the roster.
  v_addresses := array(select a.id from member_address ma join address a on a.id = ma.address_id and a.channel <> 'phone' where ma.group_id = p_group and ma.member_id = p_member);
  delete from member_address where group_id = p_group and member_id = p_member and address_id = any (v_addresses);
  update address a set forget_at = now(), consented_at = null, speaks_as = null, asked = null, asked_at = null
   where a.id = any (v_addresses) and not exists (select from member_address x where x.address_id = a.id);
  update address set session = null, version = version + 1 where id = any (v_addresses) and id <> p_from;
  update inbox set body = null where body is not null and address_id = any (v_addresses);
  delete from talk where group_id = p_group and member_id = p_member;
  perform drop_messages(p_group, p_member, p_now);
  if was_on_roster(m) then
    update member set state = 'invited' where group_id = p_group and id = p_member;
  else
    update data_key set wrapped = null, shredded_at = p_now where id = p_member;
    update member set state = 'left' where group_id = p_group and id = p_member;
    insert into erasure (id, group_id, member_id, role, blocked_at, shred_after) values (new_id(), p_group, p_member, m.role, p_now, p_now);
  end if;
  perform write_audit(p_by, 'newcomer-gone', 'member/' || p_member, p_now);
end $$;

-- She came back in time: everything is hers again. An office that somebody else has by now is not.
create function "unblock_member"(p_erasure uuid, p_by text, p_now timestamptz) returns void language plpgsql security definer set search_path = public as $$
declare e erasure;
begin
  select * into e from erasure where id = p_erasure and undone_at is null and shredded_at is null and shred_after > p_now for update;
  if e.id is null or exists (select from member m where m.group_id = e.group_id and m.id = e.member_id and m.state = 'left') then perform refuse_stale('erasure'); end if;
  update data_key set wrapped = (select k.wrapped from data_key k where k.id = e.id), shredded_at = null where id = e.member_id;
  delete from data_key where id = e.id;
  insert into member_address (address_id, group_id, member_id) select address_id, e.group_id, e.member_id from erasure_address where erasure_id = e.id on conflict do nothing;
  update address set forget_at = null, consented_at = coalesce(consented_at, p_now), version = version + 1 where id in (select address_id from erasure_address where erasure_id = e.id);
  perform change_role(e.group_id, e.member_id, e.role, null, p_now)
    where not exists (select from member o where o.group_id = e.group_id and o.id <> e.member_id and o.role = e.role and o.state = 'active');
  delete from erasure_address where erasure_id = e.id;
  update erasure set undone_at = p_now where id = e.id;
  update rights_request set state = 'withdrawn', closed_at = p_now, closed_by = 'self' where id = e.request_id and state in ('open', 'accepted');
  perform write_audit(p_by, 'member-unblocked', 'member/' || e.member_id, p_now);
end $$;

-- What names her, or was said by her or about her, is destroyed; her figures stay in the book under her number. Also what was
-- written to others of her group before she was blocked: it may name her.
create function "shred_member"(p_erasure uuid, p_now timestamptz) returns void language plpgsql as $$
declare e erasure;
begin
  select * into e from erasure where id = p_erasure and undone_at is null and shredded_at is null for update skip locked;
  if e.id is null then return; end if;
  update data_key set wrapped = null, shredded_at = p_now where id in (e.id, e.member_id);
  update member set name = '', goal_minor = null, goal_words = null, language = null, reminder_time = null, reminder_weekday = null, safe_from = null, safe_until = null where group_id = e.group_id and id = e.member_id;
  delete from talk where group_id = e.group_id and member_id = e.member_id;
  delete from danger where group_id = e.group_id and member_id = e.member_id;
  delete from lesson_progress where group_id = e.group_id and member_id = e.member_id;
  delete from lesson_setting where group_id = e.group_id and member_id = e.member_id;
  delete from member_permission where group_id = e.group_id and member_id = e.member_id;
  delete from member_pin where group_id = e.group_id and member_id = e.member_id;
  -- What she wanted the money for is nobody's business any more.
  update loan_request set purpose = 'other' where group_id = e.group_id and member_id = e.member_id;
  update rights_request set name = null where group_id = e.group_id and member_id = e.member_id;
  -- Who waited at the door is named in nothing but the question about her, which went with her; of who left long ago no words are kept.
  if e.request_id is not null then perform forget_words_of(e.group_id, e.blocked_at); end if;
  with gone as (
    delete from address a using erasure_address ea where ea.erasure_id = e.id and a.id = ea.address_id
       and not exists (select from member_address x where x.address_id = a.id)
       and not exists (select from staff_address x where x.address_id = a.id)
       and not exists (select from erasure_address x join erasure o on o.id = x.erasure_id
                        where x.address_id = a.id and x.erasure_id <> e.id and o.shredded_at is null and o.undone_at is null)
    returning a.id
  ) update data_key k set wrapped = null, shredded_at = p_now from gone where k.id = gone.id;
  delete from erasure_address where erasure_id = e.id;
  update erasure set shredded_at = p_now where id = e.id;
  update rights_request set state = 'done', closed_at = p_now, closed_by = 'job' where id = e.request_id and state in ('open', 'accepted');
  perform write_audit('job', 'member-shredded', 'member/' || e.member_id, p_now);
end $$;

-- Words to and from a group and its programme's staff that are older than a moment: messages, open questions, parked ones.
create function "forget_words_of"(p_group uuid, p_before timestamptz) returns void language plpgsql as $$
declare v_addresses uuid[] := array(
  select address_id from member_address where group_id = p_group
  union select sa.address_id from savings_group g join staff s on s.programme_id = g.programme_id join staff_address sa on sa.staff_id = s.id where g.id = p_group);
begin
  update outbox set body = null, asked = null where (body is not null or asked is not null) and state in ('sent', 'skipped', 'failed')
     and created_at <= p_before and (group_id = p_group or address_id = any (v_addresses));
  update outbox set state = 'skipped', reason = 'erased', body = null, asked = null where state in ('queued', 'held') and body is not null
     and created_at <= p_before and (group_id = p_group or address_id = any (v_addresses));
  update inbox set body = null where body is not null and received_at <= p_before and address_id = any (v_addresses);
  update address set asked = null, asked_at = null where id = any (v_addresses) and asked_at <= p_before;
  update address set session = null, version = version + 1 where id = any (v_addresses) and session is not null and (heard_at is null or heard_at <= p_before);
end $$;

-- Who left her group so many days ago, or was left over from a file, is forgotten without asking: her key is gone at once, and what
-- it opened is shredded with the next of those that are due.
create function "forget_left"(p_now timestamptz, p_days integer) returns void language plpgsql as $$
declare m record;
begin
  for m in select x.group_id, x.id from member x join data_key k on k.id = x.id and k.wrapped is not null
            where x.state = 'left' and coalesce(x.left_on, x.created_at::date) < p_now::date - p_days loop
    perform block_member(new_id(), null, m.group_id, m.id, p_now, null, 'job', p_now);
  end loop;
end $$;

-- The erasures whose days are over.
create function "erasures_due"(p_now timestamptz, p_limit integer) returns table (id uuid) language sql stable as $$
  select id from erasure where undone_at is null and shredded_at is null and shred_after <= p_now order by shred_after, id limit p_limit
$$;

-- What was decided about what is kept of somebody: requests, what she allows, being forgotten, coming back.
create function "commit_rights"(v_group uuid, v_address uuid, rights jsonb, v_now timestamptz) returns void
  language plpgsql security definer set search_path = public as $$
declare asked record; moved record; blocked record; gone record; undone record; v_programme uuid;
begin
  for asked in select * from jsonb_to_recordset(rights->'asked') as a(id uuid, member uuid, in_group uuid, kind text, done boolean, answer_by date, name text, source text) loop
    select programme_id into v_programme from savings_group where id = coalesce(asked.in_group, v_group);
    perform pg_advisory_xact_lock(hashtext('rights/' || v_programme));
    insert into rights_request (id, programme_id, number, group_id, member_id, kind, state, source, asked_at, answer_by, name, closed_at, closed_by)
      select asked.id, v_programme, coalesce((select max(number) from rights_request where programme_id = v_programme), 0) + 1, coalesce(asked.in_group, v_group), asked.member, asked.kind,
             case when asked.done then 'done' else 'open' end, coalesce(asked.source, 'chat'), v_now, asked.answer_by, decode(asked.name, 'base64'),
             case when asked.done then v_now end, case when asked.done then 'self' end;
  end loop;
  for moved in select * from jsonb_to_recordset(rights->'moved') as m(id uuid, state text, who text, programme uuid) loop
    update member m set name = r.name from rights_request r
     where r.id = moved.id and r.kind = 'rectification' and r.name is not null and r.state = 'open' and moved.state = 'done' and m.group_id = r.group_id and m.id = r.member_id;
    update rights_request set state = moved.state, closed_at = v_now, closed_by = moved.who, name = null
     where id = moved.id and programme_id = moved.programme and state = 'open';
    if not found then perform refuse_stale('request'); end if;
    perform write_audit(moved.who, 'request-' || moved.state, 'request/' || moved.id, v_now);
  end loop;
  insert into member_permission as p (group_id, member_id, topic, given, notice_version, at)
    select v_group, member, topic, given, version, v_now from jsonb_to_recordset(rights->'permissions') as x(member uuid, topic text, given boolean, version int)
    on conflict (group_id, member_id, topic) do update set given = excluded.given, notice_version = excluded.notice_version, at = excluded.at;
  insert into consent (id, address_id, member_id, topic, given, notice_version, language, at)
    select new_id(), v_address, member, case topic when 'notice' then 'book' else topic end, given, version, language, v_now
      from jsonb_to_recordset(rights->'permissions') as x(member uuid, topic text, given boolean, version int, language text, said boolean) where said;
  for blocked in select * from jsonb_to_recordset(rights->'blocked') as b(id uuid, request uuid, member uuid, in_group uuid, after timestamptz, who text, carry_out_by date) loop
    update rights_request set state = 'accepted', carry_out_by = blocked.carry_out_by where id = blocked.request;
    perform block_member(blocked.id, blocked.request, coalesce(blocked.in_group, v_group), blocked.member, blocked.after, v_address, blocked.who, v_now);
  end loop;
  for gone in select * from jsonb_to_recordset(rights->'gone') as n(member uuid, who text) loop
    perform newcomer_gone(v_group, gone.member, v_address, gone.who, v_now);
  end loop;
  for undone in select * from jsonb_to_recordset(rights->'undone') as u(id uuid) loop
    -- Only from a telephone of hers.
    if not exists (select from erasure_address where erasure_id = undone.id and address_id = v_address) then perform refuse_stale('erasure'); end if;
    perform unblock_member(undone.id, 'self', v_now);
  end loop;
end $$;

-- As before, but for the telephones of those who may still come back.
create or replace function "forget_strangers"() returns integer language sql as $$
  with gone as (
    delete from address a where a.forget_at < now()
       and not exists (select 1 from member_address ma where ma.address_id = a.id)
       and not exists (select 1 from staff_address sa where sa.address_id = a.id)
       and not exists (select 1 from erasure_address ea where ea.address_id = a.id)
       -- It waits for its day, and for a week at most.
       and not exists (select 1 from recovery r where r.address_id = a.id and r.state = 'held' and r.at > now() - interval '8 days')
       and not exists (select 1 from outbox o where o.address_id = a.id and o.state in ('queued', 'sending'))
    returning a.id
  ), keys as (
    delete from data_key k using gone where k.id = gone.id
  ) select count(*)::integer from gone
$$;

-- As before, for as many days as the programme keeps words. What has gone out is not needed after two days, whatever it keeps.
drop function "forget_words"();
create function "forget_words"(p_days integer) returns void language sql as $$
  update outbox set state = 'skipped', reason = 'too-old', body = null, asked = null where state = 'held' and expires_at < now();
  update outbox set body = null where body is not null and state = 'sent' and sent_at < now() - interval '2 days';
  update outbox set body = null where body is not null and state in ('sent', 'skipped', 'failed') and created_at < now() - make_interval(days => p_days);
  update inbox set body = null where body is not null and received_at < now() - make_interval(days => p_days);
$$;

-- When she did or signed something in the group's books, as an officer or as who says the second word; nothing of whom it was about.
create function "acts_of"(p_group uuid, p_member uuid) returns table ("at" timestamptz) language plpgsql stable as $$
begin
  return query
    select e.created_at::timestamptz from journal_entry e where e.group_id = p_group and p_member in (e.author_id, e.witness_id)
    union all select p.created_at from payment p where p.group_id = p_group and p_member in (p.reported_by, p.first_signer, p.decided_by)
    union all select r.created_at from group_rules r where r.group_id = p_group and p_member in (r.author_id, r.witness_id)
    union all select c.created_at from cycle c where c.group_id = p_group and c.proposed_by = p_member
    union all select i.created_at from invite i where i.group_id = p_group and i.made_by = p_member
    union all select p.created_at from loan_plan p where p.group_id = p_group and p_member in (p.proposed_by, p.witness_id)
    union all select r.created_at from loan_request r where r.group_id = p_group and p_member in (r.asked_by, r.decided_by, r.handed_by)
    union all select t.opened_at from meeting t where t.group_id = p_group and p_member in (t.opened_by, t.counted_by, t.witness_id)
    union all select f.created_at from member_fine f where f.group_id = p_group and f.set_by = p_member
    union all select c.created_at from cover c where c.group_id = p_group and p_member in (c.proposed_by, c.witness_id)
    union all select d.begun_at from draw d where d.group_id = p_group and p_member in (d.begun_by, d.opened_by)
    union all select o.created_at from tanda_order o where o.group_id = p_group and o.kind <> 'swap' and p_member in (o.proposed_by, o.witness_id)
    union all select o.created_at from tanda_payout o where o.group_id = p_group and p_member in (o.proposed_by, o.witness_id)
    union all select o.created_at from money_out o where o.group_id = p_group and p_member in (o.proposed_by, o.seconded_by, o.witness_id)
    union all select w.created_at from second_word w where w.group_id = p_group and p_member in (w.proposed_by, w.witness_id)
    union all select r.created_at from recovery r where r.group_id = p_group and p_member in (r.vouched_by, r.witness_id)
    union all select d.decided_at from dispute d where d.group_id = p_group and d.decided_by = p_member and d.decided_at is not null
    union all select a.recorded_at from attendance a where a.group_id = p_group and a.recorded_by = p_member
    union all select a.corrected_at from attendance_correction a where a.group_id = p_group and p_member in (a.recorded_by, a.corrected_by)
    union all select l.opened_at from lesson_reading l where l.group_id = p_group and l.opened_by = p_member;
end $$;

-- What became of a member beside her money: what was changed, asked and decided about her, and what she decided herself.
create function "person_records"(m member, p_zone text) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'rollWas', (select coalesce(jsonb_agg(jsonb_build_object('on', a.meeting_on, 'was', a.was, 'at', a.corrected_at) order by a.corrected_at, a.meeting_on), '[]') from attendance_correction a where a.group_id = m.group_id and a.member_id = m.id),
    'covered', (select coalesce(jsonb_agg(jsonb_build_object('at', c.created_at, 'amount', c.gap_minor::text, 'kind', c.kind, 'state', c.state) order by c.created_at, c.id), '[]') from cover c where c.group_id = m.group_id and c.debtor_id = m.id),
    'shares', (select coalesce(jsonb_agg(jsonb_build_object('at', c.created_at, 'amount', s.amount_minor::text, 'state', c.state) order by c.created_at, c.id, s.n), '[]')
                 from cover_share s join cover c on c.group_id = s.group_id and c.id = s.cover_id where s.group_id = m.group_id and s.member_id = m.id),
    'refunds', (select coalesce(jsonb_agg(jsonb_build_object('on', e.occurred_on, 'amount', r.amount_minor::text, 'gave', r.debtor_id = m.id) order by e.seq, r.n), '[]')
                  from cover_refund r join journal_entry e on e.group_id = r.group_id and e.id = r.entry_id where r.group_id = m.group_id and m.id in (r.debtor_id, r.member_id)),
    'askedForHer', (select coalesce(jsonb_agg(jsonb_build_object('at', r.created_at, 'amount', r.amount_minor::text, 'purpose', r.purpose, 'n', r.instalments, 'state', r.state) order by r.created_at, r.id), '[]')
                      from loan_request r where r.group_id = m.group_id and r.member_id = m.id and r.asked_by is not null),
    'plans', (select coalesce(jsonb_agg(jsonb_build_object('at', p.created_at, 'n', p.instalments, 'firstDue', p.first_due, 'state', p.state) order by p.created_at, p.id), '[]')
                from loan_plan p join loan l on l.group_id = p.group_id and l.id = p.loan_id where l.group_id = m.group_id and l.member_id = m.id),
    'swaps', (select coalesce(jsonb_agg(jsonb_build_object('at', o.created_at, 'asked', o.proposed_by = m.id, 'state', o.state) order by o.created_at, o.id), '[]')
                from tanda_order o where o.group_id = m.group_id and o.kind = 'swap' and m.id in (o.proposed_by, o.other_id)),
    'turns', (select coalesce(jsonb_agg(jsonb_build_object('at', o.created_at, 'places', (select jsonb_agg(t.place order by t.place) from jsonb_array_elements_text(o.turns) with ordinality t(number, place) where t.number = m.number::text), 'state', o.state) order by o.created_at, o.id), '[]')
                from tanda_order o where o.group_id = m.group_id and o.turns @> to_jsonb(m.number)),
    'owedBefore', (select coalesce(jsonb_agg(jsonb_build_object('round', (x->>'round')::int, 'amount', x->>'minor') order by (x->>'round')::int), '[]')
                     from tanda_order o, jsonb_array_elements(o.owed_before) x where o.group_id = m.group_id and x->>'number' = m.number::text),
    'draws', (select coalesce(jsonb_agg(jsonb_build_object('at', d.begun_at, 'places', coalesce((select jsonb_agg(t.place order by t.place) from jsonb_array_elements_text(d.drawn) with ordinality t(number, place) where t.number = m.number::text), '[]'), 'state', d.state) order by d.begun_at, d.id), '[]')
                from draw d where d.group_id = m.group_id and (d.members @> to_jsonb(m.number) or d.lots @> to_jsonb(m.number))),
    -- Also of payments of hers that were taken back or corrected, which name her by the payment.
    'words', (select coalesce(jsonb_agg(jsonb_build_object('at', w.created_at, 'kind', w.kind, 'amount', w.amount_minor::text, 'state', w.state) order by w.created_at, w.id), '[]')
                from second_word w where w.group_id = m.group_id
                 and (w.member_id = m.id or exists (select from payment p where p.group_id = m.group_id and p.member_id = m.id and w.payments ? p.id::text))),
    'telephones', (select coalesce(jsonb_agg(jsonb_build_object('at', r.at, 'state', r.state, 'contested', r.contested) order by r.at, r.id), '[]') from recovery r where r.group_id = m.group_id and r.member_id = m.id),
    'elections', (select coalesce(jsonb_agg(jsonb_build_object('at', e.created_at, 'office', e.office, 'herself', e.candidate_id = m.id, 'state', e.state) order by e.created_at, e.id), '[]')
                    from election e where e.group_id = m.group_id and m.id in (e.candidate_id, e.proposed_by)),
    'offices', (select coalesce(jsonb_agg(jsonb_build_object('at', c.at, 'was', c.was, 'role', c.role) order by c.n), '[]') from office_change c where c.group_id = m.group_id and c.member_id = m.id),
    'signatures', (select coalesce(jsonb_agg(jsonb_build_object('at', s.decided_at, 'state', s.state)), '[]') from opening_signature s where s.group_id = m.group_id and s.member_id = m.id),
    -- What the telephone itself knows: when it was last heard, and whether BAJA was written on it.
    'heard', (select coalesce(jsonb_agg(jsonb_build_object('at', a.heard_at, 'stopped', a.stopped_at) order by ma.created_at, a.id), '[]')
                from member_address ma join address a on a.id = ma.address_id where ma.group_id = m.group_id and ma.member_id = m.id),
    'codes', (select coalesce(jsonb_agg(jsonb_build_object('at', i.created_at) order by i.created_at, i.id), '[]') from invite i where i.group_id = m.group_id and i.member_id = m.id),
    -- She asked to be forgotten, or left; and came back.
    'erasures', (select coalesce(jsonb_agg(jsonb_build_object('at', e.blocked_at, 'back', e.undone_at) order by e.blocked_at, e.id), '[]') from erasure e where e.group_id = m.group_id and e.member_id = m.id),
    'files', (select coalesce(jsonb_agg(jsonb_build_object('at', l.at, 'hers', l.by_staff is null, 'mime', f.mime, 'bytes', length(f.bytes)) order by l.at, l.id), '[]')
                from talk t join talk_line l on l.talk_id = t.id join media f on f.hash = l.file where t.group_id = m.group_id and t.member_id = m.id),
    -- That somebody may be in danger is in no file.
    'told', (select coalesce(jsonb_agg(jsonb_build_object('day', x.day, 'count', x.n) order by x.day), '[]')
               from (select (o.created_at at time zone p_zone)::date as day, count(*)::int as n from outbox o where o.group_id = m.group_id and o.about_id = m.id and o.kind <> 'help' group by 1) x),
    'acts', (select coalesce(jsonb_agg(jsonb_build_object('day', x.day, 'count', x.n) order by x.day), '[]')
               from (select (a.at at time zone p_zone)::date as day, count(*)::int as n from acts_of(m.group_id, m.id) a group by 1) x));
end $$;

-- Everything that is kept of one member, as rows: sealed values with the key they open with. Of others, nothing but amounts.
create function "person_facts"(p_group uuid, p_member uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object(
    'member', jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = m.id),
      'role', m.role, 'state', m.state, 'language', m.language, 'joinedOn', m.joined_on, 'leftOn', m.left_on, 'consentedAt', m.consented_at, 'reminders', m.reminders,
      'reminderTime', m.reminder_time, 'reminderWeekday', m.reminder_weekday, 'openNotices', m.open_notices, 'safeFrom', m.safe_from, 'safeUntil', m.safe_until, 'goal', m.goal_minor::text, 'goalWords', encode(m.goal_words, 'hex'), 'createdAt', m.created_at,
      'discreet', m.discreet, 'hasPin', exists (select from member_pin n where n.group_id = m.group_id and n.member_id = m.id)),
    'group', jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = g.id), 'currency', g.currency, 'language', g.language, 'timeZone', g.time_zone),
    'programme', (select p.name from programme p where p.id = g.programme_id),
    'addresses', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'channel', a.channel, 'value', encode(a.value, 'hex'), 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = a.id), 'since', ma.created_at) order by ma.created_at, a.id), '[]')
                    from member_address ma join address a on a.id = ma.address_id where ma.group_id = m.group_id and ma.member_id = m.id),
    'consents', (select coalesce(jsonb_agg(jsonb_build_object('topic', c.topic, 'given', c.given, 'version', c.notice_version, 'at', c.at) order by c.at, c.id), '[]')
                   from consent c where c.member_id = m.id or (c.member_id is null and c.address_id in (select ma.address_id from member_address ma where ma.group_id = m.group_id and ma.member_id = m.id))),
    'permissions', (select coalesce(jsonb_object_agg(x.topic, x.given), '{}') from member_permission x where x.group_id = m.group_id and x.member_id = m.id),
    'movements', (select coalesce(jsonb_agg(jsonb_build_object('seq', x.seq::text, 'on', x.occurred_on, 'kind', x.kind, 'account', x.account, 'delta', x.delta::text) order by x.seq, x.account), '[]')
                    from (select e.seq, e.occurred_on, e.kind, a.account, sum(case when p.debit = a.name then p.amount_minor else -p.amount_minor end) as delta
                            from (select 'savings' as account, 'savings/' || m.id as name union all
                                  select 'loan', k.kind || l.id from loan l, (values ('loan/'), ('interest/'), ('late-fee/')) k(kind) where l.group_id = m.group_id and l.member_id = m.id union all
                                  select 'cover', 'cover/' || m.id union all select 'covered', 'covered/' || m.id union all
                                  select 'turn', t.name from account t where t.group_id = m.group_id and t.name like 'round/%/' || m.id) a
                            join posting p on p.group_id = m.group_id and (p.debit = a.name or p.credit = a.name)
                            join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id group by e.seq, e.occurred_on, e.kind, a.account) x),
    'payments', (select coalesce(jsonb_agg(jsonb_build_object('on', p.meeting_on, 'state', p.state, 'savings', p.savings_minor::text, 'loan', p.loan_minor::text, 'fine', p.fine_minor::text, 'social', p.social_minor::text,
                         'turn', p.turn_minor::text, 'receipt', (select e.seq::text from journal_entry e where e.group_id = p.group_id and e.id = p.entry_id)) order by p.created_at, p.id), '[]')
                   from payment p where p.group_id = m.group_id and p.member_id = m.id),
    'loans', (select coalesce(jsonb_agg(jsonb_build_object('on', l.disbursed_on, 'state', l.state, 'terms', l.terms) order by l.disbursed_on, l.id), '[]') from loan l where l.group_id = m.group_id and l.member_id = m.id),
    'loanRequests', (select coalesce(jsonb_agg(jsonb_build_object('at', r.created_at, 'amount', r.amount_minor::text, 'purpose', r.purpose, 'n', r.instalments, 'state', r.state) order by r.created_at, r.id), '[]') from loan_request r where r.group_id = m.group_id and r.member_id = m.id and r.asked_by is null),
    'fines', (select coalesce(jsonb_agg(jsonb_build_object('on', f.meeting_on, 'reason', f.reason, 'amount', f.amount_minor::text) order by f.meeting_on, f.id), '[]') from member_fine f where f.group_id = m.group_id and f.member_id = m.id),
    'moneyOut', (select coalesce(jsonb_agg(jsonb_build_object('on', coalesce(o.held_on, (o.created_at at time zone g.time_zone)::date), 'kind', o.kind, 'amount', o.amount_minor::text, 'state', o.state) order by o.created_at, o.id), '[]') from money_out o where o.group_id = m.group_id and o.member_id = m.id),
    'rounds', (select coalesce(jsonb_agg(jsonb_build_object('round', o.round, 'on', o.meeting_on, 'amount', o.amount_minor::text, 'state', o.state) order by o.created_at, o.id), '[]') from tanda_payout o where o.group_id = m.group_id and o.member_id = m.id),
    'attendance', (select coalesce(jsonb_agg(jsonb_build_object('on', a.meeting_on, 'present', a.present) order by a.meeting_on), '[]') from attendance a where a.group_id = m.group_id and a.member_id = m.id),
    'votes', (select coalesce(jsonb_agg(jsonb_build_object('at', v.at, 'yes', v.yes) order by v.at, v.subject_id), '[]') from vote v where v.group_id = m.group_id and v.member_id = m.id),
    'disputes', (select coalesce(jsonb_agg(jsonb_build_object('at', d.opened_at, 'state', d.state) order by d.opened_at, d.id), '[]') from dispute d where d.group_id = m.group_id and d.member_id = m.id),
    'lessons', (select coalesce(jsonb_agg(jsonb_build_object('lessonId', l.lesson_id, 'language', l.language, 'voice', l.voice, 'enrolledAt', l.enrolled_at, 'openedAt', l.opened_at, 'finishedAt', l.finished_at, 'answer', l.first_answer, 'isRight', l.right_first, 'reviewRight', l.review_right, 'did', l.did) order by l.enrolled_at, l.lesson_id), '[]')
                  from lesson_progress l where l.group_id = m.group_id and l.member_id = m.id),
    'lessonWishes', (select jsonb_build_object('off', s.off, 'hour', s.hour, 'days', s.days, 'language', s.language) from lesson_setting s where s.group_id = m.group_id and s.member_id = m.id),
    'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'at', l.at, 'hers', l.by_staff is null, 'body', encode(l.body, 'hex'), 'file', l.file is not null) order by l.at, l.id), '[]')
                from talk t join talk_line l on l.talk_id = t.id where t.group_id = m.group_id and t.member_id = m.id),
    'words', (select coalesce(jsonb_agg(jsonb_build_object('draw', w.draw_id, 'number', w.number, 'at', w.given_at, 'word', encode(w.word, 'hex')) order by w.given_at, w.draw_id), '[]')
                from draw_word w where w.group_id = m.group_id and w.number = m.number),
    'messages', (select coalesce(jsonb_agg(jsonb_build_object('day', x.day, 'kind', x.kind, 'count', x.n) order by x.day, x.kind), '[]')
                   from (select (o.created_at at time zone g.time_zone)::date as day, o.kind, count(*)::int as n from outbox o where o.group_id = m.group_id and o.member_id = m.id group by 1, 2) x),
    'requests', (select coalesce(jsonb_agg(jsonb_build_object('number', r.number, 'kind', r.kind, 'state', r.state, 'at', r.asked_at, 'answerBy', r.answer_by, 'closedAt', r.closed_at, 'name', encode(r.name, 'hex')) order by r.number), '[]') from rights_request r where r.group_id = m.group_id and r.member_id = m.id),
    -- Who looked at it: "staff" is somebody of the programme, whose name is hers.
    'looked', (select coalesce(jsonb_agg(jsonb_build_object('at', a.at, 'by', split_part(a.actor, '/', 1), 'action', a.action) order by a.seq), '[]') from audit a
                where a.subject = 'member/' || m.id or a.subject in (select 'talk/' || t.id from talk t where t.group_id = m.group_id and t.member_id = m.id)
                   or a.subject in (select 'request/' || r.id from rights_request r where r.group_id = m.group_id and r.member_id = m.id)),
    'records', person_records(m, g.time_zone))
    from member m join savings_group g on g.id = m.group_id where m.group_id = p_group and m.id = p_member);
end $$;

grant execute on all functions in schema public to comadre_app;
-- What only jobs and operators do.
revoke execute on function "shred_member"(uuid, timestamptz), "forget_left"(timestamptz, integer), "forget_words_of"(uuid, timestamptz), "person_facts"(uuid, uuid), "person_records"(member, text), "acts_of"(uuid, uuid), "forget_audit"(integer, timestamptz) from public, comadre_app;
