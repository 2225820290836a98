-- What shows that a row was changed beside the program where the chain of entries does not reach: a hash of each rule, loan,
-- fine, vote, share of a cover, new telephone and signature under what a group began with as it was written, and where the record of what
-- staff did ends.

-- Written with the row itself and never again. A migration that adds a column with a value to one of those tables must make
-- its hashes anew; one that may be null changes nothing.
create table "row_seal" (
  "group_id" uuid not null,
  "of" text not null,
  "id" text not null,
  "hash" bytea not null,
  primary key ("group_id", "of", "id")
);
create trigger "row_seal_append_only" before update or delete on "row_seal" for each row execute function "refuse_change"();

-- What of a row never changes once it is written: all but how far a loan is, and moments that differ from clock to clock.
create function "row_hash"(p_row jsonb) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_strip_nulls(p_row - array['state', 'created_at', 'at', 'ended_at'])::text, 'UTF8'))
$$;

-- Its arguments are the columns that tell one row of a group from another.
create function "seal_row"() returns trigger language plpgsql security definer set search_path = public as $$
declare v_row jsonb := to_jsonb(new); v_key text := ''; v_column text;
begin
  foreach v_column in array tg_argv loop v_key := v_key || '/' || (v_row->>v_column); end loop;
  insert into row_seal ("group_id", "of", "id", "hash") values (new.group_id, tg_table_name, substring(v_key from 2), row_hash(v_row));
  return null;
end $$;
create trigger "group_rules_seal" after insert on "group_rules" for each row execute function "seal_row"('version');
create trigger "loan_seal" after insert on "loan" for each row execute function "seal_row"('id');
create trigger "member_fine_seal" after insert on "member_fine" for each row execute function "seal_row"('id');
create trigger "vote_seal" after insert on "vote" for each row execute function "seal_row"('subject_id', 'member_id');
create trigger "recovery_seal" after insert on "recovery" for each row execute function "seal_row"('id');
create trigger "cover_share_seal" after insert on "cover_share" for each row execute function "seal_row"('cover_id', 'n');

-- The word of an officer on what a group began with changes with what she says: each state of it is sealed, by its number, and
-- the last one is what the row has to say.
create function "signature_hash"(p_row "opening_signature") returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(p_row."group_id", p_row."member_id", p_row."state", p_row."decided_at" at time zone 'UTC')::text, 'UTF8'))
$$;
create function "seal_signature"() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into row_seal ("group_id", "of", "id", "hash")
    select new.group_id, 'opening_signature', new.member_id || '/' || count(*), signature_hash(new) from row_seal s
     where s.group_id = new.group_id and s."of" = 'opening_signature' and starts_with(s."id", new.member_id || '/');
  return null;
end $$;
create trigger "opening_signature_seal" after insert or update on "opening_signature" for each row execute function "seal_signature"();

-- Every such row of a group as it stands now, by the same key.
create function "sealed_rows"(p_group uuid) returns table ("of" text, "id" text, "hash" bytea) language plpgsql stable as $$
begin
  return query
    select 'group_rules', t.version::text, row_hash(to_jsonb(t)) from group_rules t where t.group_id = p_group
    union all select 'loan', t.id::text, row_hash(to_jsonb(t)) from loan t where t.group_id = p_group
    union all select 'member_fine', t.id::text, row_hash(to_jsonb(t)) from member_fine t where t.group_id = p_group
    union all select 'vote', t.subject_id || '/' || t.member_id, row_hash(to_jsonb(t)) from vote t where t.group_id = p_group
    union all select 'recovery', t.id::text, row_hash(to_jsonb(t)) from recovery t where t.group_id = p_group
    union all select 'cover_share', t.cover_id || '/' || t.n, row_hash(to_jsonb(t)) from cover_share t where t.group_id = p_group
    -- What she said before her last word stands as it was sealed; before anything is sealed, the row is its first.
    union all select 'opening_signature', t.member_id || '/' || said.n, case when said.is_last then signature_hash(t) else said.hash end
      from opening_signature t, lateral (
        select s.n, s.hash, s.n = max(s.n) over () as is_last
          from (select split_part(r."id", '/', 2)::int as n, r."hash" from row_seal r
                 where r.group_id = p_group and r."of" = 'opening_signature' and starts_with(r."id", t.member_id || '/')) s
        union all select 0, null, true where not exists (
          select from row_seal r where r.group_id = p_group and r."of" = 'opening_signature' and starts_with(r."id", t.member_id || '/'))) said
     where t.group_id = p_group;
