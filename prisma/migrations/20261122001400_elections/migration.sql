-- Offices change hands by a vote of all members and the yes of her who was elected, and by nothing else.

-- Who is proposed for which office. open: the members vote; accepted: they said yes, and she is asked; done: the office is hers.
create table "election" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "office" text not null,
  "candidate_id" uuid not null,
  "proposed_by" uuid not null,
  "state" text not null default 'open',
  -- Since when it is in that state.
  "at" timestamptz(3) not null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "candidate_id") references "member"("group_id", "id"),
  foreign key ("group_id", "proposed_by") references "member"("group_id", "id"),
  constraint "election_office" check ("office" in ('leader', 'treasurer', 'secretary')),
  constraint "election_state" check ("state" in ('open', 'accepted', 'done', 'refused', 'declined', 'expired'))
);
create unique index "election_one_open" on "election"("group_id") where ("state" in ('open', 'accepted'));
create index "election_due" on "election"("at") where ("state" in ('open', 'accepted'));

-- Every office that changed hands, one after the other: by an election, or with the member who was forgotten or came back.
create table "office_change" (
  "group_id" uuid not null references "savings_group"("id"),
  "n" integer not null,
  "member_id" uuid not null,
  "was" text not null,
  "role" text not null,
  "election_id" uuid,
  "at" timestamptz(3) not null,
  primary key ("group_id", "n"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  foreign key ("group_id", "election_id") references "election"("group_id", "id"),
  constraint "office_change_role" check ("was" <> "role" and "was" in ('member', 'leader', 'treasurer', 'secretary') and "role" in ('member', 'leader', 'treasurer', 'secretary'))
);
create index "office_change_member" on "office_change"("group_id", "member_id", "n");
create trigger "office_change_append_only" before update or delete on "office_change" for each row execute function "refuse_change"();

-- What was decided is not decided again.
create function "election_goes_on"() returns trigger language plpgsql as $$
begin
  if old.state not in ('open', 'accepted') or (new.state = 'open') or (new.group_id, new.id, new.office, new.candidate_id, new.proposed_by)
      is distinct from (old.group_id, old.id, old.office, old.candidate_id, old.proposed_by) then
    raise exception 'what is % is not changed', old.state using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "election_one_way" before update on "election" for each row execute function "election_goes_on"();
create trigger "election_kept" before delete on "election" for each row execute function "refuse_change"();

do $$
declare t text;
begin
  foreach t in array array['election', 'office_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_group on %I to comadre_app using (group_id = app_group()) with check (group_id = app_group())', t);
  end loop;
end $$;
grant select on "election", "office_change" to comadre_app;

-- Nobody's role is changed but to what was written down of it just now.
create function "role_is_given"() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if not exists (select from office_change c where c.group_id = new.group_id and c.member_id = new.id and c.was = old.role and c.role = new.role
                    and c.n = (select max(x.n) from office_change x where x.group_id = new.group_id and x.member_id = new.id)) then
    raise exception 'an office changes hands by an election' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "member_role_given" before update of "role" on "member" for each row when (old."role" is distinct from new."role") execute function "role_is_given"();

create function "change_role"(p_group uuid, p_member uuid, p_role text, p_election uuid, p_now timestamptz) returns void language plpgsql as $$
declare v_was text;
begin
  select role into v_was from member where group_id = p_group and id = p_member for update;
  if v_was is null or v_was = p_role then return; end if;
  insert into office_change (group_id, n, member_id, was, role, election_id, at)
    select p_group, coalesce(max(n), 0) + 1, p_member, v_was, p_role, p_election, p_now from office_change where group_id = p_group;
  update member set role = p_role where group_id = p_group and id = p_member;
  if p_role = 'member' then perform let_go_of_office(p_group, p_member, p_now); end if;
  perform write_audit('self', 'office-' || p_role, 'member/' || p_member, p_now);
end $$;

-- What she asked for as an officer and nobody has answered ends with her office: nobody says the second word to it any more. What is
-- in the book stays, and what she said as a member of what is hers.
create function "let_go_of_office"(p_group uuid, p_member uuid, p_now timestamptz) returns void language plpgsql as $$
begin
  update second_word set state = 'lapsed' where group_id = p_group and proposed_by = p_member and state = 'proposed';
  update money_out set state = 'refused' where group_id = p_group and (proposed_by = p_member or seconded_by = p_member) and state in ('proposed', 'seconded');
  update tanda_order set state = 'refused', moved_at = p_now where group_id = p_group and proposed_by = p_member and kind = 'agreement' and state = 'proposed';
  update loan_plan set state = 'refused' where group_id = p_group and proposed_by = p_member and state = 'proposed';
  update cover set state = 'refused' where group_id = p_group and proposed_by = p_member and state = 'proposed';
  update cycle set proposed_by = null where group_id = p_group and proposed_by = p_member and closed_at is null;
  -- A count that another officer has not said too is none.
  update meeting set state = 'open' where group_id = p_group and counted_by = p_member and state = 'differs';
  -- Who said herself that she paid said so: another officer is asked about it. A list that nobody else counted counts no more.
  update payment set state = case when reported_by = member_id and member_id <> p_member then 'reported' else 'expired' end, first_signer = null
   where group_id = p_group and first_signer = p_member and state = 'signed';
end $$;

-- Whoever is forgotten leaves her office, and is no longer proposed for one.
create function "leave_office"(p_group uuid, p_member uuid, p_now timestamptz) returns void language plpgsql as $$
begin
  perform change_role(p_group, p_member, 'member', null, p_now);
  update election set state = 'expired', at = p_now where group_id = p_group and candidate_id = p_member and state in ('open', 'accepted');
end $$;

-- What one of a group may know of its elections: the one that is open, who holds an office, and when the last one that she proposed
-- ended without a change.
create function "election_facts"(p_group uuid, p_member uuid) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'open', (select jsonb_build_object('id', e.id, 'office', e.office, 'by', e.proposed_by, 'state', e.state, 'here', m.state = 'active',
                 'candidate', contact_facts(m, reach_of(m.group_id, m.id)), 'votes', votes_on(p_group, e.id), 'hands', hands_on(p_group, e.id),
                 'cast', (select count(*) from vote v where v.group_id = p_group and v.subject_id = e.id))
               from election e join member m on m.group_id = e.group_id and m.id = e.candidate_id
              where e.group_id = p_group and e.state in ('open', 'accepted')),
    'holders', (select coalesce(jsonb_agg(contact_facts(m, reach_of(m.group_id, m.id)) order by m.number), '[]')
                  from member m where m.group_id = p_group and m.role <> 'member' and m.state <> 'left'),
    'endedAt', (select max(e.at) from election e where e.group_id = p_group and e.proposed_by = p_member and e.state in ('refused', 'expired')));
