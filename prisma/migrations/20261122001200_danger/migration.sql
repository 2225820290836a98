-- Who asked for a person because she is in danger, and what she and that person write to each other. Apart from the conversations
-- with staff, so that nothing that looks at those ever sees it. Only who is trained for it does: the role is asked here once more
-- of whoever reads or writes, whatever the program asked before.

-- One word that opens the safety card wherever a member writes it.
alter table "programme" add column "safe_word" text;
alter table "programme" add constraint "programme_safe_word" check (char_length("safe_word") between 4 and 20);

-- When who is trained for it is there: days of the week (ISO, Monday is 1) and hours where the programme's first group lives.
-- Without days nobody knows.
alter table "staff" add column "duty_days" smallint[] not null default '{}', add column "duty_from" time(0), add column "duty_to" time(0);
alter table "staff" add constraint "staff_duty" check (
  case when cardinality("duty_days") = 0 then "duty_from" is null and "duty_to" is null
       else "role" = 'safeguarding' and "duty_days" <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]
        and "duty_from" is not null and "duty_to" is not null and "duty_from" < "duty_to" end);

create table "danger" (
  "id" uuid primary key,
  "programme_id" uuid not null references "programme"("id"),
  "group_id" uuid not null,
  "member_id" uuid not null,
  -- Where she asked from: nowhere else is she written to about it.
  "address_id" uuid references "address"("id") on delete set null,
  "state" text not null default 'open',
  -- When it is safe to write to her, as she said, and the moment that is; null: she writes first.
  "safe" text not null,
  "safe_from" timestamptz(3),
  "asked_at" timestamptz(3) not null,
  "assigned_to" uuid references "staff"("id"),
  -- How often those who are trained were told again that nobody looks after her, and when last.
  "reminders" smallint not null default 0,
  "reminded_at" timestamptz(3),
  "closed_at" timestamptz(3),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "danger_state" check ("state" in ('open', 'closed')),
  constraint "danger_safe" check ("safe" in ('now', 'afternoon', 'morning', 'she-writes')),
  constraint "danger_safe_from" check (("safe" = 'she-writes') = ("safe_from" is null)),
  constraint "danger_closed" check (("state" = 'closed') = ("closed_at" is not null))
);
create unique index "danger_one_open" on "danger"("group_id", "member_id") where ("state" = 'open');
create index "danger_waiting" on "danger"("programme_id", "asked_at") where ("state" = 'open');
create index "danger_over" on "danger"("closed_at") where ("state" = 'closed');

-- Sealed under the member's own key, whoever wrote it: it goes when she is forgotten.
create table "danger_line" (
  "danger_id" uuid not null references "danger"("id") on delete cascade,
  "id" uuid not null,
  "group_id" uuid not null,
  -- Null: she wrote it.
  "by_staff" uuid references "staff"("id"),
  "body" bytea not null,
  "at" timestamptz(3) not null,
  primary key ("danger_id", "id")
);

do $$
declare t text;
begin
  foreach t in array array['danger', 'danger_line'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_group on %I to comadre_app using (group_id = app_group()) with check (group_id = app_group())', t);
  end loop;
end $$;

-- The time zone in which duty is meant. It looks at all groups of a programme, which whoever calls it does not, and tells a zone only.
create function "programme_zone"(p_programme uuid) returns text language sql stable security definer set search_path = public as $$
  select g.time_zone from savings_group g where g.programme_id = p_programme order by g.created_at, g.id limit 1
$$;

-- Those of a programme who are trained for it and whom a message reaches, with when they are there.
create function "safeguards"(p_programme uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id), 'language', s.language,
           'days', to_jsonb(s.duty_days), 'from', s.duty_from, 'to', s.duty_to, 'reach', r.reach) order by s.created_at, s.id), '[]')
    from staff s cross join lateral (
      select jsonb_agg(jsonb_build_object('addressId', a.id, 'channel', a.channel) order by a.id) as reach
        from staff_address sa join address a on a.id = sa.address_id
       where sa.staff_id = s.id and a.channel <> 'phone' and a.stopped_at is null and a.blocked_at is null) r
   where s.programme_id = p_programme and s.role = 'safeguarding' and r.reach is not null);
end $$;

create function "danger_lines"(p_danger uuid, p_limit integer) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'at', l.at, 'body', encode(l.body, 'hex'),
           'by', (select jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id))
                    from staff s where s.id = l.by_staff)) order by l.at, l.id), '[]')
    from (select * from danger_line where danger_id = p_danger order by at desc, id desc limit p_limit) l);
end $$;

-- For herself: who there is, and what she asked for last. On another telephone of hers nothing of it is shown.
create function "own_danger"(p_group uuid, p_member uuid, p_address uuid) returns jsonb language plpgsql stable as $$
declare v_programme uuid := (select programme_id from savings_group where id = p_group); d danger;
begin
  select * into d from danger where group_id = p_group and member_id = p_member order by state = 'open' desc, asked_at desc limit 1;
  return jsonb_build_object('people', safeguards(v_programme), 'timeZone', programme_zone(v_programme),
    'last', case when d.id is not null then jsonb_build_object('id', d.id, 'state', d.state, 'assignedTo', d.assigned_to,
              'lines', case when d.address_id = p_address then danger_lines(d.id, 10) else '[]' end) end);
end $$;

-- As it is shown in the list: nobody's name. The programme of who looks, and none where she is not trained for it.
create function "danger_summary"(d danger) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object('id', d.id, 'state', d.state, 'askedAt', d.asked_at, 'safe', d.safe, 'safeFrom', d.safe_from,
    'timeZone', (select time_zone from savings_group where id = d.group_id),
    'assigned', (select jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id))
                   from staff s where s.id = d.assigned_to));
end $$;

