-- From which telephone a member speaks: a new one that two vouch for, officers or staff, and old ones that nothing is heard from.

-- Telephones of a member that are hers no more: all but one, or one. Nobody's then is forgotten like a stranger's.
create function "unlink_telephones"(p_group uuid, p_member uuid, p_only uuid, p_but uuid) returns void
  language plpgsql security definer set search_path = public as $$
declare v_gone uuid[];
begin
  with gone as (
    delete from member_address ma where ma.group_id = p_group and ma.member_id = p_member
       and (p_only is null or ma.address_id = p_only) and ma.address_id is distinct from p_but returning ma.address_id
  ) select coalesce(array_agg(address_id), '{}') into v_gone from gone;
  -- What was asked there, or chosen, is not the next one's to answer.
  update address a set session = null, asked = null, speaks_as = null, doubted_at = null, paused_for = null, version = a.version + 1 where a.id = any (v_gone);
  update address a set consented_at = null, stopped_at = null, language = null, spoke_at = now(), forget_at = now() + interval '1 day'
   where a.id = any (v_gone) and not exists (select from member_address ma where ma.address_id = a.id) and not exists (select from staff_address sa where sa.address_id = a.id);
  -- Nor does it bring back a book that was left from it.
  delete from erasure_address where address_id = any (v_gone);
  delete from address_alias s where s.address_id = any (v_gone) and not exists (select from member_address ma where ma.address_id = s.address_id);
end $$;

-- What was decided about telephones. Each step of a recovery must find it held.
create function "commit_telephones"(v_group uuid, v_address uuid, phones jsonb, v_now timestamptz) returns void
  language plpgsql security definer set search_path = public as $$
declare v_found integer; v_one record;
begin
  insert into recovery (group_id, id, member_id, address_id, vouched_by, vouched_staff_id, witness_id, witness_staff_id, contested, at)
    select v_group, w.id, w.member_id, v_address, w.proposed_by, w.proposed_staff_id, w.witness_id, w.witness_staff_id, b.contested, v_now
      from jsonb_to_recordset(phones->'begun') as b(id uuid, contested boolean)
      join second_word w on w.group_id = v_group and w.id = b.id and w.kind = 'new-phone' and w.state = 'done'
       and b.contested = (w.to_staff and denied_lately(v_group, w.member_id, v_now));
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(phones->'begun') then perform refuse_stale('recovery'); end if;
  -- What a telephone that said no before had been asked is nobody's to answer now, and it opens nothing before this one ends.
  update address a set paused_for = b.id, asked = null, version = a.version + 1
    from jsonb_to_recordset(phones->'begun') as b(id uuid, contested boolean) join recovery r on r.group_id = v_group and r.id = b.id
    join member_address ma on ma.group_id = v_group and ma.member_id = r.member_id
   where b.contested and a.id = ma.address_id and a.channel <> 'phone';
  update address a set paused_for = null, version = a.version + 1
    from jsonb_to_recordset(phones->'ended') as s(id uuid, state text) where a.paused_for = s.id;
  update recovery r set state = s.state, ended_at = v_now from jsonb_to_recordset(phones->'ended') as s(id uuid, state text)
   where r.group_id = v_group and r.id = s.id and r.state = 'held';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(phones->'ended') then perform refuse_stale('recovery'); end if;
  for v_one in select r.* from jsonb_to_recordset(phones->'ended') as s(id uuid, state text)
                 join recovery r on r.group_id = v_group and r.id = s.id where s.state = 'done' loop
    perform unlink_telephones(v_group, v_one.member_id, null, v_one.address_id);
    insert into member_address (address_id, group_id, member_id) values (v_one.address_id, v_group, v_one.member_id) on conflict do nothing;
    update address a set consented_at = coalesce(a.consented_at, now()), forget_at = null, spoke_at = now(), doubted_at = null, version = a.version + 1 where a.id = v_one.address_id;
    update member m set taken_back_at = null where m.group_id = v_group and m.id = v_one.member_id;
    perform remind_yet(v_group, array[v_one.member_id], v_now);
  end loop;
  update address a set doubted_at = null from jsonb_to_recordset(phones->'trusted') as t(address uuid, member uuid)
   where a.id = t.address and exists (select from member_address ma where ma.address_id = a.id and ma.group_id = v_group and ma.member_id = t.member);
  for v_one in select * from jsonb_to_recordset(phones->'takenBack') as t(address uuid, member uuid) loop
    perform unlink_telephones(v_group, v_one.member, v_one.address, null);
    update member m set taken_back_at = v_now where m.group_id = v_group and m.id = v_one.member and jsonb_array_length(reach_of(v_group, m.id)) = 0;
  end loop;
  update address a set nudged_at = now() from jsonb_array_elements_text(phones->'nudged') n where a.id = n::uuid;
