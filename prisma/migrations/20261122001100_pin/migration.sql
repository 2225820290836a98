-- The number that opens what is hers on a telephone that is not only hers. What is kept of it is two hashes over a keyed
-- digest: without the key file nobody can try numbers against them.

-- Whether nobody of a programme sees money without one.
alter table "programme" add column "pin_required" boolean not null default false;

-- She is told no amounts by chat: "we see it at the meeting".
alter table "member" add column "discreet" boolean not null default false;
-- She took that back: it goes on until then, so that nobody who makes her do so learns anything by it.
alter table "member" add column "discreet_until" timestamptz(3);

create table "member_pin" (
  "group_id" uuid not null,
  "member_id" uuid not null,
  "hash" text not null,
  -- Of the other number, which opens what tells nothing. Of her who has none, a hash of nothing anybody can type: nobody
  -- who reads this table learns which of them it is.
  "other_hash" text not null,
  "set_at" timestamptz(3) not null,
  -- It was written where others can read it: it opens nothing until there is another one.
  "known_at" timestamptz(3),
  "other_known_at" timestamptz(3),
  -- The other number was the last that opened: her notices are closed until her own opens again.
  "other_given_at" timestamptz(3),
  -- Wrong ones in a row, and when each of the last day was tried: counted before it is looked at.
  "streak" integer not null default 0,
  "tries" timestamptz(3)[] not null default '{}',
  "wait_until" timestamptz(3),
  "blocked_at" timestamptz(3),
  -- Numbers of her chat that were looked at in the last day: no tries at it.
  "looks" timestamptz(3)[] not null default '{}',
  primary key ("group_id", "member_id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  -- Before it stands which key it is under, once the key of the whole program was changed.
  constraint "member_pin_hash" check ("hash" ~ '^([0-9a-f-]{36} )?[$]argon2id[$]' and "other_hash" ~ '^([0-9a-f-]{36} )?[$]argon2id[$]'),
  constraint "member_pin_tries" check ("streak" between 0 and 5 and cardinality("tries") <= 10 and cardinality("looks") <= 3)
);

-- A page on which one number may be typed, once. What stands in its address is kept as a hash.
create table "pin_link" (
  "hash" text primary key,
  "address_id" uuid not null references "address"("id") on delete cascade,
  "expires_at" timestamptz(3) not null,
  constraint "pin_link_hash" check ("hash" ~ '^[0-9a-f]{64}$')
);
create index "pin_link_address" on "pin_link"("address_id");

alter table "member_pin" enable row level security;

alter table "second_word" drop constraint "second_word_kind";
alter table "second_word" add constraint "second_word_kind" check ("kind" in ('undo', 'correction', 'fine-off', 'tanda-stop', 'reopen', 'hands', 'forgive', 'refund', 'refund-off', 'cover-off', 'pin-reset', 'suspend', 'let-back', 'new-phone', 'known-phone'));
alter table "second_word" add constraint "second_word_member" check ("kind" not in ('pin-reset', 'suspend', 'let-back', 'new-phone', 'known-phone') or "member_id" is not null);

-- Whoever is no longer of the group needs none; who left keeps hers while she may look at what she was paid.
create function "forget_pin"() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from member_pin where group_id = new.group_id and member_id = new.id;
  return null;
end $$;
create trigger "member_pin_gone" after update of "state" on "member" for each row when (new.state = 'invited' or (new.state = 'left' and new.left_on is null)) execute function "forget_pin"();

-- Thirty days after she left she is answered as a stranger, and needs none any more.
create function "forget_former"() returns void language sql as $$
  delete from member_pin n using member m where m.group_id = n.group_id and m.id = n.member_id and m.state = 'left' and m.left_on < current_date - 31
$$;

-- Whether somebody wants no amounts in her chat, at p_now.
create function "is_discreet"(m member, p_now timestamptz) returns boolean language sql stable as $$
  select m.discreet and coalesce(m.discreet_until > p_now, true)
$$;

-- Whose number is closed, of those who have their place in a group.
create function "closed_pins"(p_group uuid) returns jsonb language plpgsql stable security definer set search_path = public as $$
begin
  return (select coalesce(jsonb_agg(m.id order by m.number), '[]') from member_pin n join member m on m.group_id = n.group_id and m.id = n.member_id and m.state in ('active', 'suspended')
           where n.group_id = p_group and n.blocked_at is not null);
end $$;

-- Who has a number to give: whoever has her place, and for thirty days who left.
create function "may_speak"(m member, p_now timestamptz) returns boolean language sql stable as $$
  select m.state in ('active', 'suspended') or (m.state = 'left' and m.left_on > p_now::date - 30)
$$;

-- What a step may know about the number of who speaks, and of the others on her telephone.
create function "pin_facts"(p_address uuid, p_group uuid, p_member uuid, p_now timestamptz) returns jsonb
  language plpgsql stable security definer set search_path = public as $$
declare v_has boolean; v_required boolean; v_discreet boolean; v_with boolean; v_without jsonb; v_closed jsonb; v_shut boolean; v_wait timestamptz;
begin
  select p.pin_required, is_discreet(m, p_now) into v_required, v_discreet
    from member m join savings_group g on g.id = m.group_id join programme p on p.id = g.programme_id where m.group_id = p_group and m.id = p_member;
  select coalesce(bool_or(ma.member_id = p_member) filter (where n.member_id is not null), false), coalesce(bool_or(n.member_id is not null and ma.member_id <> p_member and m.state <> 'left'), false),
         coalesce(jsonb_agg(ma.member_id order by ma.created_at, ma.member_id) filter (where n.member_id is null and m.state <> 'left'), '[]'),
         coalesce(jsonb_agg(ma.member_id order by ma.created_at, ma.member_id) filter (where n.blocked_at is not null and m.state <> 'left'), '[]'),
         coalesce(bool_and(n.blocked_at is not null) filter (where n.member_id is not null), false),
         -- Of those that are not closed, the one that may be tried first.
         min(coalesce(n.wait_until, n.set_at)) filter (where n.member_id is not null and n.blocked_at is null)
    into v_has, v_with, v_without, v_closed, v_shut, v_wait
    from member_address ma join member m on m.group_id = ma.group_id and m.id = ma.member_id and may_speak(m, p_now)
    left join member_pin n on n.group_id = ma.group_id and n.member_id = ma.member_id where ma.address_id = p_address;
  return jsonb_build_object('has', v_has, 'required', v_required, 'discreet', v_discreet,
    'waitUntil', v_wait, 'closed', v_closed, 'shut', v_shut, 'shared', v_with, 'without', v_without);
end $$;

-- What is compared of one of them.
create function "pin_hashes"(p member_pin) returns jsonb language sql immutable as $$
  select jsonb_build_object('member', p.member_id, 'hash', p.hash, 'other', p.other_hash, 'known', p.known_at is not null, 'otherKnown', p.other_known_at is not null)
$$;

-- One try at the numbers of all who speak from an address, or of all but one of them: it is counted before anything is
-- compared, so that two at the same moment count as two. Five in a row: a quarter of an hour without; the tenth in a day:
-- none until two officers say so. What is only looked at (p_look), since it was written in a chat, is counted apart, three a day,
-- and makes nobody wait; but all that was compared in a day is ten, by whichever way. Answers with what may be compared, and from when on one of them may be tried again.
create function "pin_try"(p_address uuid, p_but uuid, p_now timestamptz, p_look boolean) returns jsonb language plpgsql as $$
declare p member_pin; v_may jsonb := '[]'; v_blocked jsonb := '[]'; v_shut boolean := true; v_wait timestamptz; v_tries timestamptz[]; v_looks timestamptz[];
begin
  for p in select n.* from member_address ma join member m on m.group_id = ma.group_id and m.id = ma.member_id and may_speak(m, p_now)
             join member_pin n on n.group_id = ma.group_id and n.member_id = ma.member_id
            where ma.address_id = p_address and ma.member_id is distinct from p_but order by n.member_id for update of n loop
    if p.blocked_at is not null then continue; end if;
    if p.wait_until > p_now then v_shut := false; v_wait := least(v_wait, p.wait_until); continue; end if;
    v_looks := array(select t from unnest(p.looks) t where t > p_now - interval '24 hours' order by t);
    v_tries := array(select t from unnest(p.tries) t where t > p_now - interval '24 hours' order by t);
    if p_look then
      v_shut := false;
      -- The tenth that is compared in a day is a try, which closes it.
      if cardinality(v_looks) >= 3 or cardinality(v_looks) + cardinality(v_tries) >= 9 then continue; end if;
      update member_pin set looks = v_looks || p_now where group_id = p.group_id and member_id = p.member_id;
      v_may := v_may || pin_hashes(p);
      continue;
    end if;
    v_tries := v_tries || p_now;
    update member_pin set tries = v_tries,
           streak = case when p.streak >= 4 then 0 else p.streak + 1 end,
           wait_until = case when p.streak >= 4 then p_now + interval '15 minutes' end,
           blocked_at = case when cardinality(v_tries) + cardinality(v_looks) >= 10 then p_now end
     where group_id = p.group_id and member_id = p.member_id;
    if cardinality(v_tries) + cardinality(v_looks) >= 10 then v_blocked := v_blocked || to_jsonb(p.member_id);
    else v_shut := false; v_wait := least(v_wait, case when p.streak >= 4 then p_now + interval '15 minutes' else p_now end); end if;
    v_may := v_may || pin_hashes(p);
  end loop;
  return jsonb_build_object('may', v_may, 'waitUntil', v_wait, 'blocked', v_blocked, 'shut', v_shut);
end $$;

-- It was right for one of them: for none of those it was tried at was it a guess. The others are as they were before it.
create function "pin_right"(p_members uuid[], p_member uuid) returns void language plpgsql as $$
begin
  update member_pin n set tries = n.tries[1:cardinality(n.tries) - 1],
         streak = case when n.member_id = p_member then 0 when n.wait_until is not null then 4 else greatest(n.streak - 1, 0) end,
         wait_until = null, blocked_at = null
   where n.member_id = any (p_members);
end $$;

-- A number that others know, since they gave it to her: it opens nothing until there is another one. Of her whose own is closed,
-- unless an operator says so (p_closed). Answers whether she had one.
create function "reset_pin"(p_group uuid, p_member uuid, p_hash text, p_now timestamptz, p_closed boolean) returns boolean
  language plpgsql security definer set search_path = public as $$
begin
  update member_pin set hash = p_hash, known_at = p_now, streak = 0, tries = '{}', looks = '{}', wait_until = null, blocked_at = null
   where group_id = p_group and member_id = p_member and (blocked_at is not null or not p_closed);
  return found;
end $$;

-- What was decided about numbers: set, written where it does not belong, taken away, opened by two officers; and pages made.
create function "commit_pins"(v_group uuid, v_address uuid, pins jsonb, v_now timestamptz) returns void
  language plpgsql security definer set search_path = public as $$
declare made record;
begin
  for made in select * from jsonb_to_recordset(pins->'set') as s(member uuid, kind text, hash text, spare text) loop
    if made.kind = 'pin' then
      insert into member_pin (group_id, member_id, hash, other_hash, set_at) values (v_group, made.member, made.hash, made.spare, v_now)
        on conflict (group_id, member_id) do update set hash = excluded.hash, set_at = excluded.set_at, known_at = null, streak = 0, tries = '{}', looks = '{}', wait_until = null, blocked_at = null;
    else
      update member_pin set other_hash = made.hash, other_known_at = null, streak = 0, tries = '{}', looks = '{}', wait_until = null, blocked_at = null where group_id = v_group and member_id = made.member;
    end if;
  end loop;
  -- Where it stays to be read, whoever reads it would be the next to set another: it is closed until she has, or officers open it.
  update member_pin n set known_at = case when k.kind = 'pin' then v_now else n.known_at end, other_known_at = case when k.kind = 'other' then v_now else n.other_known_at end,
         blocked_at = case when k.stays then v_now else n.blocked_at end
    from jsonb_to_recordset(pins->'known') as k(member uuid, kind text, stays boolean) where n.group_id = v_group and n.member_id = k.member;
  update member_pin n set other_given_at = case when o.other then v_now end
    from jsonb_to_recordset(pins->'opened') as o(member uuid, other boolean) where n.group_id = v_group and n.member_id = o.member and (n.other_given_at is not null) <> o.other;
  delete from member_pin n using jsonb_array_elements_text(pins->'gone') g where n.group_id = v_group and n.member_id = g::uuid;
  perform reset_pin(v_group, r.member, r.hash, v_now, true) from jsonb_to_recordset(pins->'reset') as r(member uuid, hash text);
  -- On at once; off a day after she first said so.
  update member m set discreet = d."until" is null or m.discreet, discreet_until = case when d."until" is null then null else coalesce(m.discreet_until, d."until") end
    from jsonb_to_recordset(pins->'discreet') as d(member uuid, "until" timestamptz) where m.group_id = v_group and m.id = d.member;
  -- Old pages are nobody's: of one address the last one counts.
  if jsonb_array_length(pins->'links') > 0 then
    delete from pin_link where address_id = v_address or expires_at < v_now;
    insert into pin_link (hash, address_id, expires_at) select hash, v_address, expires from jsonb_to_recordset(pins->'links') as l(hash text, expires timestamptz);
  end if;
end $$;
