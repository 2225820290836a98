-- From which telephone a member speaks: a new one that two officers vouch for, and old ones that nothing is heard from.

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
  update address a set session = null, asked = null, speaks_as = null, doubted_at = null, version = a.version + 1 where a.id = any (v_gone);
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
  insert into recovery (group_id, id, member_id, address_id, vouched_by, witness_id, at)
    select v_group, w.id, w.member_id, v_address, w.proposed_by, w.witness_id, v_now
      from jsonb_array_elements_text(phones->'begun') b join second_word w on w.group_id = v_group and w.id = b::uuid and w.kind = 'new-phone' and w.state = 'done';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(phones->'begun') then perform refuse_stale('recovery'); end if;
  update recovery r set state = s.state from jsonb_to_recordset(phones->'ended') as s(id uuid, state text)
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

-- What only jobs do. What a message decides runs within commit_telephones.
revoke execute on function "unlink_telephones"(uuid, uuid, uuid, uuid) from public, comadre_app;