end $$;

-- What was decided about offices. Each step must find what it was decided on; a vote counts only beside those that were known, so that of
-- two at once the one that decides it knows of the other.
create function "commit_elections"(v_group uuid, elections jsonb, v_now timestamptz) returns void
  language plpgsql security definer set search_path = public as $$
declare v_one record; v_found integer; v_role text;
begin
  insert into election (group_id, id, office, candidate_id, proposed_by, at, created_at)
    select v_group, id, office, candidate, by, v_now, v_now from jsonb_to_recordset(elections->'asked') as a(id uuid, office text, candidate uuid, by uuid);
  for v_one in select * from jsonb_to_recordset(elections->'voted') as v(id uuid, seen integer, member uuid, yes boolean) loop
    perform 1 from election e where e.group_id = v_group and e.id = v_one.id and e.state = 'open' for update;
    if not found then perform refuse_stale('election'); end if;
    if (select count(*) from vote v where v.group_id = v_group and v.subject_id = v_one.id) <> v_one.seen + 1
       or not exists (select from vote v where v.group_id = v_group and v.subject_id = v_one.id and v.member_id = v_one.member and v.yes = v_one.yes) then
      perform refuse_stale('vote');
    end if;
  end loop;
  update election e set state = s.state, at = v_now from jsonb_to_recordset(elections->'moved') as s(id uuid, was text, state text)
   where e.group_id = v_group and e.id = s.id and e.state = s.was;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(elections->'moved') then perform refuse_stale('election'); end if;
  for v_one in select * from jsonb_to_recordset(elections->'taken') as t(id uuid, holders jsonb) loop
    update election e set state = 'done', at = v_now where e.group_id = v_group and e.id = v_one.id and e.state = 'accepted'
       and exists (select from member m where m.group_id = v_group and m.id = e.candidate_id and m.state = 'active') returning e.office into v_role;
    if v_role is null then perform refuse_stale('election'); end if;
    -- Whoever holds it was named to all: nobody else loses it by this.
    if v_one.holders <> (select coalesce(jsonb_agg(m.id order by m.id), '[]') from member m where m.group_id = v_group and m.role = v_role and m.state <> 'left') then
      perform refuse_stale('office');
    end if;
    perform change_role(v_group, x::uuid, 'member', v_one.id, v_now) from jsonb_array_elements_text(v_one.holders) x;
    perform change_role(v_group, e.candidate_id, v_role, v_one.id, v_now) from election e where e.group_id = v_group and e.id = v_one.id;
  end loop;
