-- What comes unasked tells nothing: it waits behind one line that is the same whatever it is about, until she asks to see it.
-- And it comes in hours of her own, where she named some.

-- Whether notices of a programme are said as they are. When nothing is said, they are closed.
alter table "programme" add column "open_notices" boolean not null default false;
-- Her own choice; null: as her programme.
alter table "member" add column "open_notices" boolean;
-- Between these two, where her group lives, she is written to unasked; from later than until: over midnight. Null: at any hour.
alter table "member" add column "safe_from" time(0), add column "safe_until" time(0);
alter table "member" add constraint "member_safe_hours" check (("safe_from" is null) = ("safe_until" is null) and "safe_from" <> "safe_until");

-- Whether notices of a member are closed: by her own word, or else by her programme's; always in discreet mode, and while the last
-- number that opened was her second one: what comes unasked must not tell it from that mode. An officer
-- whose meeting is open, for some hours, has her telephone in her hand, and is asked there for a second yes.
create function "notices_closed"(p_group uuid, p_member uuid, p_now timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public as $$
begin
  return (
  select is_discreet(m, p_now) or exists (select from member_pin n where n.group_id = m.group_id and n.member_id = m.id and n.other_given_at is not null)
         or (not coalesce(m.open_notices, p.open_notices)
           and not (m.role <> 'member' and exists (select from meeting x where x.group_id = m.group_id and x.state <> 'closed' and x.opened_at > now() - interval '4 hours')))
    from member m join savings_group g on g.id = m.group_id join programme p on p.id = g.programme_id
   where m.group_id = p_group and m.id = p_member);
end $$;

-- What is closed of what nobody asked for. The line itself tells nothing, and so does the announcement of a lesson.
create function "is_closed"(o outbox) returns boolean language plpgsql stable as $$
begin
  return o.unsolicited and o.member_id is not null and o.kind not in ('invitation', 'lesson') and coalesce(notices_closed(o.group_id, o.member_id, now()), false);
end $$;

-- What waits closed at an address for a member, and for those there who have no number of their own to open it with.
create function "closed_for"(p_address uuid, p_member uuid) returns setof outbox language plpgsql stable security definer set search_path = public as $$
begin
  return query
  select o.* from outbox o
   where o.address_id = p_address and o.state = 'held' and o.reason in ('closed', 'seen') and (o.expires_at is null or o.expires_at > now())
     and (o.member_id = p_member or not exists (select from member_pin n where n.member_id = o.member_id)
            and not exists (select from member m where m.group_id = o.group_id and m.id = o.member_id and is_discreet(m, now())));
end $$;

-- Of which kinds it is.
create function "closed_kinds"(p_address uuid, p_member uuid) returns jsonb language plpgsql stable as $$
begin
  return (select coalesce(jsonb_agg(distinct o.kind), '[]') from closed_for(p_address, p_member) o);
end $$;

-- What was decided about it: she asked to see it, so what is of these kinds goes out now and whole, and what is not waits on, and
-- keeps no other from being told of ('seen'); her own choice; her hours.
create function "commit_quiet"(v_group uuid, v_address uuid, quiet jsonb) returns void
  language plpgsql security definer set search_path = public as $$
begin
  update outbox o set state = 'queued', not_before = now(), unsolicited = false, reason = null
    from jsonb_to_recordset(quiet->'shown') as s(member uuid, kinds jsonb)
   where o.id in (select c.id from closed_for(v_address, s.member) c) and s.kinds ? o.kind;
  update outbox o set reason = 'seen' from jsonb_to_recordset(quiet->'shown') as s(member uuid)
   where o.id in (select c.id from closed_for(v_address, s.member) c);
  -- She has looked: she need not be told of it any more.
  update outbox set state = 'skipped', reason = 'answered', body = null, asked = null
   where jsonb_array_length(quiet->'shown') > 0 and address_id = v_address and kind = 'invitation' and state = 'queued';
  update member m set open_notices = c."open" from jsonb_to_recordset(quiet->'notices') as c(member uuid, "open" boolean)
   where m.group_id = v_group and m.id = c.member;
  update member m set safe_from = h."from", safe_until = h."until" from jsonb_to_recordset(quiet->'hours') as h(member uuid, "from" time, "until" time)
   where m.group_id = v_group and m.id = h.member;
end $$;
