-- What the database refuses, whatever the code tries. Prisma cannot express these; its diff leaves them alone.

-- Append-only: nothing is edited or deleted, not even by mistake in a console (invariant L4).
create function "refuse_change"() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on % refused', tg_op, tg_table_name using errcode = '55000';
end $$;

create trigger "journal_entry_append_only" before update or delete on "journal_entry" for each row execute function "refuse_change"();
create trigger "posting_append_only" before update or delete on "posting" for each row execute function "refuse_change"();
create trigger "consent_append_only" before update or delete on "consent" for each row execute function "refuse_change"();
create trigger "lesson_approval_append_only" before update or delete on "lesson_approval" for each row execute function "refuse_change"();
-- A file is written once; what no lesson uses may be forgotten.
create trigger "media_append_only" before update on "media" for each row execute function "refuse_change"();
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

-- A draw goes one way, and what was published before the words stays as it was.
create function "draw_goes_on"() returns trigger language plpgsql as $$
begin
  if (new.cycle_id, new.purpose, new.draw_by, new.commit, new.secret, new.members, new.lots, new.words_until, new.reveal_until, new.begun_by, new.begun_at)
       is distinct from (old.cycle_id, old.purpose, old.draw_by, old.commit, old.secret, old.members, old.lots, old.words_until, old.reveal_until, old.begun_by, old.begun_at)
     or new.follows is distinct from old.follows then
    raise exception 'what a draw began with is not changed' using errcode = '55000';
  end if;
  if new.dice is distinct from old.dice and (old.dice is not null or old.state <> 'committed') then
    raise exception 'the first throw of the dice stands, before the words are closed' using errcode = '55000';
  end if;
  if old.state in ('revealed', 'void') or (new.state <> old.state and (old.state, new.state) not in
       (('committed', 'closed'), ('committed', 'void'), ('closed', 'revealed'), ('closed', 'void'))) then
    raise exception 'a draw that is % does not become %', old.state, new.state using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "draw_one_way" before update on "draw" for each row execute function "draw_goes_on"();
create trigger "draw_kept" before delete on "draw" for each row execute function "refuse_change"();

-- Never silently drawn again: a draw begins without a result, and names the void one it comes after.
create function "draw_begins"() returns trigger language plpgsql as $$
declare v_last draw;
begin
  select * into v_last from draw d where d.group_id = new.group_id and d.cycle_id = new.cycle_id and d.purpose = new.purpose
   order by d.begun_at desc, d.id desc limit 1;
  if new.state <> 'committed' or new.dice is not null then
    raise exception 'a draw begins with its commitment alone' using errcode = '55000';
  end if;
  if new.follows is distinct from v_last.commit or v_last.state <> 'void' then
    raise exception 'a draw is repeated only after a void one, and says which' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "draw_begun" before insert on "draw" for each row execute function "draw_begins"();

-- Words come after the commitment and before the closing. The lock waits for whoever is closing it now.
create function "draw_takes_word"() returns trigger language plpgsql as $$
declare d draw;
begin
  select * into d from draw where group_id = new.group_id and id = new.draw_id for share;
  if d.state <> 'committed' or new.given_at < d.begun_at or new.given_at >= d.words_until or d.draw_by = 'dice' or not d.members @> to_jsonb(new.number) then
    raise exception 'this draw takes no such word' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "draw_word_in_time" before insert on "draw_word" for each row execute function "draw_takes_word"();
create trigger "draw_word_append_only" before update or delete on "draw_word" for each row execute function "refuse_change"();

-- What was agreed about turns, and what was handed over, stays as it is: another order is another row.
create function "tanda_settled"() returns trigger language plpgsql as $$
begin
  if old.state <> 'proposed' then
    raise exception 'what is % is not changed', old.state using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "tanda_order_one_way" before update on "tanda_order" for each row execute function "tanda_settled"();
create trigger "tanda_order_kept" before delete on "tanda_order" for each row execute function "refuse_change"();
create trigger "second_word_one_way" before update on "second_word" for each row execute function "tanda_settled"();
create trigger "second_word_kept" before delete on "second_word" for each row execute function "refuse_change"();
create trigger "recovery_kept" before delete on "recovery" for each row execute function "refuse_change"();
create trigger "tanda_payout_one_way" before update on "tanda_payout" for each row execute function "tanda_settled"();
create trigger "tanda_payout_kept" before delete on "tanda_payout" for each row execute function "refuse_change"();