end $$;

-- Groups in which nobody decided in time: the members since p_voted, she who was elected since p_answered.
create function "elections_due"(p_voted timestamptz, p_answered timestamptz) returns table (group_id uuid) language sql stable as $$
  select e.group_id from election e where (e.state = 'open' and e.at <= p_voted) or (e.state = 'accepted' and e.at <= p_answered)
$$;

-- What the clock decides about it, with who is told.
create function "election_due_facts"(p_group uuid, p_now timestamptz) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object('group', group_facts(p_group), 'election', election_facts(p_group, null)) || extra_facts(p_group, null, '{"voters": true}', p_now);
end $$;

-- Of what stands beside the book, and is sealed as it is written: elections, every change of an office, and who held one from the
-- beginning.
create trigger "election_seal" after insert on "election" for each row execute function "seal_row"('id');
create trigger "office_change_seal" after insert on "office_change" for each row execute function "seal_row"('n');

create function "first_role_hash"(p_group uuid, p_member uuid, p_role text) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(p_group, p_member, p_role)::text, 'UTF8'))
$$;
create function "seal_first_role"() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into row_seal ("group_id", "of", "id", "hash") values (new.group_id, 'first_role', new.id::text, first_role_hash(new.group_id, new.id, new.role));
  return null;
end $$;
create trigger "member_first_role" after insert on "member" for each row when (new."role" <> 'member') execute function "seal_first_role"();

alter function "sealed_rows"(uuid) rename to "sealed_beside_offices";
create function "sealed_rows"(p_group uuid) returns table ("of" text, "id" text, "hash" bytea) language plpgsql stable as $$
begin
  return query
    select s."of", s."id", s."hash" from sealed_beside_offices(p_group) s
    union all select 'election', t.id::text, row_hash(to_jsonb(t)) from election t where t.group_id = p_group
    union all select 'office_change', t.n::text, row_hash(to_jsonb(t)) from office_change t where t.group_id = p_group
    union all select 'first_role', f.id::text, first_role_hash(p_group, f.id, f.role) from (
        select m.id, coalesce((select c.was from office_change c where c.group_id = m.group_id and c.member_id = m.id order by c.n limit 1), m.role) as role
          from member m where m.group_id = p_group) f where f.role <> 'member';
end $$;
insert into row_seal ("group_id", "of", "id", "hash")
  select m.group_id, 'first_role', m.id::text, first_role_hash(m.group_id, m.id, m.role) from member m where m.role <> 'member';

-- Where a role is not what was written down of it, or what was written down is of no election that was decided, and of nobody who was
-- forgotten or came back.
create function "office_faults"(p_group uuid) returns table ("place" text, "rule" text) language plpgsql stable as $$
begin
  return query
    select 'member/' || m.id, 'an office is hers to whom it was given' from member m
     where m.group_id = p_group and m.role <> (select c.role from office_change c where c.group_id = m.group_id and c.member_id = m.id order by c.n desc limit 1)
    union all
    select 'office_change/' || c.n, 'an office changes hands from what it was' from (
        select x.*, lag(x.role) over (partition by x.member_id order by x.n) as before from office_change x where x.group_id = p_group) c where c.was <> c.before
    union all
    select 'office_change/' || c.n, 'an office changes hands by an election' from office_change c
     where c.group_id = p_group and not case
       when c.election_id is not null then exists (
         select from election e where e.group_id = p_group and e.id = c.election_id and e.state = 'done'
            and case when c.role = 'member' then c.was = e.office and c.member_id <> e.candidate_id else c.role = e.office and c.member_id = e.candidate_id end
            and (exists (select from vote v where v.group_id = p_group and v.subject_id = e.id and v.yes)
                 or exists (select from second_word w where w.group_id = p_group and w.kind = 'hands' and w.state = 'done' and w.hands->>'id' = e.id::text)))
       else exists (select from erasure r where r.group_id = p_group and r.member_id = c.member_id and (c.role = 'member' or c.role = r.role and r.undone_at is not null)) end
    union all
    select 'election/' || e.id, 'who was elected was given the office' from election e
     where e.group_id = p_group and e.state = 'done'
       and not exists (select from office_change c where c.group_id = p_group and c.election_id = e.id and c.member_id = e.candidate_id and c.role = e.office);
end $$;

-- What only runs within what a message or the clock decided.
revoke execute on function "change_role"(uuid, uuid, text, uuid, timestamptz), "let_go_of_office"(uuid, uuid, timestamptz), "leave_office"(uuid, uuid, timestamptz) from public;