end $$;

insert into row_seal ("group_id", "of", "id", "hash")
  select g.id, s."of", s."id", s."hash" from savings_group g, lateral sealed_rows(g.id) s;
alter table "row_seal" enable row level security;

-- The end of the record of what staff did: the hashes in it show what was changed, and this what was cut off. Where its first
-- years are over and gone, also the last row of those: its number, its hash, and when it was.
create table "audit_head" (
  "one" boolean primary key default true,
  "seq" bigint not null,
  "hash" bytea not null,
  "before_seq" bigint,
  "before_hash" bytea,
  "before_at" timestamptz(3),
  constraint "audit_head_one" check ("one"),
  constraint "audit_head_before" check (("before_seq" is null) = ("before_hash" is null) and ("before_seq" is null) = ("before_at" is null))
);
grant select on "audit_head" to comadre_app;
create function "audit_goes_on"() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into audit_head (seq, hash) values (new.seq, new.hash) on conflict (one) do update set seq = excluded.seq, hash = excluded.hash;
  return null;
end $$;
create trigger "audit_head_moves" after insert on "audit" for each row execute function "audit_goes_on"();
insert into audit_head (seq, hash) select seq, hash from audit order by seq desc limit 1;

-- What is written down stays, but for what stands before its beginning.
create function "audit_is_kept"() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.seq <= (select before_seq from audit_head) then return old; end if;
  raise exception 'append-only: % on % refused', tg_op, tg_table_name using errcode = '55000';
end $$;
drop trigger "audit_kept" on "audit";
create trigger "audit_kept" before update or delete on "audit" for each row execute function "audit_is_kept"();

-- Whether each row follows from the one before it, the first one from where the record begins.
create function "audit_holds"(p_upto bigint) returns table ("seq" bigint, "holds" boolean) language sql stable as $$
  select a.seq, a.hash = audit_hash(a.prev, a.seq, a.at, a.actor, a.action, a.subject)
           and a.prev = coalesce(lag(a.hash) over (order by a.seq), (select before_hash from audit_head), '\x00')
           and a.seq = coalesce((select before_seq from audit_head), 0) + row_number() over (order by a.seq)
    from audit a where p_upto is null or a.seq <= p_upto
$$;

-- Takes away the rows whose years are over, and writes down that it did, with the hash of the last of them: what is left
-- follows from that. How many it were; -1, and nothing is taken away, when something of them was changed: that is evidence.
create function "forget_audit"(p_years integer, p_now timestamptz) returns integer language plpgsql security definer set search_path = public as $$
declare v_last audit; v_gone integer;
begin
  perform pg_advisory_xact_lock(hashtext('audit'));
  -- Not beyond the first row that is to stay, whatever the clock of one after it said.
  select * into v_last from audit where seq < coalesce((select min(seq) from audit where at >= p_now - make_interval(years => p_years)), (select max(seq) + 1 from audit))
   order by seq desc limit 1;
  if v_last.seq is null then return 0; end if;
  if exists (select from audit_holds(v_last.seq) h where not h.holds) then return -1; end if;
  perform write_audit('job', 'audit-shortened', 'audit/' || v_last.seq || '/' || encode(v_last.hash, 'hex'), p_now);
  update audit_head set before_seq = v_last.seq, before_hash = v_last.hash, before_at = v_last.at;
  delete from audit where seq <= v_last.seq;
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
