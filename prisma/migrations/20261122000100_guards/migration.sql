-- What the database refuses, whatever the code tries. Prisma cannot express these; its diff leaves them alone.

-- Append-only: nothing is edited or deleted, not even by mistake in a console (invariant L4).
create function "refuse_change"() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on % refused', tg_op, tg_table_name using errcode = '55000';
end $$;

create trigger "journal_entry_append_only" before update or delete on "journal_entry" for each row execute function "refuse_change"();
create trigger "posting_append_only" before update or delete on "posting" for each row execute function "refuse_change"();
create trigger "consent_append_only" before update or delete on "consent" for each row execute function "refuse_change"();
create trigger "group_rules_append_only" before update or delete on "group_rules" for each row execute function "refuse_change"();
create trigger "journal_entry_no_truncate" before truncate on "journal_entry" for each statement execute function "refuse_change"();
create trigger "posting_no_truncate" before truncate on "posting" for each statement execute function "refuse_change"();

-- An entry has exactly the postings it was made with (invariant L1). Two guards: at commit for an entry without
-- postings, and at once for postings added to an entry that already has its own.
create function "entry_is_whole"() returns trigger language plpgsql as $$
begin
  if (select count(*) from posting where group_id = new.group_id and entry_id = new.id) <> new.posting_count then
    raise exception 'entry % does not have its % postings', new.id, new.posting_count using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger "journal_entry_whole" after insert on "journal_entry"
  deferrable initially deferred for each row execute function "entry_is_whole"();

create function "postings_are_whole"() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
      from (select distinct group_id, entry_id from added) a
      join journal_entry e on e.group_id = a.group_id and e.id = a.entry_id
     where e.posting_count <> (select count(*) from posting p where p.group_id = a.group_id and p.entry_id = a.entry_id)
  ) then
    raise exception 'postings are inserted together with their entry, all at once' using errcode = '23514';
  end if;
  return null;
end $$;
create trigger "posting_whole" after insert on "posting"
  referencing new table as added for each statement execute function "postings_are_whole"();

-- The role that answers messages: it sees one group at a time (row-level security below), may add to the book and
-- may change nothing in it. Roles belong to the whole server: several databases may create it at the same moment.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'comadre_app') then
    create role comadre_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
-- Being a member of a role is not enough from PostgreSQL 16 on: it must also be allowed to become it. Whoever made the
-- role may grant that to itself; otherwise an administrator does it once. It is tried here, not at the first message.
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    begin
      execute format('grant comadre_app to %I', current_user);
    exception when insufficient_privilege or invalid_grant_operation then null;
    end;
  end if;
  perform set_config('role', 'comadre_app', true);
  perform set_config('role', 'none', true);
end $$;

grant select, insert on "journal_entry", "posting", "consent" to comadre_app;
grant select on "group_rules", "cycle", "savings_group", "programme", "staff", "staff_address", "data_key", "invite" to comadre_app;
grant insert on "data_key" to comadre_app;
grant insert, update on "cycle" to comadre_app;
grant update ("seq", "head") on "savings_group" to comadre_app;
grant update ("uses_left") on "invite" to comadre_app;
grant select, insert, update on "account", "payment", "dispute", "attendance", "member", "loan", "loan_request", "meeting" to comadre_app;
grant select, insert on "vote", "member_fine" to comadre_app;
grant select, insert, update on "address", "outbox" to comadre_app;
grant select, insert, delete on "member_address" to comadre_app;
grant select, insert on "inbox", "help_request" to comadre_app;
grant update ("state") on "help_request" to comadre_app;

-- Behind the app's own checks: without app.group set, these tables are empty for that role (invariant A3).
create function "app_group"() returns uuid language sql stable as $$
  select nullif(current_setting('app.group', true), '')::uuid
$$;

do $$
declare t text;
begin
  foreach t in array array['member', 'account', 'journal_entry', 'posting', 'payment', 'dispute', 'attendance', 'loan', 'loan_request', 'vote', 'meeting', 'member_fine', 'group_rules', 'cycle'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_group on %I to comadre_app using (group_id = app_group()) with check (group_id = app_group())', t);
  end loop;
end $$;
alter table "savings_group" enable row level security;
create policy one_group on "savings_group" to comadre_app using ("id" = app_group()) with check ("id" = app_group());