create function "safeguarding_programme"(p_staff uuid) returns uuid language sql stable as $$
  select programme_id from staff where id = p_staff and role = 'safeguarding'
$$;

-- The open ones, the oldest first. Whose key is laid aside asked to be forgotten.
create function "open_dangers"(p_staff uuid, p_limit integer) returns jsonb language plpgsql stable as $$
declare v_programme uuid := safeguarding_programme(p_staff);
begin
  return jsonb_build_object(
    'count', (select count(*) from danger d join data_key k on k.id = d.member_id and k.wrapped is not null where d.programme_id = v_programme and d.state = 'open'),
    'first', (select coalesce(jsonb_agg(danger_summary(x.d) order by (x.d).asked_at, (x.d).id), '[]')
                from (select d from danger d join data_key k on k.id = d.member_id and k.wrapped is not null
                       where d.programme_id = v_programme and d.state = 'open' order by d.asked_at, d.id limit p_limit) x));
end $$;

-- One of them with its last lines; null when it is gone, or not for who looks.
create function "one_danger"(p_staff uuid, p_danger uuid, p_lines integer) returns jsonb language plpgsql stable as $$
begin
  return (
  select danger_summary(d) || jsonb_build_object('groupId', g.id,
      'group', jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = g.id)),
      'member', jsonb_build_object('id', m.id, 'name', encode(m.name, 'hex'), 'key', encode(k.wrapped, 'hex'), 'role', m.role, 'language', coalesce(m.language, g.language),
        -- Where she asked, as long as that is hers.
        'reach', (select coalesce(jsonb_agg(jsonb_build_object('addressId', a.id, 'channel', a.channel)), '[]')
                    from member_address ma join address a on a.id = ma.address_id
                   where ma.group_id = d.group_id and ma.member_id = d.member_id and a.id = d.address_id and a.blocked_at is null)),
      -- After BAJA she is not told that something waits: she looks herself.
      'stopped', coalesce((select a.stopped_at is not null from address a where a.id = d.address_id), false),
      'lines', danger_lines(d.id, p_lines))
    from danger d join member m on m.group_id = d.group_id and m.id = d.member_id join data_key k on k.id = m.id and k.wrapped is not null
    join savings_group g on g.id = d.group_id
   where d.id = p_danger and d.programme_id = safeguarding_programme(p_staff));
end $$;

-- What was decided about them. One that was closed meanwhile takes nothing more, and nothing is taken from staff who are not
-- trained for it: the caller decides again.
create function "commit_dangers"(v_group uuid, dangers jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  insert into danger (id, programme_id, group_id, member_id, address_id, safe, safe_from, asked_at)
    select a.id, g.programme_id, v_group, a.member, a.address, a.safe, a.safe_from, v_now
      from jsonb_to_recordset(dangers->'asked') as a(id uuid, member uuid, address uuid, safe text, safe_from timestamptz) join savings_group g on g.id = v_group
    -- She asks again: when it is safe now, and where.
    on conflict (group_id, member_id) where state = 'open' do update set safe = excluded.safe, safe_from = excluded.safe_from, address_id = excluded.address_id;
  insert into danger_line (danger_id, id, group_id, by_staff, body, at)
    select d.id, l.id, d.group_id, l.by, decode(l.body, 'base64'), v_now
      from jsonb_to_recordset(dangers->'lines') as l(danger uuid, id uuid, by uuid, body text)
      join danger d on d.group_id = v_group and d.id = l.danger and d.state = 'open'
     where l.by is null or safeguarding_programme(l.by) = d.programme_id;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(dangers->'lines') then perform refuse_stale('danger'); end if;
  update danger d set assigned_to = a.staff from jsonb_to_recordset(dangers->'assigned') as a(id uuid, staff uuid)
   where d.group_id = v_group and d.id = a.id and d.state = 'open' and safeguarding_programme(a.staff) = d.programme_id;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(dangers->'assigned') then perform refuse_stale('danger'); end if;
  update danger d set state = 'closed', closed_at = v_now from jsonb_to_recordset(dangers->'closed') as c(id uuid, by uuid)
   where d.group_id = v_group and d.id = c.id and d.state = 'open' and (c.by is null or safeguarding_programme(c.by) = d.programme_id);
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(dangers->'closed') then perform refuse_stale('danger'); end if;
  update danger d set reminders = d.reminders + 1, reminded_at = v_now from jsonb_to_recordset(dangers->'reminded') as r(id uuid, was smallint)
   where d.group_id = v_group and d.id = r.id and d.state = 'open' and d.assigned_to is null and d.reminders = r.was;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(dangers->'reminded') then perform refuse_stale('danger'); end if;
end $$;

-- Those that nobody looks after, with whom to tell again.
create function "dangers_waiting"(p_most integer) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'groupId', d.group_id, 'askedAt', d.asked_at, 'reminders', d.reminders, 'remindedAt', d.reminded_at,
           'timeZone', programme_zone(d.programme_id), 'people', safeguards(d.programme_id)) order by d.asked_at, d.id), '[]')
    from danger d join data_key k on k.id = d.member_id and k.wrapped is not null
   where d.state = 'open' and d.assigned_to is null and d.reminders < p_most);
end $$;

-- Everything of it goes so many days after it was closed. That somebody looked stays in the audit, which names nobody.
create function "forget_dangers"(p_days integer) returns void language sql as $$
  delete from danger where state = 'closed' and closed_at < now() - make_interval(days => p_days)
$$;

-- What only jobs do.
revoke execute on function "dangers_waiting"(integer), "forget_dangers"(integer) from public, comadre_app;
grant select, insert on "danger", "danger_line" to comadre_app;
grant update ("state", "safe", "safe_from", "address_id", "assigned_to", "reminders", "reminded_at", "closed_at") on "danger" to comadre_app;