-- A new plan of a loan is decided once: what was agreed on, or refused, stays as it was.
create function "loan_plan_decides_once"() returns trigger language plpgsql as $$
begin
  if old.state <> 'proposed' or (new.group_id, new.id, new.loan_id, new.instalments, new.first_due, new.proposed_by)
      is distinct from (old.group_id, old.id, old.loan_id, old.instalments, old.first_due, old.proposed_by) then
    raise exception 'a plan that was decided on is never changed' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "loan_plan_once" before update on "loan_plan" for each row execute function "loan_plan_decides_once"();
create trigger "loan_plan_kept" before delete on "loan_plan" for each row execute function "refuse_change"();

-- A first answer to a lesson's question stands, and what is over does not begin again.
create function "lesson_goes_on"() returns trigger language plpgsql as $$
begin
  if new.part < old.part or new.reviews < old.reviews or (old.finished_at is not null and
       (new.finished_at, new.first_answer, new.right_first) is distinct from (old.finished_at, old.first_answer, old.right_first)) then
    raise exception 'a lesson only goes on' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger "lesson_progress_one_way" before update on "lesson_progress" for each row execute function "lesson_goes_on"();

-- A group that meets at another time, or a member who wants another hour, is looked at again, whatever was found to come next.
create function "habit_changed"() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from job_due where subject_id = (to_jsonb(new)->>tg_argv[0])::uuid;
  return null;
end $$;
create trigger "savings_group_habit" after update of "time_zone", "meeting_weekday", "meeting_time", "reminders", "reminder_time", "reminder_weekday" on "savings_group"
  for each row execute function "habit_changed"('id');
create trigger "member_hour" after update of "reminder_time", "reminder_weekday", "state" on "member" for each row execute function "habit_changed"('group_id');

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
grant update ("seq", "head", "reminders", "reminder_time", "reminder_weekday") on "savings_group" to comadre_app;
grant insert, update ("uses_left") on "invite" to comadre_app;
grant select, insert, update on "account", "payment", "dispute", "attendance", "member", "loan", "loan_plan", "loan_request", "meeting", "cover", "money_out" to comadre_app;
grant select, insert on "second_word", "recovery" to comadre_app;
grant select, update ("state", "decided_at") on "opening_signature" to comadre_app;
grant update ("state", "witness_id", "witness_staff_id") on "second_word" to comadre_app;
grant update ("state", "ended_at") on "recovery" to comadre_app;
grant select, insert on "draw", "draw_word", "tanda_order", "tanda_payout" to comadre_app;
grant update ("state", "turns", "witness_id", "moved_at") on "tanda_order" to comadre_app;
grant update ("state", "witness_id", "entry_id") on "tanda_payout" to comadre_app;
grant update ("state", "dice", "opened", "drawn", "missing", "opened_by", "moved_at") on "draw" to comadre_app;
grant select, insert on "vote", "member_fine", "cover_share", "cover_refund", "attendance_correction", "lesson_reading", "lesson_approval" to comadre_app;
grant select, insert, update on "lesson_progress", "lesson_setting" to comadre_app;
grant select on "media" to comadre_app;
grant select, insert, update on "lesson_audio" to comadre_app;
grant select, insert, update on "address", "outbox" to comadre_app;
grant select, insert, delete on "member_address" to comadre_app;
grant select, insert on "inbox" to comadre_app;

-- Behind the app's own checks: without app.group set, these tables are empty for that role (invariant A3).
create function "app_group"() returns uuid language sql stable as $$
  select nullif(current_setting('app.group', true), '')::uuid
$$;

do $$
declare t text;
begin
  foreach t in array array['member', 'account', 'journal_entry', 'posting', 'payment', 'dispute', 'attendance', 'attendance_correction', 'loan', 'loan_plan', 'loan_request', 'vote', 'meeting', 'member_fine', 'cover', 'money_out', 'opening_signature', 'second_word', 'recovery', 'cover_share', 'cover_refund', 'draw', 'draw_word', 'tanda_order', 'tanda_payout', 'group_rules', 'cycle', 'lesson_progress', 'lesson_setting', 'lesson_reading'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_group on %I to comadre_app using (group_id = app_group()) with check (group_id = app_group())', t);
  end loop;
end $$;
alter table "savings_group" enable row level security;
create policy one_group on "savings_group" to comadre_app using ("id" = app_group()) with check ("id" = app_group());