end $$;

-- She is asked for one word ten days before her silence is too long, once.
create function "is_nudged_now"(a address) returns boolean language sql stable as $$
  select a.spoke_at <= now() - interval '50 days' and not is_silent(a) and (a.nudged_at is null or a.nudged_at < a.spoke_at)
$$;

-- The groups in which a telephone is to change hands now, is silent for half a year, or will be for sixty days in ten.
create function "telephones_due"(p_before timestamptz) returns table (group_id uuid) language sql stable as $$
  select r.group_id from recovery r where r.state = 'held' and r.at <= p_before
  union
  select ma.group_id from address a join member_address ma on ma.address_id = a.id
   where a.channel <> 'phone' and (is_gone(a) or is_nudged_now(a))
$$;

-- What the clock decides about telephones of a group, with who is told. A recovery of a member who is gone by then ends without one.
create function "telephone_facts"(p_group uuid, p_before timestamptz) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object('group', group_facts(p_group), 'company', company_facts(p_group),
    'recoveries', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'here', m.state in ('active', 'suspended') and exists (select from address a where a.id = r.address_id)
                         and exists (select from data_key k where k.id = m.id and k.wrapped is not null),
                       'member', contact_facts(m, jsonb_build_array(jsonb_build_object('addressId', r.address_id, 'channel', (select a.channel from address a where a.id = r.address_id))))) order by r.at, r.id), '[]')
                     from recovery r join member m on m.group_id = r.group_id and m.id = r.member_id
                    where r.group_id = p_group and r.state = 'held' and r.at <= p_before),
    'gone', (select coalesce(jsonb_agg(jsonb_build_object('addressId', a.id, 'member', contact_facts(m, '[]')) order by m.number, a.id), '[]')
               from address a join member_address ma on ma.address_id = a.id and ma.group_id = p_group join member m on m.group_id = ma.group_id and m.id = ma.member_id
              where a.channel <> 'phone' and is_gone(a)),
    'nudged', (select coalesce(jsonb_agg(contact_facts(m, jsonb_build_array(jsonb_build_object('addressId', a.id, 'channel', a.channel))) order by m.number, a.id), '[]')
                 from address a join member_address ma on ma.address_id = a.id and ma.group_id = p_group
                 join member m on m.group_id = ma.group_id and m.id = ma.member_id and m.state in ('active', 'suspended')
                where a.channel <> 'phone' and is_nudged_now(a)));
end $$;

create function "contact_facts"(m member, p_reach jsonb) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = m.id),
    'role', m.role, 'language', m.language, 'reach', p_reach);
end $$;

-- A member as staff are shown her, with whom to tell.
create function "phone_person"(m member, g savings_group) returns jsonb language plpgsql stable as $$
begin
  return contact_facts(m, reach_of(m.group_id, m.id)) || jsonb_build_object('groupId', g.id, 'groupLanguage', g.language,
    'group', jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = g.id)),
    'officers', (company_facts(g.id))->'officers');
end $$;

