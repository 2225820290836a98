-- The number that opens what is hers on a telephone that is not only hers. What is kept of it is two hashes over a keyed
-- digest: without the key file nobody can try numbers against them.

-- Whether nobody of a programme sees money without one.
alter table "programme" add column "pin_required" boolean not null default false;

-- She is told no amounts by chat: "we see it at the meeting".
alter table "member" add column "discreet" boolean not null default false;

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
  -- Wrong ones in a row, and when each of the last day was tried: counted before it is looked at.
  "streak" integer not null default 0,
  "tries" timestamptz(3)[] not null default '{}',
  "wait_until" timestamptz(3),
  "blocked_at" timestamptz(3),
  primary key ("group_id", "member_id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "member_pin_hash" check ("hash" like '$argon2id$%' and "other_hash" like '$argon2id$%'),
  constraint "member_pin_tries" check ("streak" between 0 and 5 and cardinality("tries") <= 10)
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
alter table "second_word" add constraint "second_word_kind" check ("kind" in ('undo', 'correction', 'fine-off', 'tanda-stop', 'reopen', 'hands', 'forgive', 'refund', 'refund-off', 'pin-reset', 'suspend', 'let-back', 'new-phone'));
alter table "second_word" add constraint "second_word_member" check ("kind" not in ('pin-reset', 'suspend', 'let-back', 'new-phone') or "member_id" is not null);

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

-- What a step may know about the number of who speaks, and of the others on her telephone.
create function "pin_facts"(p_address uuid, p_group uuid, p_member uuid) returns jsonb
  language plpgsql stable security definer set search_path = public as $$
declare mine member_pin; v_required boolean; v_discreet boolean; v_with boolean; v_without jsonb;
begin
  select * into mine from member_pin where group_id = p_group and member_id = p_member;
  select p.pin_required, m.discreet into v_required, v_discreet
    from member m join savings_group g on g.id = m.group_id join programme p on p.id = g.programme_id where m.group_id = p_group and m.id = p_member;
  select coalesce(bool_or(n.member_id is not null and ma.member_id <> p_member), false), coalesce(jsonb_agg(ma.member_id order by ma.created_at, ma.member_id) filter (where n.member_id is null), '[]')
    into v_with, v_without
    from member_address ma join member m on m.group_id = ma.group_id and m.id = ma.member_id and m.state in ('active', 'suspended')
    left join member_pin n on n.group_id = ma.group_id and n.member_id = ma.member_id where ma.address_id = p_address;
  return jsonb_build_object('has', mine.member_id is not null, 'known', mine.known_at is not null, 'required', v_required, 'discreet', v_discreet,
    'waitUntil', mine.wait_until, 'blocked', mine.blocked_at is not null, 'shared', v_with, 'without', v_without);
end $$;

-- One try at the numbers of all who speak from an address, or of all but one of them: it is counted before anything is
-- compared, so that two at the same moment count as two. Five in a row: a quarter of an hour without; the tenth in a day:
-- none until two officers say so. Answers with what may be compared, and until when the others wait.
create function "pin_try"(p_address uuid, p_but uuid, p_now timestamptz) returns jsonb language plpgsql as $$
declare p member_pin; v_may jsonb := '[]'; v_blocked jsonb := '[]'; v_wait timestamptz; v_tries timestamptz[];
begin
  for p in select n.* from member_address ma join member m on m.group_id = ma.group_id and m.id = ma.member_id and (m.state in ('active', 'suspended') or (m.state = 'left' and m.left_on > p_now::date - 30))
             join member_pin n on n.group_id = ma.group_id and n.member_id = ma.member_id
            where ma.address_id = p_address and ma.member_id is distinct from p_but order by n.member_id for update of n loop
    if p.blocked_at is not null then continue; end if;
    if p.wait_until > p_now then v_wait := greatest(v_wait, p.wait_until); continue; end if;
    v_tries := array(select t from unnest(p.tries) t where t > p_now - interval '24 hours' order by t) || p_now;
    update member_pin set tries = v_tries,
           streak = case when p.streak >= 4 then 0 else p.streak + 1 end,
           wait_until = case when p.streak >= 4 then p_now + interval '15 minutes' end,
           blocked_at = case when cardinality(v_tries) >= 10 then p_now end
     where group_id = p.group_id and member_id = p.member_id;
    if p.streak >= 4 then v_wait := greatest(v_wait, p_now + interval '15 minutes'); end if;
    if cardinality(v_tries) >= 10 then v_blocked := v_blocked || to_jsonb(p.member_id); end if;
    v_may := v_may || jsonb_build_object('member', p.member_id, 'hash', p.hash, 'other', p.other_hash, 'known', p.known_at is not null);
  end loop;
  return jsonb_build_object('may', v_may, 'waitUntil', v_wait, 'blocked', v_blocked);
end $$;

-- It was right for one of them: for none of those it was tried at was it a guess.
create function "pin_right"(p_members uuid[], p_member uuid) returns void language plpgsql as $$
begin
  update member_pin n set tries = n.tries[1:cardinality(n.tries) - 1],
         streak = case when n.member_id = p_member then 0 else greatest(n.streak - 1, 0) end,
         wait_until = null, blocked_at = null
   where n.member_id = any (p_members);
end $$;

-- The page of a link was sent off: once, and in time. Answers with whose it was; nothing where it was neither.
create function "use_pin_link"(p_hash text, p_now timestamptz) returns uuid language plpgsql as $$
declare v_address uuid;
begin
  delete from pin_link where hash = p_hash and expires_at > p_now returning address_id into v_address;
  return v_address;
end $$;

-- What was decided about numbers: set, written where it does not belong, taken away, opened by two officers; and pages made.
create function "commit_pins"(v_group uuid, v_address uuid, pins jsonb, v_now timestamptz) returns void
  language plpgsql security definer set search_path = public as $$
declare made record;
begin
  for made in select * from jsonb_to_recordset(pins->'set') as s(member uuid, kind text, hash text, spare text) loop
    if made.kind = 'pin' then
      insert into member_pin (group_id, member_id, hash, other_hash, set_at) values (v_group, made.member, made.hash, made.spare, v_now)
        on conflict (group_id, member_id) do update set hash = excluded.hash, set_at = excluded.set_at, known_at = null;
    else
      update member_pin set other_hash = made.hash where group_id = v_group and member_id = made.member;
    end if;
  end loop;
  update member_pin n set known_at = v_now from jsonb_array_elements_text(pins->'known') k where n.group_id = v_group and n.member_id = k::uuid;
  delete from member_pin n using jsonb_array_elements_text(pins->'gone') g where n.group_id = v_group and n.member_id = g::uuid;
  update member m set discreet = d."on" from jsonb_to_recordset(pins->'discreet') as d(member uuid, "on" boolean) where m.group_id = v_group and m.id = d.member;
  -- Old pages are nobody's: of one address the last one counts.
  if jsonb_array_length(pins->'links') > 0 then
    delete from pin_link where address_id = v_address or expires_at < v_now;
    insert into pin_link (hash, address_id, expires_at) select hash, v_address, expires from jsonb_to_recordset(pins->'links') as l(hash text, expires timestamptz);
  end if;
end $$;