-- What staff may say of telephones: words that wait for one of theirs, new ones for which an old one rests, and officers with no
-- other officer to see them, with the telephone they wrote from after a long silence.
create function "staff_telephones"(p_programme uuid, p_now timestamptz) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'waiting', (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'kind', w.kind, 'addressId', w.address_id, 'contested', denied_lately(w.group_id, w.member_id, p_now),
                     'byMember', (select contact_facts(o, '[]') from member o where o.group_id = w.group_id and o.id = w.proposed_by),
                     'byStaff', (select jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = s.id)) from staff s where s.id = w.proposed_staff_id),
                     'member', phone_person(m, g)) order by w.created_at, w.id), '[]')
                  from savings_group g join second_word w on w.group_id = g.id and w.state = 'proposed' and w.to_staff
                  join member m on m.group_id = w.group_id and m.id = w.member_id and m.state in ('active', 'suspended')
                 where g.programme_id = p_programme),
    'resting', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'member', phone_person(m, g)) order by r.at, r.id), '[]')
                  from savings_group g join recovery r on r.group_id = g.id and r.state = 'held' and r.contested
                  join member m on m.group_id = r.group_id and m.id = r.member_id where g.programme_id = p_programme),
    'alone', (select coalesce(jsonb_agg(jsonb_build_object('member', phone_person(m, g), 'doubted', (
                     select a.id from member_address ma join address a on a.id = ma.address_id where ma.group_id = m.group_id and ma.member_id = m.id
                        and a.channel <> 'phone' and a.doubted_at is not null and not is_gone(a) order by a.spoke_at desc, a.id limit 1)) order by g.created_at, g.id, m.number), '[]')
                from savings_group g join member m on m.group_id = g.id and m.role <> 'member' and m.state = 'active'
               where g.programme_id = p_programme and officers_here(g.id) <@ array[m.id]
                 and exists (select from data_key k where k.id = m.id and k.wrapped is not null)
                 -- Who never came to the chat has no telephone to change: her code is the operator's to give.
                 and (m.taken_back_at is not null or reach_of(m.group_id, m.id) <> '[]')));
end $$;

-- What staff say of a telephone is in the record of what they did, unless that begins later by now; and a new one is hers by the
-- word of the two who stand in it.
create function "said_by_staff"(p_staff uuid, p_member uuid, p_at timestamptz) returns boolean language plpgsql stable as $$
begin
  return p_staff is null or coalesce(p_at < (select before_at from audit_head), false)
      or exists (select from audit a where a.actor = 'staff/' || p_staff and a.subject = 'member/' || p_member and a.action in ('telephone-vouched', 'telephone-said'));
end $$;
create function "telephone_faults"(p_group uuid) returns table ("place" text, "rule" text) language plpgsql stable as $$
begin
  return query
    select 'recovery/' || r.id, 'a new telephone is hers by what two said' from recovery r
     where r.group_id = p_group and not exists (
       select from second_word w where w.group_id = p_group and w.id = r.id and w.kind = 'new-phone' and w.state = 'done' and w.member_id = r.member_id
          and w.proposed_by is not distinct from r.vouched_by and w.proposed_staff_id is not distinct from r.vouched_staff_id
          and w.witness_id is not distinct from r.witness_id and w.witness_staff_id is not distinct from r.witness_staff_id)
    union all
    select case w.kind when 'new-phone' then 'recovery/' else 'second_word/' end || w.id, 'what staff said of a telephone is in the record of what they did' from second_word w
     where w.group_id = p_group and w.to_staff and w.state = 'done'
       and not (said_by_staff(w.proposed_staff_id, w.member_id, w.created_at) and said_by_staff(w.witness_staff_id, w.member_id, w.created_at));
end $$;
revoke execute on function "said_by_staff"(uuid, uuid, timestamptz), "telephone_faults"(uuid) from public, comadre_app;

-- What only jobs do. What a message decides runs within commit_telephones.
revoke execute on function "unlink_telephones"(uuid, uuid, uuid, uuid) from public, comadre_app;
