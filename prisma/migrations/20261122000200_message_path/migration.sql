-- The two round trips of a message: load_snapshot (facts in) and commit_outcome (everything decided, or nothing).
-- Both become the role comadre_app and see one group only, from the moment the speaker is known.
--
-- Everything here is plpgsql, also where one query is all: its plans are kept for the session, while a function in
-- SQL is planned again at every call, and planning these takes longer than running them.
--
-- Every look-up of the message path is by key, so one plan is right for all (plan_cache_mode). It must not read a whole
-- table only because the table was small when it was made (enable_seqscan), nor be compiled as a dear one (jit).

-- One more question beside those that wait: without any before, p_new is one alone, and its length is put before it; else it
-- has that already. Of someone who has not written for very long the first stays, so that they are still known to be several.
create function "asked_also"(p_before bytea, p_new bytea) returns bytea language sql immutable as $$
  select case when p_before is null then int4send(length(p_new)) || p_new
              when length(p_before) < 16000 then p_before || p_new
              else substring(p_before for 4 + ('x' || encode(substring(p_before for 4), 'hex'))::bit(32)::integer) || p_new end
$$;

-- The questions that wait without one of them: it did not reach her after all.
create function "asked_less"(p_all bytea, p_one bytea) returns bytea language sql immutable as $$
  select case when position(asked_also(null, p_one) in p_all) = 0 then p_all
              else nullif(substring(p_all for position(asked_also(null, p_one) in p_all) - 1)
                          || substring(p_all from position(asked_also(null, p_one) in p_all) + 4 + length(p_one)), '') end
$$;

create function "become_app"(p_group uuid) returns void language plpgsql as $$
begin
  perform set_config('app.group', coalesce(p_group::text, ''), true);
  perform set_config('role', 'comadre_app', true);
end $$;

-- Nothing was heard from it for sixty days, or for half a year, by the database's own clock: who has it now is not known.
create function "is_silent"(a address) returns boolean language sql stable as $$
  select a.spoke_at <= now() - interval '60 days'
$$;
create function "is_gone"(a address) returns boolean language sql stable as $$
  select a.spoke_at <= now() - interval '180 days'
$$;

-- Whether an address is known to be whose it was: heard from lately, and no other one is to take its place after it was told no.
create function "is_known"(a address) returns boolean language sql stable as $$
  select a.channel <> 'phone' and not is_silent(a) and a.doubted_at is null and a.paused_for is null
$$;

-- The officers of a group who can say something now, from a telephone that is known to be theirs.
create function "officers_here"(p_group uuid) returns uuid[] language plpgsql stable as $$
begin
  return array(select m.id from member m where m.group_id = p_group and m.role <> 'member' and m.state = 'active'
     and exists (select from member_address ma join address a on a.id = ma.address_id where ma.group_id = m.group_id and ma.member_id = m.id and is_known(a)) order by m.id);
end $$;

-- Whether an old telephone of hers said no to a new one in the last thirty days: officers alone do not give her another one then.
create function "denied_lately"(p_group uuid, p_member uuid, p_now timestamptz) returns boolean language plpgsql stable as $$
begin
  return exists (select from recovery r where r.group_id = p_group and r.member_id = p_member and r.state = 'denied' and r.ended_at > p_now - interval '30 days');
end $$;

-- The addresses of a member that may be written to, with what an outbox row needs.
create function "reach_of"(p_group uuid, p_member uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('addressId', a.id, 'channel', a.channel) order by a.id), '[]')
    from member_address ma join address a on a.id = ma.address_id
   where ma.group_id = p_group and ma.member_id = p_member and a.channel <> 'phone');
end $$;

-- What came in on a loan, by the day it counts for and the plan it was paid by. What was taken back never came in.
create function "loan_repaid"(l loan) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('on', r.day, 'plans', r.plans, 'principal', r.principal::text, 'interest', r.interest::text,
           'fee', r.fee::text) order by r.day, r.plans), '[]')
    from (select least(e.occurred_on, p.meeting_on) as day,
                 (select count(*) from loan_plan n where n.group_id = l.group_id and n.loan_id = l.id and n.state = 'agreed' and n.book_seq < e.seq) as plans,
                 coalesce(sum(o.amount_minor) filter (where o.credit like 'loan/%'), 0) as principal,
                 coalesce(sum(o.amount_minor) filter (where o.credit like 'interest/%'), 0) as interest,
                 coalesce(sum(o.amount_minor) filter (where o.credit like 'late-fee/%'), 0) as fee
            from posting o
            join journal_entry e on e.group_id = o.group_id and e.id = o.entry_id and e.kind <> 'reversal'
            left join payment p on p.group_id = e.group_id and p.entry_id = e.id
           where o.group_id = l.group_id and o.credit in ('loan/' || l.id, 'interest/' || l.id, 'late-fee/' || l.id)
             and not exists (select from journal_entry t where t.group_id = e.group_id and t.reverses = e.id)
           group by 1, 2) r);
end $$;

-- The loans that she has, each with what came in on it and its plans.
create function "loans_of"(m member) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', l.id, 'terms', l.terms, 'before', l.interest_before_minor::text,
      'principal', (select balance_minor::text from account where group_id = m.group_id and name = 'loan/' || l.id),
      'interest', (select (-balance_minor)::text from account where group_id = m.group_id and name = 'interest/' || l.id),
      'repaid', loan_repaid(l),
      'plans', (select coalesce(jsonb_agg(jsonb_build_object('on', n.agreed_on, 'n', n.instalments, 'firstDue', n.first_due) order by n.book_seq, n.agreed_on, n.created_at), '[]')
                  from loan_plan n where n.group_id = l.group_id and n.loan_id = l.id and n.state = 'agreed'),
      'proposed', (select jsonb_build_object('id', n.id, 'n', n.instalments, 'firstDue', n.first_due, 'by', n.proposed_by)
                     from loan_plan n where n.group_id = l.group_id and n.loan_id = l.id and n.state = 'proposed')
    ) order by l.disbursed_on, l.id), '[]')
    from loan l where l.group_id = m.group_id and l.member_id = m.id and l.state = 'active');
end $$;

-- Fines that were set and not taken off, less what was paid of them: nobody owes a fine because she paid one that was never set.
create function "fined_of"(m member) returns bigint language plpgsql stable as $$
declare
  -- A closing settles the fines of its cycle: what was set or paid before it counts no more.
  v_closed timestamptz := coalesce((select max(n.created_at) from cycle n where n.group_id = m.group_id
     and exists (select from cycle c where c.group_id = m.group_id and c.closed_at is not null)), '-infinity');
begin
  return greatest(0, coalesce((select sum(f.amount_minor) from member_fine f where f.group_id = m.group_id and f.member_id = m.id and f.created_at > v_closed), 0)
                   - coalesce((select sum(w.amount_minor) from second_word w where w.group_id = m.group_id and w.member_id = m.id and w.kind = 'fine-off' and w.state = 'done' and w.created_at > v_closed), 0)
                   - coalesce((select sum(p.fine_minor) from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
                                where p.group_id = m.group_id and p.member_id = m.id and p.state = 'confirmed' and e.created_at > v_closed), 0));
end $$;

-- What the book knows of one member: her savings, her loans, what she gave for the meetings since p_since. What most have none of
-- is looked for only where she has some: a statement is made ready with all that it may have to ask.
create function "member_facts"(m member, p_since date) returns jsonb language plpgsql stable as $$
declare v_loans jsonb := '[]'; v_fined bigint := 0;
begin
  if exists (select from loan l where l.group_id = m.group_id and l.member_id = m.id and l.state = 'active') then v_loans := loans_of(m); end if;
  if exists (select from member_fine f where f.group_id = m.group_id and f.member_id = m.id) then v_fined := fined_of(m); end if;
  return (
  select jsonb_build_object(
    'id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = m.id),
    'role', m.role, 'state', m.state, 'takenBack', m.taken_back_at is not null, 'language', m.language, 'reminders', m.reminders, 'reminderTime', m.reminder_time, 'reminderWeekday', m.reminder_weekday,
    'reach', reach_of(m.group_id, m.id),
    'saved', (select (-balance_minor)::text from account where group_id = m.group_id and name = 'savings/' || m.id),
    'coverOwed', (select balance_minor::text from account where group_id = m.group_id and name = 'cover/' || m.id),
    'coverDue', (select (-balance_minor)::text from account where group_id = m.group_id and name = 'covered/' || m.id),
    'goal', m.goal_minor::text, 'goalWords', encode(m.goal_words, 'hex'),
    'loans', v_loans, 'fined', v_fined::text,
    'recent', (select coalesce(jsonb_agg(jsonb_build_object(
                'meetingOn', p.meeting_on, 'savings', p.savings_minor::text, 'social', p.social_minor::text, 'loan', p.loan_minor::text,
                'receipt', e.seq::text, 'nth', p.nth) order by p.meeting_on, p.nth), '[]')
              from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
             where p.group_id = m.group_id and p.member_id = m.id and p.state = 'confirmed' and p.meeting_on >= p_since)));
end $$;

-- The tanda of the open cycle: its turns, and by round and member what was given and what of it is still in the box. What
-- was given is what came in since the tanda before it ended, whichever round it was for.
create function "tanda_facts"(p_group uuid) returns jsonb language plpgsql stable as $$
declare c cycle; v_from bigint;
begin
  select * into c from cycle where group_id = p_group and closed_at is null order by starts limit 1;
  -- The end of the tanda before: its last payout, or what went back from the box when it was stopped.
  select greatest(
    (select coalesce(max(e.seq), 0) from cycle y join tanda_payout p on p.group_id = y.group_id and p.cycle_id = y.id
       join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id where y.group_id = p_group and y.closed_at is not null),
    (select coalesce(max(e.seq), 0) from journal_entry e where e.group_id = p_group and e.kind = 'closing')) into v_from;
  return jsonb_build_object('cycleId', c.id,
    'drawn', (select d.drawn from draw d where d.group_id = p_group and d.cycle_id = c.id and d.purpose = 'turns' and d.state = 'revealed'),
    'agreed', (select o.turns from tanda_order o where o.group_id = p_group and o.cycle_id = c.id and o.state = 'agreed'
                order by o.moved_at desc, o.created_at desc, o.id desc limit 1),
    'before', (select jsonb_build_object('rounds', o.rounds_before, 'owed', o.owed_before) from tanda_order o
                where o.group_id = p_group and o.cycle_id = c.id and o.kind = 'opening'),
    'orders', (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'turns', o.turns, 'other', o.other_id, 'by', o.proposed_by) order by o.created_at, o.id), '[]')
                 from tanda_order o where o.group_id = p_group and o.cycle_id = c.id and o.state = 'proposed'),
    'payout', (select jsonb_build_object('id', p.id, 'round', p.round, 'member', p.member_id, 'amount', p.amount_minor::text, 'fee', p.fee_minor::text, 'by', p.proposed_by)
                 from tanda_payout p where p.group_id = p_group and p.state = 'proposed'),
    -- The meeting at which the last round was handed over for the first time: what is late of earlier ones moves no round.
    -- Of a tanda that has handed over none yet, that of the one before it: at one meeting one round is handed over.
    'handedOn', coalesce(
      (select p.meeting_on from tanda_payout p where p.group_id = p_group and p.cycle_id = c.id and p.state = 'booked'
          and p.round > coalesce((select o.rounds_before from tanda_order o where o.group_id = p_group and o.cycle_id = c.id and o.kind = 'opening'), 0)
        order by p.round desc, p.created_at limit 1),
      (select p.meeting_on from tanda_payout p join cycle y on y.group_id = p.group_id and y.id = p.cycle_id
        where p.group_id = p_group and p.state = 'booked' and y.closed_at is not null order by y.closed_at desc, p.round desc, p.created_at limit 1)),
    'rounds', (select coalesce(jsonb_agg(jsonb_build_object('round', split_part(a.name, '/', 2)::int, 'member', split_part(a.name, '/', 3), 'held', (-a.balance_minor)::text,
                 'given', (select coalesce(sum(case when p.credit = a.name then p.amount_minor else -p.amount_minor end), 0)::text from posting p
                             join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
                            where p.group_id = a.group_id and (p.credit = a.name or p.debit = a.name) and e.kind not in ('payout', 'organiser-fee') and e.seq > v_from)) order by a.name), '[]')
                 from account a where a.group_id = p_group and a.name like 'round/%'),
    'people', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'),
                 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = m.id)) order by m.number), '[]')
                 from member m where m.group_id = p_group and m.state <> 'pending'));
end $$;

-- The tanda that ended last: what one member gave for it and was handed of it, by this book. Null where none has ended.
create function "ended_tanda"(p_group uuid, p_member uuid) returns jsonb language plpgsql stable as $$
declare y cycle; v_from bigint; v_to bigint;
begin
  select * into y from cycle where group_id = p_group and closed_at is not null order by closed_at desc, created_at desc limit 1;
  if not found then return null; end if;
  select max(e.seq) into v_to from tanda_payout p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
   where p.group_id = p_group and p.cycle_id = y.id;
  -- What was given for it is what came in since the one before it ended, as of a tanda that runs.
  select greatest(
    (select coalesce(max(e.seq), 0) from cycle o join tanda_payout p on p.group_id = o.group_id and p.cycle_id = o.id
       join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id where o.group_id = p_group and o.id <> y.id and e.seq < v_to),
    (select coalesce(max(e.seq), 0) from journal_entry e where e.group_id = p_group and e.kind = 'closing' and e.seq < v_to)) into v_from;
  return jsonb_build_object('on', (select (y.closed_at at time zone g.time_zone)::date from savings_group g where g.id = p_group),
    'given', (select coalesce(sum(case when p.credit = t.name then p.amount_minor else -p.amount_minor end), 0)::text
                from account t join posting p on p.group_id = t.group_id and (p.credit = t.name or p.debit = t.name)
                join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
               where t.group_id = p_group and t.name like 'round/%/' || p_member and e.kind not in ('payout', 'organiser-fee')
                 and e.seq > v_from and e.seq <= v_to),
    'received', (select coalesce(sum(p.amount_minor), 0)::text from tanda_payout p
                  where p.group_id = p_group and p.cycle_id = y.id and p.member_id = p_member and p.state = 'booked'),
    'isWhole', not exists (select from tanda_order o where o.group_id = p_group and o.cycle_id = y.id and o.kind = 'opening' and o.rounds_before > 0),
    -- By the clock of messages, as all of it is written down.
    'isStopped', exists (select from second_word w where w.group_id = p_group and w.kind = 'tanda-stop' and w.state = 'done' and w.created_at <= y.closed_at
                            and w.created_at > coalesce((select max(o.closed_at) from cycle o where o.group_id = p_group and o.closed_at < y.closed_at), '-infinity')));
end $$;

-- Money that one says has left a box, and that another one has not confirmed: it is not in the book yet.
create function "underway_facts"(p_group uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'kind', u.kind, 'member', u.member_id, 'amount', u.amount_minor::text, 'by', u.by, 'words', encode(u.words, 'hex')) order by u.id), '[]')
    from (select r.id, 'loan' as kind, r.member_id, r.amount_minor, r.handed_by as by, null::bytea as words
            from loan_request r where r.group_id = p_group and r.state = 'handed'
          union all
          select o.id, o.kind, o.member_id, o.amount_minor, o.proposed_by, o.words
            from money_out o where o.group_id = p_group and o.state in ('proposed', 'seconded')) u);
end $$;

-- Who signs what a group brings along, and who did.
create function "signatures_of"(p_group uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'),
                    'key', (select encode(wrapped, 'hex') from data_key where id = m.id), 'state', s.state) order by m.number), '[]')
    from opening_signature s join member m on m.group_id = s.group_id and m.id = s.member_id where s.group_id = p_group);
end $$;

-- What a group has, from one look at its accounts: its boxes, all savings, and, where an organisation's money has a box of its own,
-- what it put in, what of it went back, and what its loans earned.
create function "money_facts"(p_group uuid, p_has_lender boolean) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object('cash', coalesce(jsonb_object_agg(name, balance_minor::text) filter (where name ^@ 'cash/'), '{}'),
      'savedByAll', coalesce(-sum(balance_minor) filter (where name ^@ 'savings/'), 0)::text,
      'lender', case when p_has_lender then jsonb_build_object('put', coalesce(-sum(balance_minor) filter (where name = 'outside-capital'), 0)::text,
           'returned', coalesce(sum(balance_minor) filter (where name = 'capital-returned'), 0)::text,
           'earned', coalesce(-sum(balance_minor) filter (where name ^@ 'interest/' or name ^@ 'late-fee/'), 0)::text) end)
    from account where group_id = p_group);
end $$;

-- A group as everybody in it sees it. What most have none of is looked for only where there is some, as in "member_facts".
create function "group_facts"(p_group uuid) returns jsonb language plpgsql stable as $$
declare v_facts jsonb; v_product text; v_signatures jsonb := '[]';
begin
  select jsonb_build_object(
      'id', g.id, 'programmeId', g.programme_id, 'name', encode(g.name, 'hex'), 'key', encode(k.wrapped, 'hex'), 'language', g.language, 'currency', g.currency,
      'timeZone', g.time_zone, 'weekday', g.meeting_weekday, 'time', g.meeting_time, 'place', encode(g.meeting_place, 'hex'), 'state', g.state, 'municipality', g.municipality,
      'safeWord', p.safe_word, 'reminders', g.reminders, 'reminderTime', g.reminder_time, 'reminderWeekday', g.reminder_weekday, 'rulesVersion', g.rules_version,
      'constitution', r.constitution, 'seq', g.seq::text, 'head', encode(g.head, 'hex'), 'frozen', g.frozen_at is not null), r.constitution->>'product'
    into v_facts, v_product
    from savings_group g join programme p on p.id = g.programme_id join data_key k on k.id = g.id
    join group_rules r on r.group_id = g.id and r.version = g.rules_version
   where g.id = p_group;
  if exists (select from opening_signature where group_id = p_group) then v_signatures := signatures_of(p_group); end if;
  return v_facts || money_facts(p_group, v_product = 'solidarity-credit') || jsonb_build_object(
      'members', (select count(*) from member where group_id = p_group and state in ('active', 'invited')), 'underway', underway_facts(p_group), 'signatures', v_signatures,
      'tanda', case when v_product = 'tanda' then tanda_facts(p_group) end);
end $$;

-- Whom somebody of the group may have to be told of: its officers and the programme's staff.
create function "company_facts"(p_group uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object(
    'officers', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = m.id),
        'role', m.role, 'language', m.language, 'reach', reach_of(g.id, m.id)) order by m.number), '[]')
      from member m where m.group_id = g.id and m.role <> 'member' and m.state = 'active'),
    'staff', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', encode(s.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = s.id), 'language', s.language, 'reach', (
        select coalesce(jsonb_agg(jsonb_build_object('addressId', a.id, 'channel', a.channel)), '[]')
          from staff_address sa join address a on a.id = sa.address_id where sa.staff_id = s.id and a.channel <> 'phone'))), '[]')
      from staff s where s.programme_id = g.programme_id and s.role = 'staff'))
    from savings_group g where g.id = p_group);
end $$;

-- An officer's desk: the whole group, who asks to come in, and what waits for a word. She may write down the meetings of
-- the last four weeks, so what was given for these comes along.
create function "desk_facts"(p_group uuid, p_on date) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'roster', (select jsonb_agg(member_facts(m, p_on - 31) order by m.number) from member m where m.group_id = p_group and m.state in ('active', 'suspended', 'invited')),
    'pending', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', encode(m.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = m.id), 'language', m.language, 'number', m.number, 'reach', reach_of(m.group_id, m.id),
                               'known', was_on_roster(m))), '[]')
                  from member m where m.group_id = p_group and m.state = 'pending'),
    'waiting', waiting_payments(p_group), 'closedPins', closed_pins(p_group));
end $$;

-- Of somebody who waits for a leader's yes: whether her place was there before she came. Who is on the roster and not in the chat
-- was given a code of her own.
create function "was_on_roster"(m member) returns boolean language plpgsql stable as $$
begin
  return exists (select from invite i where i.group_id = m.group_id and i.member_id = m.id);
end $$;

create function "waiting_payments"(p_group uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', id, 'memberId', member_id, 'savings', savings_minor::text, 'loan', loan_minor::text, 'fine', fine_minor::text, 'social', social_minor::text, 'turn', turn_minor::text,
      'state', state, 'meetingOn', meeting_on, 'batch', batch, 'reportedBy', reported_by, 'firstSigner', first_signer) order by created_at, id), '[]')
    from payment where group_id = p_group and state in ('reported', 'signed'));
end $$;

create function "payment_facts"(p payment) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object(
    'id', p.id, 'memberId', p.member_id, 'savings', p.savings_minor::text, 'loan', p.loan_minor::text, 'fine', p.fine_minor::text, 'social', p.social_minor::text, 'turn', p.turn_minor::text,
    'state', p.state, 'meetingOn', p.meeting_on, 'nth', p.nth, 'batch', p.batch, 'decidedBy', p.decided_by,
    'entryId', e.id, 'receipt', e.seq::text, 'authorId', e.author_id, 'occurredOn', e.occurred_on, 'decidedAt', p.decided_at,
    'postings', (select coalesce(jsonb_agg(jsonb_build_object('debit', debit, 'credit', credit, 'amount', amount_minor::text) order by n), '[]')
                   from posting where group_id = p.group_id and entry_id = e.id),
    'balances', (select coalesce(jsonb_object_agg(a.name, a.balance_minor::text), '{}') from account a
                  where a.group_id = p.group_id and a.name in (select unnest(array[o.debit, o.credit]) from posting o where o.group_id = p.group_id and o.entry_id = e.id)),
    -- The cycle it belongs to was shared out; a tanda ends with its last payout.
    'closed', exists (select from journal_entry c where c.group_id = p.group_id and c.seq > e.seq and (c.kind = 'closing' or exists (
                  select from tanda_payout o join cycle y on y.group_id = o.group_id and y.id = o.cycle_id and y.closed_at is not null
                   where o.group_id = c.group_id and o.entry_id = c.id))),
    -- All were told balances that it is part of.
    'told', exists (select from meeting t where t.group_id = p.group_id and t.state = 'closed' and t.seq >= e.seq and (not t.late or t.meeting_on >= e.occurred_on)),
    'disputed', exists (select 1 from dispute d where d.group_id = p.group_id and d.payment_id = p.id and d.state = 'open'))
    from (select 1) x left join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id);
end $$;

-- A draw with its words. The secret comes along only when the words are closed: before that no step may use it.
create function "draw_facts"(d draw) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object('id', d.id, 'cycleId', d.cycle_id, 'purpose', d.purpose, 'by', d.draw_by, 'commit', d.commit,
    'secret', case when d.state = 'closed' then encode(d.secret, 'hex') end, 'opened', d.opened, 'members', d.members, 'lots', d.lots,
    'wordsUntil', d.words_until, 'revealUntil', d.reveal_until, 'follows', d.follows, 'state', d.state, 'dice', d.dice, 'order', d.drawn,
    'missing', d.missing, 'begunBy', d.begun_by, 'open', exists (select 1 from cycle c where c.group_id = d.group_id and c.id = d.cycle_id and c.closed_at is null),
    'words', (select coalesce(jsonb_agg(jsonb_build_object('number', w.number, 'word', encode(w.word, 'hex')) order by w.number), '[]')
                from draw_word w where w.group_id = d.group_id and w.draw_id = d.id),
    'people', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'),
                 'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = m.id)) order by m.number), '[]')
                 from member m where m.group_id = d.group_id and d.members @> to_jsonb(m.number)));
end $$;

-- A member's lessons, what was read in her group, and which lessons her programme lets go out.
create function "lesson_facts"(p_group uuid, p_member uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object('drafts', p.lesson_drafts, 'languages', p.lesson_languages,
    'progress', (select coalesce(jsonb_agg(lesson_progress_facts(l) order by l.enrolled_at, l.lesson_id), '[]')
                   from lesson_progress l where l.group_id = p_group and l.member_id = p_member),
    'wishes', (select jsonb_build_object('off', s.off, 'hour', s.hour, 'days', s.days, 'language', s.language)
                 from lesson_setting s where s.group_id = p_group and s.member_id = p_member),
    'read', (select coalesce(jsonb_agg(jsonb_build_object('lessonId', r.lesson_id, 'on', r.meeting_on) order by r.opened_at, r.lesson_id), '[]')
               from lesson_reading r where r.group_id = p_group),
    'approved', (select coalesce(jsonb_agg(a.text_hash), '[]') from lesson_approval a), 'audio', lesson_audio_facts(p.id))
    from savings_group g join programme p on p.id = g.programme_id where g.id = p_group);
end $$;

create function "lesson_audio_facts"(p_programme uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('lessonId', a.lesson_id, 'language', a.language, 'textHash', a.text_hash, 'hash', encode(a.hash, 'hex'),
           'seconds', a.seconds)), '[]') from lesson_audio a where a.programme_id = p_programme);
end $$;

-- What staff need who record and approve lessons.
create function "staff_lessons"(p_programme uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object('languages', p.lesson_languages, 'drafts', p.lesson_drafts, 'audio', lesson_audio_facts(p.id),
           'approved', (select coalesce(jsonb_agg(a.text_hash), '[]') from lesson_approval a))
    from programme p where p.id = p_programme);
end $$;

-- How far members come with each lesson, by the language they had it in and whether it was spoken; of a programme, or of all.
-- What fewer than five people had is not even counted.
create function "lesson_funnels"(p_programme uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object('lessonId', f.lesson_id, 'language', f.language, 'voice', f.voice, 'counts', jsonb_build_object(
           'enrolled', f.enrolled, 'delivered', f.delivered, 'opened', f.opened, 'finished', f.finished, 'rightFirst', f.right_first,
           'rightLater', f.right_later, 'did', f.did)) order by f.lesson_id, f.language, f.voice), '[]')
    from (select l.lesson_id, l.language, l.voice, count(*) as enrolled, count(l.delivered_at) as delivered, count(l.opened_at) as opened,
                 count(l.finished_at) as finished, count(*) filter (where l.right_first) as right_first,
                 count(*) filter (where l.review_right) as right_later, count(*) filter (where l.did) as did
            from lesson_progress l join savings_group g on g.id = l.group_id
           where p_programme is null or g.programme_id = p_programme
           group by l.lesson_id, l.language, l.voice having count(*) >= 5) f);
end $$;

create function "lesson_progress_facts"(l lesson_progress) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object('lessonId', l.lesson_id, 'announcedAt', l.announced_at, 'openedAt', l.opened_at, 'part', l.part,
    'finishedAt', l.finished_at, 'reviewOn', l.review_on, 'reviews', l.reviews, 'didAskedAt', l.did_asked_at, 'did', l.did);
end $$;

-- What was answered to a question put to the group, the first answer first.
create function "votes_on"(p_group uuid, p_subject uuid) returns jsonb language plpgsql stable as $$
begin
  -- Who was suspended or left since has no vote, as she is none of those it takes a quorum of.
  return (select coalesce(jsonb_agg(jsonb_build_object('memberId', v.member_id, 'yes', v.yes) order by v.at, v.member_id), '[]')
            from vote v join member m on m.group_id = v.group_id and m.id = v.member_id and m.state in ('active', 'invited')
           where v.group_id = p_group and v.subject_id = p_subject);
end $$;

-- What a show of hands about it came to, as two officers said.
create function "hands_on"(p_group uuid, p_subject uuid) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('yes', w.hands->'yes', 'no', w.hands->'no') from second_word w
           where w.group_id = p_group and w.kind = 'hands' and w.state = 'done' and w.hands->>'id' = p_subject::text
           order by w.created_at desc, w.id desc limit 1);
end $$;

-- What concerns somebody who left waits for nobody's word, and holds up nothing behind it. Who is suspended objects and pays as before.
create function "on_roster"(p_group uuid, p_member uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from member m where m.group_id = p_group and m.id = p_member and m.state in ('active', 'suspended', 'invited'));
end $$;

-- Whether an officer has to say something about her money yet: a payment, her objection to a receipt, or a change that was
-- asked for of what is hers, or by her. Nobody leaves before that, and no cycle is closed. A change that concerns somebody who is
-- not here now is not asked about, and so is not waited for.
create function "waits_for_word"(m member) returns boolean language plpgsql stable as $$
begin
  return exists (select from payment p where p.group_id = m.group_id and p.member_id = m.id and p.state in ('reported', 'signed'))
      or exists (select from dispute d join payment p on p.group_id = d.group_id and p.id = d.payment_id and p.state = 'confirmed'
                  where d.group_id = m.group_id and d.member_id = m.id and d.state = 'open')
      or exists (select from second_word w where w.group_id = m.group_id and w.state = 'proposed'
                    and (w.member_id is null or on_roster(w.group_id, w.member_id))
                    and not exists (select from payment p where p.group_id = w.group_id and w.payments ? p.id::text and not on_roster(p.group_id, p.member_id))
                    and (w.proposed_by = m.id or w.member_id = m.id and w.amount_minor is not null
                         or exists (select from payment p where p.group_id = w.group_id and p.member_id = m.id and w.payments ? p.id::text)));
end $$;

-- Facts that only some dialogues use, asked for by name: {"movements": true, "receipts": true, …}.
create function "extra_facts"(p_group uuid, p_member uuid, p_needs jsonb, p_now timestamptz) returns jsonb language plpgsql stable as $$
declare extra jsonb := '{}';
begin
  if p_needs ? 'movements' then
    extra := extra || jsonb_build_object('movements', (
      select coalesce(jsonb_agg(jsonb_build_object('seq', seq::text, 'on', occurred_on, 'kind', kind, 'account', account, 'delta', delta::text) order by seq desc, account), '[]')
        from (select e.seq, e.occurred_on, e.kind, case when w.earned then 'savings-earned' else a.account end as account,
                     sum(case when p.debit = a.name then p.amount_minor else -p.amount_minor end) as delta
                from (select 'savings' as account, 'savings/' || p_member as name union all
                      select 'loan', kind || l.id from loan l, (values ('loan/'), ('interest/'), ('late-fee/')) k(kind)
                       where l.group_id = p_group and l.member_id = p_member union all
                      select 'cover', 'cover/' || p_member union all select 'covered', 'covered/' || p_member union all
                      select 'turn', t.name from account t where t.group_id = p_group and t.name like 'round/%/' || p_member) a
                join posting p on p.group_id = p_group and (p.debit = a.name or p.credit = a.name)
                join journal_entry e on e.group_id = p_group and e.id = p.entry_id
               -- What she earned (or lost) is shown apart from what she was paid out.
               cross join lateral (select a.account = 'savings' and e.kind in ('closing', 'leaving') and 'earnings' in (p.debit, p.credit) as earned) w
               -- At a closing the interest and late fees of all loans are counted up: that is no movement of hers.
               where not (e.kind = 'closing' and p.debit = a.name and a.name ~ '^(interest|late-fee)/')
                 -- What she gave for a round leaves with the others' when it is handed over: it is given all the same.
                 and not (a.account = 'turn' and e.kind in ('payout', 'organiser-fee'))
               group by e.seq, e.occurred_on, e.kind, a.account, w.earned
               union all select e.seq, e.occurred_on, e.kind, 'payout', p.amount_minor from tanda_payout p
                join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id where p.group_id = p_group and p.member_id = p_member
               -- What she was handed when she left: what the boxes hold less by that entry.
               union all select e.seq, e.occurred_on, e.kind, 'payout',
                      (select sum(case when o.credit like 'cash/%' then o.amount_minor else 0 end - case when o.debit like 'cash/%' then o.amount_minor else 0 end)
                         from posting o where o.group_id = e.group_id and o.entry_id = e.id)
                from money_out m join journal_entry e on e.group_id = m.group_id and e.id = m.entry_id
               where m.group_id = p_group and m.member_id = p_member and m.kind = 'leaving'
               order by 1 desc, 4 limit 12) x));
  end if;
  if p_needs ? 'receipts' then
    extra := extra || jsonb_build_object('receipts', (
      select coalesce(jsonb_agg(payment_facts(p) order by e.seq desc), '[]') from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
       where p.group_id = p_group and p.member_id = p_member and p.state = 'confirmed' and p.decided_at > p_now - interval '7 days'),
      'given', covers_given(p_group, p_member, p_now));
  end if;
  if p_needs ? 'lists' then
    extra := extra || jsonb_build_object('lists', (
      select coalesce(jsonb_agg(payment_facts(p) order by e.seq desc), '[]') from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
       where p.group_id = p_group and p.decided_by = p_member and p.state = 'confirmed' and p.decided_at > p_now - interval '36 hours'));
  end if;
  if p_needs ? 'payment' then
    extra := extra || jsonb_build_object('payment', (
      select payment_facts(p) from payment p where p.group_id = p_group and p.id = (p_needs->>'payment')::uuid));
  end if;
  if p_needs ? 'disputes' then
    extra := extra || jsonb_build_object('disputes', (
      select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'memberId', d.member_id, 'payment', payment_facts(p)) order by d.opened_at, d.id), '[]')
        from dispute d join payment p on p.group_id = d.group_id and p.id = d.payment_id
       where d.group_id = p_group and d.state = 'open' and p.state = 'confirmed' and on_roster(p_group, d.member_id)),
      'coverDisputes', cover_objections(p_group));
  end if;
  if p_needs ? 'requests' then
    extra := extra || jsonb_build_object('requests', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'memberId', r.member_id, 'amount', r.amount_minor::text, 'purpose', r.purpose,
                 'n', r.instalments, 'state', r.state, 'askedBy', r.asked_by, 'decidedBy', r.decided_by, 'handedBy', r.handed_by, 'terms', r.terms, 'heldOn', r.held_on,
                 'votes', votes_on(p_group, r.id), 'hands', hands_on(p_group, r.id),
                 'borrower', (select jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', encode(k.wrapped, 'hex'),
                                       'role', m.role, 'language', m.language, 'reach', reach_of(m.group_id, m.id))
                                from member m join data_key k on k.id = m.id where m.group_id = r.group_id and m.id = r.member_id)) order by r.created_at, r.id), '[]')
        from loan_request r where r.group_id = p_group and (r.state = 'handed' or r.state in ('asked', 'approved')
           and exists (select from member m where m.group_id = p_group and m.id = r.member_id and m.state in ('active', 'invited')))));
  end if;
  if p_needs ? 'seconds' then
    extra := extra || jsonb_build_object('seconds', (
      select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'kind', w.kind, 'by', w.proposed_by, 'member', w.member_id, 'amount', w.amount_minor::text, 'parts', w.parts, 'subject', w.hands, 'entry', w.entry_id, 'meetingOn', w.meeting_on, 'toStaff', w.to_staff,
               'votes', votes_on(p_group, w.id), 'hands', hands_on(p_group, w.id),
               'payments', (select coalesce(jsonb_agg(payment_facts(p) order by p.created_at, p.id), '[]') from payment p
                             where p.group_id = w.group_id and w.payments ? p.id::text)) order by w.created_at, w.id), '[]')
        from second_word w where w.group_id = p_group and w.state = 'proposed' and w.proposed_by is not null));
  end if;
  if p_needs ? 'election' then
    extra := extra || jsonb_build_object('election', election_facts(p_group, p_member));
  end if;
  if p_needs ? 'recoveries' then
    extra := extra || jsonb_build_object('recoveries', jsonb_build_object(
      'held', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'memberId', r.member_id) order by r.at, r.id), '[]')
                 from recovery r where r.group_id = p_group and r.state = 'held'),
      'denied', (select coalesce(jsonb_agg(distinct r.member_id), '[]') from recovery r where r.group_id = p_group and r.state = 'denied' and denied_lately(p_group, r.member_id, p_now)),
      'here', to_jsonb(officers_here(p_group))));
  end if;
  if p_needs ? 'ended-tanda' then
    extra := extra || jsonb_build_object('endedTanda', ended_tanda(p_group, p_member));
  end if;
  if p_needs ? 'opening' then
    extra := extra || jsonb_build_object('opening', (
      select jsonb_build_object('on', e.occurred_on,
               'saved', coalesce(sum(p.amount_minor) filter (where p.credit like 'savings/%'), 0)::text,
               'lent', coalesce(sum(p.amount_minor) filter (where p.debit like 'loan/%'), 0)::text,
               'boxes', (select jsonb_object_agg(b.pot, (select coalesce(sum(case 'cash/' || b.pot when o.debit then o.amount_minor when o.credit then -o.amount_minor end), 0)::text
                            from posting o where o.group_id = e.group_id and o.entry_id = e.id))
                           from (values ('loan-fund'), ('savings-pot'), ('social-fund')) b(pot)))
        from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id
       where e.group_id = p_group and e.idempotency_key = 'opening' group by e.group_id, e.id));
  end if;
  if p_needs ? 'outs' then
    extra := extra || jsonb_build_object('outs', (
      select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'amount', o.amount_minor::text, 'state', o.state, 'by', o.proposed_by, 'words', encode(o.words, 'hex'), 'heldOn', o.held_on,
               'member', (select member_facts(m, least(p_now::date - 9, o.held_on)) from member m where m.group_id = o.group_id and m.id = o.member_id)) order by o.created_at, o.id), '[]')
        from money_out o where o.group_id = p_group and o.state in ('proposed', 'seconded')));
  end if;
  if p_needs ? 'covers' then
    extra := extra || jsonb_build_object('covers', jsonb_build_object(
      'all', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'debtor', c.debtor_id, 'gap', c.gap_minor::text, 'state', c.state, 'proposedBy', c.proposed_by, 'votes', votes_on(p_group, c.id), 'hands', hands_on(p_group, c.id),
                'shares', (select coalesce(jsonb_agg(jsonb_build_object('member', s.member_id, 'amount', s.amount_minor::text) order by s.n), '[]')
                             from cover_share s where s.group_id = c.group_id and s.cover_id = c.id),
                'booked', (select jsonb_build_object('entry', e.id, 'receipt', e.seq::text,
                              'closed', exists (select from journal_entry y where y.group_id = e.group_id and y.kind = 'closing' and y.seq > e.seq),
                              'postings', (select jsonb_agg(jsonb_build_object('debit', o.debit, 'credit', o.credit, 'amount', o.amount_minor::text) order by o.n) from posting o
                                            where o.group_id = e.group_id and o.entry_id = e.id),
                              'balances', (select jsonb_object_agg(a.name, a.balance_minor::text) from account a where a.group_id = e.group_id
                                             and a.name in (select unnest(array[o.debit, o.credit]) from posting o where o.group_id = e.group_id and o.entry_id = e.id)))
                             from journal_entry e where e.group_id = c.group_id and e.id = c.entry_id and e.kind = 'cover')) order by c.created_at, c.id), '[]')
                from cover c where c.group_id = p_group and c.state in ('proposed', 'booked')),
      'former', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'),
                    'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = m.id)) order by m.number), '[]')
                   from member m where m.group_id = p_group and m.state = 'left'
                    and exists (select from cover_share s where s.group_id = m.group_id and s.member_id = m.id)),
      'refunds', (select coalesce(jsonb_agg(jsonb_build_object('debtor', r.debtor_id, 'member', r.member_id, 'amount', r.amount_minor::text, 'entry', e.id, 'receipt', e.seq::text, 'kind', e.kind,
                     'closed', exists (select from journal_entry y where y.group_id = e.group_id and y.kind = 'closing' and y.seq > e.seq)) order by e.seq, r.n), '[]')
                    from cover_refund r join journal_entry e on e.group_id = r.group_id and e.id = r.entry_id
                   where r.group_id = p_group and not exists (select from journal_entry x where x.group_id = e.group_id and x.reverses = e.id))));
  end if;
  if p_needs ? 'closing' then
    extra := extra || jsonb_build_object('closing', (
      select jsonb_build_object('cycleId', c.id, 'proposedBy', c.proposed_by,
               'fines', (select (-balance_minor)::text from account where group_id = p_group and name = 'fines'),
               'earnings', (select (-balance_minor)::text from account where group_id = p_group and name = 'earnings'),
               'covered', (select coalesce(sum(balance_minor), 0)::text from account where group_id = p_group and name like 'cover/%'),
               'members', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'saved', (-s.balance_minor)::text, 'coverOwed', coalesce(o.balance_minor, 0)::text, 'coveredOwed', coalesce(-g.balance_minor, 0)::text,
                                    'isWaited', waits_for_word(m)) order by m.number), '[]')
                             from member m join account s on s.group_id = m.group_id and s.name = 'savings/' || m.id
                             left join account o on o.group_id = m.group_id and o.name = 'cover/' || m.id
                             left join account g on g.group_id = m.group_id and g.name = 'covered/' || m.id
                            -- Who is suspended has her part like all others.
                            where m.group_id = p_group and m.state in ('active', 'suspended', 'invited')),
               'interest', (select coalesce(jsonb_agg(jsonb_build_object('loanId', l.id, 'memberId', l.member_id, 'minor', (-a.balance_minor)::text) order by l.disbursed_on, l.id), '[]')
                              from loan l join account a on a.group_id = l.group_id and a.name = 'interest/' || l.id
                             where l.group_id = p_group and a.balance_minor <> 0),
               'lateFees', (select coalesce(jsonb_agg(jsonb_build_object('loanId', l.id, 'minor', (-a.balance_minor)::text) order by l.disbursed_on, l.id), '[]')
                              from loan l join account a on a.group_id = l.group_id and a.name = 'late-fee/' || l.id
                             where l.group_id = p_group and a.balance_minor <> 0),
               'outsideCapital', (select coalesce(-sum(balance_minor), 0)::text from account where group_id = p_group and name = 'outside-capital'),
               'losses', (select coalesce(jsonb_agg(jsonb_build_object('loanId', l.id, 'memberId', l.member_id, 'votes', votes_on(p_group, l.id), 'hands', hands_on(p_group, l.id)) order by l.disbursed_on, l.id), '[]')
                            from loan l where l.group_id = p_group and l.state = 'active' and on_roster(p_group, l.member_id)
                             and exists (select from vote v where v.group_id = p_group and v.subject_id = l.id)))
        from cycle c where c.group_id = p_group and c.closed_at is null order by c.starts limit 1));
  end if;
  if p_needs ? 'draw' then
    extra := extra || jsonb_build_object('draw', (
      select draw_facts(d) from draw d where d.group_id = p_group order by d.begun_at desc, d.id desc limit 1));
  end if;
  if p_needs ?| array['meeting', 'stand-in'] then
    -- She who was asked for a second word on the count is shown that meeting, and no other one.
    extra := extra || jsonb_build_object('meeting', (
      select jsonb_build_object('id', t.id, 'on', t.meeting_on, 'late', t.late, 'state', t.state, 'openedBy', t.opened_by,
               'boxes', t.boxes, 'firstBoxes', t.first_boxes, 'countedBy', t.counted_by, 'reason', t.reason,
               'standIn', t.stand_in_id, 'stoodIn', coalesce(t.state = 'agreed' and t.witness_id = t.stand_in_id, false))
        from meeting t where t.group_id = p_group and t.state <> 'closed' and (p_needs ? 'meeting' or t.stand_in_id = p_member)),
      'meetingWork', (select meeting_work(p_group, t.meeting_on) from meeting t where t.group_id = p_group and t.state <> 'closed'),
      'lastClosed', (select max(t.meeting_on) from meeting t where t.group_id = p_group and t.state = 'closed'));
  end if;
  if p_needs ? 'counted' then
    -- The last day on which the book said what was in the box, and by how much each box moved on the days of late.
    extra := extra || jsonb_build_object('counted', greatest(
      (select max(e.occurred_on) from journal_entry e where e.group_id = p_group and e.kind in ('opening', 'count', 'closing')),
      (select max(case when t.late then t.meeting_on else (t.closed_at at time zone g.time_zone)::date end) from meeting t, savings_group g
        where t.group_id = p_group and t.counted_minor is not null and t.state = 'closed' and g.id = p_group)),
      'boxMoves', (select coalesce(jsonb_agg(jsonb_build_object('pot', b.pot, 'on', b.occurred_on, 'delta', b.delta::text) order by b.occurred_on, b.pot), '[]')
        from (select split_part(x.name, '/', 2) as pot, e.occurred_on, sum(x.delta) as delta
                from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id
               cross join lateral (values (p.debit, p.amount_minor), (p.credit, -p.amount_minor)) x(name, delta)
               where e.group_id = p_group and e.occurred_on > least(p_now::date - 60, (select min(t.meeting_on) from meeting t where t.group_id = p_group and t.state <> 'closed')) and x.name like 'cash/%'
               group by 1, 2) b));
  end if;
  if p_needs ? 'lessons' then
    extra := extra || jsonb_build_object('lessons', lesson_facts(p_group, p_member));
  end if;
  if p_needs ? 'own-talk' then
    extra := extra || jsonb_build_object('ownTalk', own_talk(p_group, p_member));
  end if;
  if p_needs ? 'own-rights' then
    extra := extra || jsonb_build_object('ownRights', own_rights(p_group, p_member));
  end if;
  if p_needs ? 'voters' then
    extra := extra || jsonb_build_object('voters', (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'), 'key', encode(k.wrapped, 'hex'),
                 'role', m.role, 'language', m.language, 'reach', reach_of(m.group_id, m.id)) order by m.number), '[]')
        from member m join data_key k on k.id = m.id where m.group_id = p_group and m.state = 'active'));
  end if;
  return extra;
end $$;

-- What staff see by message: counts and totals, no names of members.
create function "programme_summary"(p_programme uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', g.id, 'name', encode(g.name, 'hex'), 'key', encode(k.wrapped, 'hex'), 'currency', g.currency,
      'members', (select count(*) from member where group_id = g.id and state in ('active', 'invited')),
      'linked', (select count(*) from member where group_id = g.id and state = 'active'),
      'saved', (select coalesce(-sum(balance_minor), 0)::text from account where group_id = g.id and name like 'savings/%'),
      'lent', (select coalesce(sum(balance_minor), 0)::text from account where group_id = g.id and name like 'loan/%'),
      'waiting', (select count(*) from payment where group_id = g.id and state in ('reported', 'signed')),
      'disputes', (select count(*) from dispute where group_id = g.id and state = 'open')) order by g.created_at, g.id), '[]')
    from savings_group g join data_key k on k.id = g.id where g.programme_id = p_programme);
end $$;

create function "invite_facts"(p_code bytea, p_now timestamptz) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_build_object('id', i.id, 'groupId', i.group_id, 'memberId', i.member_id, 'usesLeft', i.uses_left, 'expiresAt', i.expires_at,
      'group', jsonb_build_object('name', encode(g.name, 'hex'), 'key', encode(k.wrapped, 'hex'), 'language', g.language),
      'member', (select jsonb_build_object('name', encode(m.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = m.id), 'state', m.state,
                     'linked', exists (select 1 from member_address ma join address a on a.id = ma.address_id where ma.group_id = m.group_id and ma.member_id = m.id and a.channel <> 'phone'),
                     'takenBack', m.taken_back_at is not null,
                     'signs', exists (select from opening_signature s where s.group_id = m.group_id and s.member_id = m.id and s.state = 'asked'))
                   from member m where m.group_id = i.group_id and m.id = i.member_id),
      'roster', case when i.member_id is null then (
          select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'),
                   'key', (select encode(wrapped, 'hex') from data_key where id = m.id), 'state', m.state) order by m.number), '[]')
            from member m where m.group_id = i.group_id) end,
      -- Two had it made for a new telephone: whose, whether one waits already, and whether the old one is asked nothing.
      'recovers', (select jsonb_build_object('member', jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'),
                       'key', (select encode(wrapped, 'hex') from data_key where id = m.id), 'role', m.role, 'language', m.language, 'reach', reach_of(m.group_id, m.id)),
                     'held', exists (select from recovery r where r.group_id = m.group_id and r.member_id = m.id and r.state = 'held'),
                     'contested', w.to_staff and denied_lately(m.group_id, m.id, p_now),
                     'staff', case when w.to_staff then (company_facts(i.group_id))->'staff' else '[]' end)
                     from second_word w join member m on m.group_id = w.group_id and m.id = w.member_id and m.state in ('active', 'suspended')
                    where w.group_id = i.group_id and w.id = i.id and w.kind = 'new-phone' and w.state = 'done'),
      'officers', (company_facts(i.group_id))->'officers')
    from invite i join savings_group g on g.id = i.group_id join data_key k on k.id = g.id where i.code_index = p_code);
end $$;

-- The invitation of whoever a file named with this telephone and who has not come in yet; null when there is none, or when the
-- telephone stands beside several people: which of them she is, her code says.
create function "invite_by_telephone"(p_index bytea, p_now timestamptz) returns jsonb language plpgsql stable as $$
declare v_group uuid; v_member uuid; v_many boolean;
begin
  select m.group_id, m.id, count(*) over () > 1 into v_group, v_member, v_many
    from address a join member_address ma on ma.address_id = a.id join member m on m.group_id = ma.group_id and m.id = ma.member_id
   where a.channel = 'phone' and a.value_index = p_index and m.state = 'invited'
     and not exists (select from member_address o join address d on d.id = o.address_id where o.group_id = m.group_id and o.member_id = m.id and d.channel <> 'phone')
   limit 1;
  if v_many is not false then return null; end if;
  return invite_facts((select i.code_index from invite i where i.group_id = v_group and i.member_id = v_member and i.uses_left > 0
                        order by i.expires_at desc, i.id limit 1), p_now);
end $$;

-- The seats of an address that sits in several groups, with what they are called.
create function "seats_of"(p_address uuid) returns jsonb language plpgsql stable as $$
begin
  return (
  select jsonb_agg(jsonb_build_object('groupId', ma.group_id, 'memberId', ma.member_id,
           'group', jsonb_build_object('name', encode(g.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = g.id)),
           'member', jsonb_build_object('name', encode(m.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = m.id))
         ) order by ma.created_at, ma.member_id)
    from member_address ma
    join member m on m.group_id = ma.group_id and m.id = ma.member_id and m.state in ('active', 'suspended', 'pending')
    join savings_group g on g.id = ma.group_id where ma.address_id = p_address);
end $$;

-- Facts for one message. p_needs may hold the extra facts above, "company" (the others of the speaker's group, and her
-- desk when she is an officer) and "invite" (the keyed hash of a code, in hex).
create function "load_snapshot"(p_channel text, p_message_id text, p_value_index bytea, p_needs jsonb, p_now timestamptz) returns jsonb language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
  a address; seat record; who staff; facts jsonb; me member; v_alias boolean := false; v_other boolean := false; v_limited text;
begin
  if exists (select 1 from inbox where channel = p_channel and message_id = p_message_id) then
    return jsonb_build_object('seen', true);
  end if;
  select * into a from address where channel = p_channel and value_index = p_value_index;
  -- Not known by the id she wrote from: perhaps by another one of hers.
  if a.id is null then
    select d.* into a from address_alias s join address d on d.id = s.address_id
     where s.channel = p_channel and (s.value_index = p_value_index or s.value_index in (select decode(x, 'hex') from jsonb_array_elements_text(p_needs->'aliases') x))
     limit 1;
    v_alias := a.id is not null;
  elsif p_needs ? 'aliases' then
    -- Her number, but none of her other ids: somebody else has the number now.
    v_other := exists (select 1 from address_alias s where s.address_id = a.id)
      and not exists (select 1 from address_alias s where s.address_id = a.id and s.channel = p_channel
            and s.value_index in (select decode(x, 'hex') from jsonb_array_elements_text(p_needs->'aliases') x));
  end if;
  p_needs := p_needs - 'aliases';
  facts := jsonb_build_object('seen', false);
  if p_needs ? 'invite' then
    facts := facts || jsonb_build_object('invite', invite_facts(decode(p_needs->>'invite', 'hex'), p_now));
  elsif p_needs ? 'inviteTelephone' then
    facts := facts || jsonb_build_object('invite', invite_by_telephone(decode(p_needs->>'inviteTelephone', 'hex'), p_now));
  end if;
  if a.id is null then return facts || jsonb_build_object('codesPaused', codes_paused(p_now)); end if;
  -- The seat she speaks from: the one she chose, else her first. None after half a year of silence. One that she left is hers to
  -- look at for thirty days, where she has no other.
  select ma.group_id, ma.member_id, m.state, count(*) filter (where m.state <> 'left') over () as seats into seat from member_address ma
    join member m on m.group_id = ma.group_id and m.id = ma.member_id
     and (m.state in ('active', 'suspended', 'pending') or (m.state = 'left' and m.left_on > p_now::date - 30))
   where ma.address_id = a.id and not is_gone(a) order by (ma.member_id = (p_needs->>'seat')::uuid) desc nulls last, (m.state = 'left'), (ma.member_id = a.speaks_as) desc nulls last, ma.created_at, ma.member_id limit 1;
  p_needs := p_needs - 'seat';

  -- Whom no leader has admitted asks nothing of a group's room.
  if p_needs ? 'room' then
    v_limited := limited_now(a.id, case when seat.state in ('active', 'suspended') then seat.group_id end, p_needs->'room', p_now);
  end if;

  facts := facts || jsonb_build_object('address', jsonb_build_object(
    'id', a.id, 'language', a.language, 'session', encode(a.session, 'hex'), 'asked', encode(a.asked, 'hex'), 'askedAt', a.asked_at, 'many', coalesce(a.many_at > now() - interval '48 hours', false), 'version', a.version::text,
    'consentedAt', a.consented_at, 'stoppedAt', a.stopped_at, 'wrongCodes', a.wrong_codes, 'wrongCodeAt', a.wrong_code_at,
    'erasures', case when exists (select from erasure_address x where x.address_id = a.id) then waiting_erasures(a.id, p_now) end,
    'invited', a.invites and exists (select from outbox o where o.address_id = a.id and o.state = 'held'),
    'doubt', case when a.paused_for is not null then 'paused' when a.doubted_at is not null then 'known' when is_silent(a) then 'new' end,
    'recovering', exists (select from recovery r where r.address_id = a.id and r.state = 'held'),
    'byAlias', v_alias, 'contradicted', v_other, 'key', case when v_alias then (select encode(k.wrapped, 'hex') from data_key k where k.id = a.id) end));
  if v_limited is not null then return facts || jsonb_build_object('limited', v_limited); end if;
  p_needs := p_needs - 'room';
  if seat.member_id is null or p_needs ? 'invite' then facts := facts || jsonb_build_object('codesPaused', codes_paused(p_now)); end if;
  if seat.member_id is null then
    select s.* into who from staff_address sa join staff s on s.id = sa.staff_id where sa.address_id = a.id limit 1;
    if who.id is not null then
      facts := facts || jsonb_build_object('staff', jsonb_build_object('id', who.id, 'role', who.role, 'language', who.language,
        'name', encode(who.name, 'hex'), 'key', (select encode(wrapped, 'hex') from data_key where id = who.id),
        'programmeId', who.programme_id, 'programme', (select name from programme where id = who.programme_id),
        'timeZone', (select g.time_zone from savings_group g where g.programme_id = who.programme_id order by g.created_at, g.id limit 1)));
      if p_needs ? 'summary' then
        facts := facts || jsonb_build_object('summary', programme_summary(who.programme_id),
          'talksWaiting', talks_waiting(who.programme_id));
      end if;
      if p_needs ? 'talks' then facts := facts || jsonb_build_object('openTalks', open_talks(who.programme_id, 9, (p_needs->>'talks')::integer)); end if;
      if p_needs ? 'talk' then facts := facts || jsonb_build_object('talk', one_talk(who.programme_id, (p_needs->>'talk')::uuid, 10)); end if;
      -- Nothing of it where she is not trained for it: that is asked in there.
      if p_needs ? 'dangers' then facts := facts || jsonb_build_object('openDangers', open_dangers(who.id, 9)); end if;
      if p_needs ? 'danger' then facts := facts || jsonb_build_object('danger', one_danger(who.id, (p_needs->>'danger')::uuid, 10)); end if;
      if p_needs ? 'open-rights' then facts := facts || jsonb_build_object('openRequests', open_requests(who.programme_id)); end if;
      if p_needs ? 'telephones' then facts := facts || jsonb_build_object('telephones', staff_telephones(who.programme_id, p_now)); end if;
      if p_needs ? 'odd' then facts := facts || jsonb_build_object('odd', odd_facts(array(select id from savings_group where programme_id = who.programme_id), null, p_now)); end if;
      if p_needs ? 'lessons' then facts := facts || jsonb_build_object('staffLessons', staff_lessons(who.programme_id)); end if;
      if p_needs ? 'lesson-report' then facts := facts || jsonb_build_object('funnels', lesson_funnels(who.programme_id)); end if;
      if p_needs ?| array['places', 'audience', 'broadcasts', 'saved', 'broadcast'] then
        facts := facts || jsonb_build_object('staffBroadcasts', staff_broadcasts(who.programme_id, p_needs, p_now));
      end if;
      if p_needs ? 'staff' then facts := facts || jsonb_build_object('staffAll', staff_contacts(who.programme_id)); end if;
    end if;
    return facts;
  end if;

  if seat.seats > 1 then facts := facts || jsonb_build_object('seats', seats_of(a.id)); end if;
  if p_needs ? 'marked' then
    facts := facts || jsonb_build_object('marked', marked_talk(a.id, seat.group_id, p_needs->>'marked'));
    p_needs := p_needs - 'marked';
  end if;
  perform become_app(seat.group_id);
  select * into me from member where group_id = seat.group_id and id = seat.member_id;
  facts := facts || jsonb_build_object('me', member_facts(me, p_now::date - 9), 'group', group_facts(seat.group_id), 'noticeSeen', notice_seen(a.id, seat.group_id, seat.member_id), 'pin', pin_facts(a.id, seat.group_id, seat.member_id, p_now), 'waits', closed_kinds(a.id, seat.member_id));
  if p_needs ? 'company' then
    facts := facts || jsonb_build_object('company', company_facts(seat.group_id), 'desk',
      case when me.role <> 'member' and me.state = 'active' then desk_facts(seat.group_id, p_now::date) end);
  end if;
  if p_needs ? 'own-danger' then
    facts := facts || jsonb_build_object('ownDanger', own_danger(seat.group_id, seat.member_id, a.id));
    p_needs := p_needs - 'own-danger';
  end if;
  if p_needs - 'company' <> '{}' then
    facts := facts || extra_facts(seat.group_id, seat.member_id, p_needs, p_now);
  end if;
  return facts;
end $$;

create function "refuse_stale"(what text) returns void language plpgsql as $$
begin
  raise exception 'stale: %', what using errcode = 'CM001';
end $$;

-- Writes everything one message decided, or nothing. Raises CM001 when the facts it was decided on have changed
-- since: the caller loads and decides again. Returns {"result": "duplicate"} when the message was already answered,
-- else {"result": "done", "leased": [ids of the answers this process is to send at once]}.
create function "commit_outcome"(doc jsonb) returns jsonb language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
  adr jsonb := doc->'address'; v_address uuid := (adr->>'id')::uuid; v_group uuid := (doc->>'groupId')::uuid; v_paused boolean := false;
begin
  insert into inbox (channel, message_id, address_id, outcome)
    values (doc->>'channel', doc->>'messageId', v_address, 'done') on conflict do nothing;
  if not found then return jsonb_build_object('result', 'duplicate'); end if;
  perform commit_address(adr);
  if doc ? 'room' then perform spend_room(doc); end if;
  -- What was typed on a page is safe now: it was good for this.
  if doc ? 'pinPage' then delete from pin_link where hash = doc->>'pinPage'; end if;
  if doc ? 'guessed' then v_paused := count_wrong_code((doc->>'now')::timestamptz); end if;
  perform become_app(v_group);
  if doc ? 'loans' then perform commit_loans(v_group, doc->'loans', (doc->>'now')::timestamptz); end if;
  if doc ? 'entries' then perform commit_entries(v_group, doc); end if;
  if doc ? 'payments' then perform commit_payments(v_group, doc->'payments', (doc->>'now')::timestamptz); end if;
  if doc ? 'covers' then perform commit_covers(v_group, doc->'covers'); end if;
  if doc ? 'draws' then perform commit_draws(v_group, doc->'draws', (doc->>'now')::timestamptz); end if;
  if doc ? 'tanda' then perform commit_tanda(v_group, doc->'tanda', (doc->>'now')::timestamptz); end if;
  if doc ? 'lessons' then perform commit_lessons(v_group, doc->'lessons', (doc->>'now')::timestamptz); end if;
  if doc ? 'curriculum' then perform commit_curriculum(doc->'curriculum', (doc->>'now')::timestamptz); end if;
  if doc ? 'broadcasts' then perform commit_broadcasts(doc->'broadcasts', (doc->>'now')::timestamptz); end if;
  if doc ? 'talks' then perform commit_talks(v_group, doc->'talks', (doc->>'now')::timestamptz); end if;
  if doc ? 'dangers' then perform commit_dangers(v_group, doc->'dangers', (doc->>'now')::timestamptz); end if;
  if doc ? 'meetings' then perform commit_meetings(v_group, doc->'meetings', (doc->>'now')::timestamptz); end if;
  if doc ? 'changes' then perform commit_changes(v_group, v_address, doc->'changes', (doc->>'now')::timestamptz); end if;
  if doc ? 'elections' then perform commit_elections(v_group, doc->'elections', (doc->>'now')::timestamptz); end if;
  if doc ? 'rights' then perform commit_rights(v_group, v_address, doc->'rights', (doc->>'now')::timestamptz); end if;
  if doc ? 'telephones' then perform commit_telephones(v_group, v_address, doc->'telephones', (doc->>'now')::timestamptz); end if;
  if doc ? 'pins' then perform commit_pins(v_group, v_address, doc->'pins', (doc->>'now')::timestamptz); end if;
  if doc ? 'quiet' then perform commit_quiet(v_group, v_address, doc->'quiet'); end if;
  return jsonb_build_object('result', 'done', 'leased', commit_outbox(v_group, doc), 'codesPaused', v_paused);
end $$;

-- BAJA and ALTA are said once: they hold for the other telephones of hers too, but for those that somebody else uses who did not
-- speak here. Who is on both is one woman in two groups, or two women who share both.
create function "stop_her_others"(p_address uuid, p_group uuid, p_member uuid, p_stopped boolean) returns void language plpgsql as $$
begin
  update address a set stopped_at = case when p_stopped then coalesce(a.stopped_at, now()) end, version = a.version + 1
    from member_address hers
   where hers.group_id = p_group and hers.member_id = p_member and hers.address_id = a.id and a.id <> p_address and a.channel <> 'phone' and (a.stopped_at is not null) <> p_stopped
     and not exists (select from member_address other where other.address_id = a.id
           and not exists (select from member_address here where here.address_id = p_address and here.group_id = other.group_id and here.member_id = other.member_id));
end $$;

create function "commit_address"(adr jsonb) returns void language plpgsql as $$
begin
  if adr ? 'value' then
    insert into data_key (id, wrapped) values ((adr->>'id')::uuid, decode(adr->>'key', 'base64'));
    insert into address (id, channel, value, value_index, language, session, speaks_as, forget_at, wrong_codes, wrong_code_at, heard_at, version)
      values ((adr->>'id')::uuid, adr->>'channel', decode(adr->>'value', 'base64'), decode(adr->>'index', 'hex'), adr->>'language',
              decode(adr->>'session', 'base64'), (adr->>'as')::uuid,
              now() + make_interval(secs => (adr->>'forgetSeconds')::int), (adr->>'wrongCodes')::int, (adr->>'wrongCodeAt')::timestamptz, (adr->>'now')::timestamptz, 1)
      on conflict (channel, value_index) do nothing;
    if not found then perform refuse_stale('address'); end if;
  else
    update address set session = decode(adr->>'session', 'base64'), asked = null, asked_at = null, invites = false, many_at = null, refused_as = null, speaks_as = (adr->>'as')::uuid,
           forget_at = now() + make_interval(secs => (adr->>'forgetSeconds')::int), version = version + 1, heard_at = (adr->>'now')::timestamptz,
           -- Who speaks after a long silence has to be known again; after half a year it is the clock's to take the telephone back.
           spoke_at = case when is_gone(address) and exists (select from member_address ma where ma.address_id = address.id) then spoke_at else now() end,
           doubted_at = case when is_silent(address) and exists (select from member_address ma where ma.address_id = address.id) then coalesce(doubted_at, now()) else doubted_at end,
           blocked_at = case when (adr->>'blocked')::boolean then now() end,
           language = adr->>'language', wrong_codes = (adr->>'wrongCodes')::int, wrong_code_at = (adr->>'wrongCodeAt')::timestamptz,
           stopped_at = case when (adr->>'stopped')::boolean then coalesce(stopped_at, now()) end
     where id = (adr->>'id')::uuid and version = (adr->>'version')::bigint;
    if not found then perform refuse_stale('session'); end if;
    if adr ? 'stopsAs' then perform stop_her_others((adr->>'id')::uuid, (adr->'stopsAs'->>'group')::uuid, (adr->'stopsAs'->>'member')::uuid, (adr->>'stopped')::boolean); end if;
    -- What comes to staff unasked speaks as they do.
    update staff s set language = adr->>'language' from staff_address sa
     where sa.address_id = (adr->>'id')::uuid and s.id = sa.staff_id and s.language <> adr->>'language';
  end if;
  if adr ? 'aliases' then
    -- The id she was found by becomes the one she is written to; the one before stays known.
    if adr ? 'newValue' then
      insert into address_alias (channel, value_index, address_id)
        select channel, value_index, id from address where id = (adr->>'id')::uuid on conflict do nothing;
      delete from address_alias where channel = adr->>'channel' and value_index = decode(adr->>'newIndex', 'hex');
      update address set value = decode(adr->>'newValue', 'base64'), value_index = decode(adr->>'newIndex', 'hex') where id = (adr->>'id')::uuid;
    end if;
    insert into address_alias (channel, value_index, address_id)
      select adr->>'channel', decode(x, 'hex'), (adr->>'id')::uuid from jsonb_array_elements_text(adr->'aliases') x on conflict do nothing;
  end if;
  if (adr->>'moved')::boolean then
    delete from member_address where address_id = (adr->>'id')::uuid;
    delete from staff_address where address_id = (adr->>'id')::uuid;
    delete from erasure_address where address_id = (adr->>'id')::uuid;
    delete from address_alias where address_id = (adr->>'id')::uuid;
    update address set consented_at = null, stopped_at = null, language = null, asked = null, doubted_at = null, paused_for = null, forget_at = now() + interval '1 day' where id = (adr->>'id')::uuid;
    -- Whatever was on its way was for whoever had it before. What is on the wire now goes, and is not tried again.
    update outbox set state = 'skipped', reason = 'not-hers-any-more', body = null, asked = null where address_id = (adr->>'id')::uuid and state in ('queued', 'held');
    update outbox set expires_at = now() where address_id = (adr->>'id')::uuid and state = 'sending';
  end if;
  -- She wrote, so whatever waited for that may go; what is closed waits for her to ask for it.
  if (adr->>'windowed')::boolean then
    -- She has written: she need not be invited to any more.
    update outbox set state = 'skipped', reason = 'answered', body = null where address_id = (adr->>'id')::uuid and kind = 'invitation' and state = 'queued';
    update outbox set state = 'queued', not_before = now() where address_id = (adr->>'id')::uuid and state = 'held' and coalesce(reason, '') not in ('closed', 'seen');
  end if;
end $$;

-- Loans asked for, voted on and handed over. Before the entries: a new loan brings its accounts.
create function "commit_loans"(v_group uuid, loans jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  insert into loan (group_id, id, member_id, terms, disbursed_on)
    select v_group, id, member, terms, disbursed_on
      from jsonb_to_recordset(loans->'made') as l(id uuid, member uuid, terms jsonb, disbursed_on date);
  insert into account (group_id, name, side)
    select v_group, a.name, a.side from jsonb_to_recordset(loans->'made') as l(id uuid)
     cross join lateral (values ('loan/' || l.id, 'debit'), ('interest/' || l.id, 'credit')) a(name, side);
  insert into loan_request (group_id, id, member_id, amount_minor, purpose, instalments, asked_by, created_at)
    select v_group, id, member, amount, purpose, n, asked_by, v_now
      from jsonb_to_recordset(loans->'asked') as r(id uuid, member uuid, amount bigint, purpose text, n smallint, asked_by uuid);
  insert into vote (group_id, subject_id, member_id, yes)
    select v_group, subject, member, yes from jsonb_to_recordset(loans->'votes') as v(subject uuid, member uuid, yes boolean) on conflict do nothing;
  with step as (
    select * from jsonb_to_recordset(loans->'steps') as s(id uuid, was text, state text, decided_by uuid, handed_by uuid, terms jsonb, held_on date, loan uuid)
  ), done as (
    update loan_request r set state = step.state, decided_by = coalesce(step.decided_by, r.decided_by), handed_by = step.handed_by,
           terms = step.terms, held_on = step.held_on, loan_id = step.loan, moved_at = v_now
      from step where r.group_id = v_group and r.id = step.id and r.state = step.was returning 1
  ) select count(*) into v_found from done;
  if v_found <> jsonb_array_length(coalesce(loans->'steps', '[]')) then perform refuse_stale('loan request'); end if;
  insert into loan_plan (group_id, id, loan_id, instalments, first_due, proposed_by)
    select v_group, id, loan, n, first_due, by from jsonb_to_recordset(loans->'plans') as p(id uuid, loan uuid, n smallint, first_due date, by uuid);
  -- What is booked after a plan is paid by it: no entry may come between what was seen and what is agreed on.
  if exists (select from jsonb_to_recordset(loans->'planSteps') as s(seq bigint) where s.seq is not null
              and s.seq <> (select g.seq from savings_group g where g.id = v_group for update)) then perform refuse_stale('book'); end if;
  update loan_plan p set state = s.state, witness_id = s.witness, agreed_on = s.on_date, book_seq = s.seq
    from jsonb_to_recordset(loans->'planSteps') as s(id uuid, state text, witness uuid, on_date date, seq bigint)
   where p.group_id = v_group and p.id = s.id and p.state = 'proposed';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(loans->'planSteps', '[]')) then perform refuse_stale('loan plan'); end if;
end $$;

-- Entries were numbered and chained on doc.seq; they are refused if the group's book has moved since.
create function "commit_entries"(v_group uuid, doc jsonb) returns void language plpgsql as $$
declare v_found integer; v_wanted integer;
begin
  update savings_group set seq = (doc->>'newSeq')::bigint, head = decode(doc->>'newHead', 'hex')
   where id = v_group and seq = (doc->>'seq')::bigint and frozen_at is null;
  if not found then perform refuse_stale('book'); end if;
  insert into journal_entry (group_id, id, seq, kind, idempotency_key, batch, author_id, witness_id, occurred_on, rules_version, reverses, reason, posting_count, prev_hash, hash)
    select v_group, id, seq, kind, key, batch, author, witness, on_date, rules_version, reverses, reason, posting_count, decode(prev, 'hex'), decode(hash, 'hex')
      from jsonb_to_recordset(doc->'entries') as e(id uuid, seq bigint, kind text, key text, batch uuid, author uuid, witness uuid, on_date date,
           rules_version int, reverses uuid, reason text, posting_count smallint, prev text, hash text);
  -- Who covers or is covered for the first time, or gives for a round, or pays late, has no account for it yet; nor has what
  -- goes back to a lender for the first time.
  insert into account (group_id, name, side)
    select distinct v_group, a.name, case when a.name like 'cover/%' or a.name = 'capital-returned' then 'debit' else 'credit' end
      from jsonb_to_recordset(doc->'postings') as p(debit text, credit text) cross join lateral (values (p.debit), (p.credit)) a(name)
     where a.name like 'cover/%' or a.name like 'covered/%' or a.name like 'round/%' or a.name like 'late-fee/%' or a.name = 'capital-returned' on conflict do nothing;
  insert into posting (group_id, entry_id, n, debit, credit, amount_minor)
    select v_group, entry, n, debit, credit, amount
      from jsonb_to_recordset(doc->'postings') as p(entry uuid, n smallint, debit text, credit text, amount bigint);
  with moved as (
    select name, sum(delta) as delta from (
      select debit as name, amount as delta from jsonb_to_recordset(doc->'postings') as p(debit text, amount bigint)
      union all
      select credit, -amount from jsonb_to_recordset(doc->'postings') as p(credit text, amount bigint)) x group by name
  ), done as (
    update account a set balance_minor = a.balance_minor + moved.delta from moved
     where a.group_id = v_group and a.name = moved.name returning 1
  ) select (select count(*) from done), (select count(*) from moved) into v_found, v_wanted;
  if v_found <> v_wanted then raise exception 'a posting names an account the group does not have' using errcode = '23503'; end if;
end $$;

-- New claims, and steps of claims that must still stand where they were when this was decided.
create function "commit_payments"(v_group uuid, payments jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  -- Steps first: a payment taken back frees its place for the one that corrects it.
  with step as (
    select * from jsonb_to_recordset(payments->'steps') as s(id uuid, was text, state text, signer uuid, by uuid, entry uuid, nth smallint)
  ), done as (
    update payment p set state = step.state, first_signer = coalesce(step.signer, p.first_signer), decided_by = coalesce(step.by, p.decided_by),
           decided_at = case when step.by is null then p.decided_at else v_now end, entry_id = coalesce(step.entry, p.entry_id), nth = coalesce(step.nth, p.nth)
      from step where p.group_id = v_group and p.id = step.id and p.state = step.was returning 1
  ) select count(*) into v_found from done;
  if v_found <> jsonb_array_length(payments->'steps') then perform refuse_stale('payment'); end if;
  insert into payment (group_id, id, member_id, savings_minor, loan_minor, fine_minor, social_minor, turn_minor, state, meeting_on, nth, batch, reported_by, first_signer, decided_by, decided_at, entry_id, created_at)
    select v_group, id, member, savings, loan, fine, social, turn, state, meeting_on, nth, batch, reporter, signer, decider, case when decider is null then null else v_now end, entry, v_now
      from jsonb_to_recordset(payments->'made') as p(id uuid, member uuid, savings bigint, loan bigint, fine bigint, social bigint, turn bigint, state text, meeting_on date,
           nth smallint, batch uuid, reporter uuid, signer uuid, decider uuid, entry uuid);
end $$;

-- Covers proposed, decided and paid back. After the entries, whose ids they name.
create function "commit_covers"(v_group uuid, covers jsonb) returns void language plpgsql as $$
declare v_found integer;
begin
  insert into cover (group_id, id, debtor_id, gap_minor, kind, proposed_by)
    select v_group, id, debtor, gap, kind, by from jsonb_to_recordset(covers->'proposed') as c(id uuid, debtor uuid, gap bigint, kind text, by uuid);
  insert into cover_share (group_id, cover_id, n, member_id, amount_minor)
    select v_group, cover, n, member, amount from jsonb_to_recordset(covers->'shares') as s(cover uuid, n smallint, member uuid, amount bigint);
  -- One that is taken back keeps its entry and who booked it: the reversal names who took it back.
  update cover c set state = s.state, witness_id = coalesce(c.witness_id, s.witness), entry_id = coalesce(c.entry_id, s.entry)
    from jsonb_to_recordset(covers->'steps') as s(id uuid, state text, witness uuid, entry uuid)
   where c.group_id = v_group and c.id = s.id and c.state = case s.state when 'reversed' then 'booked' else 'proposed' end;
  get diagnostics v_found = row_count;
  -- What was objected to in it is gone: there is nothing left to look at.
  update dispute d set state = 'corrected', decided_by = s.witness, decided_at = now()
    from jsonb_to_recordset(covers->'steps') as s(id uuid, state text, witness uuid)
   where d.group_id = v_group and d.cover_id = s.id and d.state = 'open' and s.state = 'reversed';
  if v_found <> jsonb_array_length(covers->'steps') then perform refuse_stale('cover'); end if;
  insert into cover_refund (group_id, entry_id, n, debtor_id, member_id, amount_minor)
    select v_group, entry, n, debtor, member, amount from jsonb_to_recordset(covers->'refunds') as r(entry uuid, n smallint, debtor uuid, member uuid, amount bigint);
end $$;

-- Draws begun, words and dice given, and what became of a draw. Each draw is locked first, so that what is counted here
-- is what there is: a word that comes at the moment of closing is in before it, or is refused.
create function "commit_draws"(v_group uuid, draws jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  if exists (select 1 from jsonb_to_recordset(draws->'begun') as b(cycle uuid, purpose text, follows text)
              where b.follows is distinct from (select d.commit from draw d where d.group_id = v_group and d.cycle_id = b.cycle and d.purpose = b.purpose
                                                 order by d.begun_at desc, d.id desc limit 1)) then perform refuse_stale('draw'); end if;
  insert into draw (group_id, id, cycle_id, purpose, draw_by, commit, secret, members, lots, words_until, reveal_until, follows, begun_by, begun_at)
    select v_group, id, cycle, purpose, by, commit, decode(secret, 'base64'), members, lots, words_until, reveal_until, follows, begun_by, v_now
      from jsonb_to_recordset(draws->'begun') as b(id uuid, cycle uuid, purpose text, by text, commit text, secret text, members jsonb, lots jsonb,
           words_until timestamptz, reveal_until timestamptz, follows text, begun_by uuid);
  perform 1 from draw d where d.group_id = v_group
     and d.id in (select (x->>'draw')::uuid from jsonb_array_elements((draws->'words') || (draws->'dice') || (draws->'steps')) x) for update;
  if exists (select 1 from jsonb_to_recordset((draws->'words') || (draws->'dice')) as w(draw uuid)
              join draw d on d.group_id = v_group and d.id = w.draw where d.state <> 'committed') then perform refuse_stale('draw'); end if;
  insert into draw_word (group_id, draw_id, number, word, given_at)
    select v_group, draw, number, decode(word, 'base64'), v_now from jsonb_to_recordset(draws->'words') as w(draw uuid, number int, word text);
  update draw d set dice = t.dice, moved_at = v_now
    from jsonb_to_recordset(draws->'dice') as t(draw uuid, dice text) where d.group_id = v_group and d.id = t.draw and d.dice is null;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(draws->'dice') then perform refuse_stale('draw'); end if;
  update draw d set state = s.state, opened = s.opened, drawn = s.drawn, missing = s.missing, opened_by = s.by, moved_at = v_now
    from jsonb_to_recordset(draws->'steps') as s(draw uuid, was text, state text, words int, opened text, drawn jsonb, missing text, by uuid)
   where d.group_id = v_group and d.id = s.draw and d.state = s.was
     and s.words = (select count(*) from draw_word w where w.group_id = v_group and w.draw_id = d.id);
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(draws->'steps') then perform refuse_stale('draw'); end if;
  -- The last word closes: two who give the last ones at the same moment do not both think that one is missing.
  if exists (select 1 from jsonb_to_recordset(draws->'words') as w(draw uuid) join draw d on d.group_id = v_group and d.id = w.draw
              where d.state = 'committed' and d.draw_by = 'words'
                and jsonb_array_length(d.members) = (select count(*) from draw_word g where g.group_id = v_group and g.draw_id = d.id))
    then perform refuse_stale('draw'); end if;
end $$;

-- Turns proposed and agreed, rounds handed over, and the end of a tanda with the cycle of the next. Steps go first: what
-- somebody takes back frees its place for what she proposes in its stead.
create function "commit_tanda"(v_group uuid, tanda jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  update tanda_order o set state = s.state, turns = coalesce(s.turns, o.turns), witness_id = s.witness, moved_at = v_now
    from jsonb_to_recordset(tanda->'orderSteps') as s(id uuid, state text, turns jsonb, witness uuid)
   where o.group_id = v_group and o.id = s.id and o.state = 'proposed';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(tanda->'orderSteps') then perform refuse_stale('turns'); end if;
  insert into tanda_order (group_id, id, cycle_id, kind, turns, other_id, proposed_by, created_at)
    select v_group, id, cycle, kind, turns, other, by, v_now
      from jsonb_to_recordset(tanda->'orders') as o(id uuid, cycle uuid, kind text, turns jsonb, other uuid, by uuid);
  update tanda_payout p set state = s.state, witness_id = s.witness, entry_id = s.entry
    from jsonb_to_recordset(tanda->'payoutSteps') as s(id uuid, state text, witness uuid, entry uuid)
   where p.group_id = v_group and p.id = s.id and p.state = 'proposed';
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(tanda->'payoutSteps') then perform refuse_stale('payout'); end if;
  insert into tanda_payout (group_id, id, cycle_id, round, member_id, amount_minor, fee_minor, meeting_on, proposed_by, created_at)
    select v_group, id, cycle, round, member, amount, fee, meeting_on, by, v_now
      from jsonb_to_recordset(tanda->'payouts') as p(id uuid, cycle uuid, round smallint, member uuid, amount bigint, fee bigint, meeting_on date, by uuid);
  update cycle c set closed_at = v_now from jsonb_to_recordset(tanda->'ended') as e(cycle uuid)
   where c.group_id = v_group and c.id = e.cycle and c.closed_at is null;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(tanda->'ended') then perform refuse_stale('cycle'); end if;
  insert into cycle (group_id, id, starts, ends)
    select v_group, next, starts, ends from jsonb_to_recordset(tanda->'ended') as e(next uuid, starts date, ends date);
end $$;

-- Meetings opened, counted and closed, and the fines that were set at them.
create function "commit_meetings"(v_group uuid, meetings jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  insert into meeting (group_id, id, meeting_on, late, opened_by)
    select v_group, id, meeting_on, late, by from jsonb_to_recordset(meetings->'opened') as t(id uuid, meeting_on date, late boolean, by uuid) on conflict do nothing;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(meetings->'opened', '[]')) then perform refuse_stale('meeting'); end if;
  update meeting t set state = s.state, expected_minor = coalesce(s.expected, t.expected_minor), counted_minor = coalesce(s.counted, t.counted_minor), boxes = coalesce(s.boxes, t.boxes),
         first_boxes = coalesce(t.first_boxes, s.first_boxes), counted_by = coalesce(s.counted_by, t.counted_by), witness_id = coalesce(s.witness, t.witness_id),
         stand_in_id = case s.state when 'differs' then s.stand_in when 'open' then null else t.stand_in_id end, reason = coalesce(s.reason, t.reason),
         head = case when s.state = 'closed' then g.head end, seq = case when s.state = 'closed' then g.seq end,
         closed_at = case when s.state = 'closed' then v_now end
    from jsonb_to_recordset(meetings->'steps') as s(id uuid, was text, state text, expected bigint, counted bigint, boxes jsonb, first_boxes jsonb, counted_by uuid, witness uuid, stand_in uuid, reason text), savings_group g
   where g.id = v_group and t.group_id = v_group and t.id = s.id and t.state = s.was;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(meetings->'steps', '[]')) then perform refuse_stale('meeting'); end if;
  insert into member_fine (group_id, id, member_id, meeting_on, reason, amount_minor, set_by)
    select v_group, id, member, meeting_on, reason, amount, by
      from jsonb_to_recordset(meetings->'fines') as f(id uuid, member uuid, meeting_on date, reason text, amount bigint, by uuid) on conflict do nothing;
end $$;

-- How a member goes on with lessons, her wishes, and what was read aloud. Each step names where it must find the lesson.
create function "commit_lessons"(v_group uuid, lessons jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  -- The language and the voice stay as they were when she was enrolled: else a step of the report would lose those who began it.
  insert into lesson_progress as p (group_id, member_id, lesson_id, language, voice, enrolled_at, delivered_at, opened_at, part)
    select v_group, member, lesson, language, voice, v_now, v_now, v_now, part
      from jsonb_to_recordset(lessons->'opened') as o(member uuid, lesson text, language text, voice boolean, part smallint)
    on conflict (group_id, member_id, lesson_id) do update set part = greatest(p.part, excluded.part),
       delivered_at = coalesce(p.delivered_at, v_now), opened_at = coalesce(p.opened_at, v_now);
  -- She answered: what was to be announced to her now is not any more, and she is counted from the beginning again.
  insert into lesson_setting as s (group_id, member_id)
    select distinct v_group, member from jsonb_to_recordset(lessons->'opened') as o(member uuid)
    on conflict (group_id, member_id) do update set unanswered = 0, asked_to_go_on = false;
  update lesson_progress p set finished_at = v_now, first_answer = a.answer, right_first = a.is_right, review_on = a.review_on
    from jsonb_to_recordset(lessons->'answered') as a(member uuid, lesson text, answer text, is_right boolean, review_on date)
   where p.group_id = v_group and p.member_id = a.member and p.lesson_id = a.lesson and p.opened_at is not null and p.finished_at is null;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(lessons->'answered') then perform refuse_stale('lesson'); end if;
  update lesson_progress p set review_on = r.review_on, reviews = p.reviews + case when r.is_right is null then 0 else 1 end,
         review_right = coalesce(r.is_right, p.review_right)
    from jsonb_to_recordset(lessons->'reviewed') as r(member uuid, lesson text, is_right boolean, review_on date)
   where p.group_id = v_group and p.member_id = r.member and p.lesson_id = r.lesson and p.review_on is not null;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(lessons->'reviewed') then perform refuse_stale('lesson'); end if;
  update lesson_progress p set did_asked_at = coalesce(p.did_asked_at, v_now), did = coalesce(d.did, p.did),
         did_at = case when d.did is null then p.did_at else v_now end
    from jsonb_to_recordset(lessons->'did') as d(member uuid, lesson text, did boolean)
   where p.group_id = v_group and p.member_id = d.member and p.lesson_id = d.lesson;
  insert into lesson_setting as s (group_id, member_id, off, hour, days)
    select v_group, w.member, w.off, w.hour, coalesce(w.days, o.days, '{}')
      from jsonb_to_recordset(lessons->'wished') as w(member uuid, off boolean, hour time, days text[])
      left join lesson_setting o on o.group_id = v_group and o.member_id = w.member
    on conflict (group_id, member_id) do update set off = excluded.off, hour = coalesce(excluded.hour, s.hour), days = excluded.days, unanswered = 0,
       asked_to_go_on = false, next_at = null;
  insert into lesson_setting as s (group_id, member_id, language)
    select v_group, member, language from jsonb_to_recordset(lessons->'heard') as h(member uuid, language text)
    on conflict (group_id, member_id) do update set language = excluded.language;
  update outbox o set state = 'skipped', reason = 'answered', body = null
    from jsonb_to_recordset((lessons->'opened') || (lessons->'wished')) as m(member uuid)
   where o.group_id = v_group and o.member_id = m.member and o.kind = 'lesson' and o.state in ('queued', 'held');
  insert into lesson_reading (group_id, lesson_id, meeting_on, opened_by, opened_at)
    select v_group, lesson, meeting_on, by, v_now from jsonb_to_recordset(lessons->'read') as r(lesson text, meeting_on date, by uuid) on conflict do nothing;
end $$;

-- What staff do for lessons: recordings, and the approval of words. A lesson that is recorded again has the new voice.
create function "commit_curriculum"(curriculum jsonb, v_now timestamptz) returns void language plpgsql as $$
begin
  insert into lesson_audio (programme_id, lesson_id, language, text_hash, hash, seconds, recorded_by, recorded_at)
    select programme, lesson, language, text_hash, decode(hash, 'hex'), seconds, by, v_now
      from jsonb_to_recordset(curriculum->'recorded') as r(programme uuid, lesson text, language text, text_hash text, hash text, seconds int, by uuid)
    on conflict (programme_id, lesson_id, language) do update set text_hash = excluded.text_hash, hash = excluded.hash, seconds = excluded.seconds,
       recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at;
  insert into lesson_approval (lesson_id, language, text_hash, approved_by, approved_at)
    select lesson, language, text_hash, by, v_now from jsonb_to_recordset(curriculum->'approved') as a(lesson text, language text, text_hash text, by text)
    on conflict do nothing;
end $$;

-- Everything else that changes, each kind in its own list.
create function "commit_changes"(v_group uuid, v_address uuid, changes jsonb, v_now timestamptz) returns void language plpgsql as $$
declare v_found integer;
begin
  insert into second_word (group_id, id, kind, proposed_by, proposed_staff_id, to_staff, address_id, payments, parts, member_id, amount_minor, hands, entry_id, meeting_on, created_at)
    select v_group, id, kind, by, staff, coalesce(to_staff, false), address, payments, parts, member, amount, hands, entry, meeting_on, v_now
      from jsonb_to_recordset(changes->'seconds') as w(id uuid, kind text, by uuid, staff uuid, to_staff boolean, address uuid, payments jsonb, parts jsonb, member uuid, amount bigint, hands jsonb, entry uuid, meeting_on date);
  update second_word w set state = s.state, witness_id = s.witness, witness_staff_id = s.staff
    from jsonb_to_recordset(changes->'secondSteps') as s(id uuid, state text, witness uuid, staff uuid)
   where w.group_id = v_group and w.id = s.id and w.state = 'proposed' and w.to_staff = (s.staff is not null);
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(changes->'secondSteps', '[]')) then perform refuse_stale('second word'); end if;
  update opening_signature o set state = s.state, decided_at = v_now
    from jsonb_to_recordset(changes->'signed') as s(member uuid, state text)
   where o.group_id = v_group and o.member_id = s.member and o.state in ('asked', 'refused');
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(changes->'signed', '[]')) then perform refuse_stale('opening signature'); end if;
  insert into money_out (group_id, id, kind, member_id, amount_minor, proposed_by, words, held_on)
    select v_group, id, kind, member, amount, by, decode(words, 'base64'), held_on
      from jsonb_to_recordset(changes->'outs') as o(id uuid, kind text, member uuid, amount bigint, by uuid, words text, held_on date);
  update money_out o set state = s.state, entry_id = s.entry,
         seconded_by = case when s.state = 'seconded' then s.witness else o.seconded_by end,
         witness_id = case when s.state = 'seconded' then null else s.witness end
    from jsonb_to_recordset(changes->'outSteps') as s(id uuid, was text, state text, witness uuid, entry uuid)
   where o.group_id = v_group and o.id = s.id and o.state = s.was;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(changes->'outSteps', '[]')) then perform refuse_stale('money out'); end if;
  update cycle c set proposed_by = p.by from jsonb_to_recordset(changes->'closings') as p(cycle uuid, by uuid)
   where c.group_id = v_group and c.id = p.cycle and c.closed_at is null;
  update cycle c set closed_at = v_now from jsonb_to_recordset(changes->'cyclesClosed') as p(cycle uuid)
   where c.group_id = v_group and c.id = p.cycle and c.closed_at is null and c.proposed_by is not null;
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(changes->'cyclesClosed', '[]')) then perform refuse_stale('cycle'); end if;
  -- Nothing that left a box is forgotten: what was handed over in the meantime is settled first.
  if v_found > 0 and jsonb_array_length(underway_facts(v_group)) > 0 then perform refuse_stale('cycle'); end if;
  -- What was taken off at the closing, or paid off before it, is a loan no more.
  update loan l set state = 'repaid' from account a
   where jsonb_array_length(coalesce(changes->'cyclesClosed', '[]')) > 0
     and l.group_id = v_group and l.state = 'active' and a.group_id = v_group and a.name = 'loan/' || l.id and a.balance_minor = 0;
  update loan l set state = w.state from jsonb_to_recordset(changes->'loansLost') as w(loan uuid, state text) where l.group_id = v_group and l.id = w.loan;
  insert into cycle (group_id, id, starts, ends)
    select v_group, next, starts, ends from jsonb_to_recordset(changes->'cyclesClosed') as p(next uuid, starts date, ends date);
  -- A yes belongs to the member who comes in with it, not to all who share her telephone.
  insert into consent (id, address_id, member_id, topic, given, notice_version, language)
    select id, v_address, (select l.member from jsonb_to_recordset(changes->'links') as l(member uuid) limit 1), topic, given, notice_version, language
      from jsonb_to_recordset(changes->'consents') as c(id uuid, topic text, given boolean, notice_version int, language text);
  if jsonb_array_length(coalesce(changes->'consents', '[]')) > 0 then
    update address set consented_at = now() where id = v_address;
  end if;
  if jsonb_array_length(coalesce(changes->'invites', '[]')) > 0 then
    update invite i set uses_left = i.uses_left - 1 from jsonb_to_recordset(changes->'invites') as u(id uuid)
     where i.id = u.id and i.uses_left > 0 and i.expires_at > v_now;
    if not found then perform refuse_stale('invite'); end if;
  end if;
  -- A new code for a member ends the ones before it.
  update invite i set uses_left = 0 from jsonb_to_recordset(changes->'newInvites') as n(member uuid)
   where i.group_id = v_group and i.member_id = n.member and i.uses_left > 0;
  insert into invite (id, group_id, member_id, code_index, made_by, uses_left, expires_at)
    select id, v_group, member, decode(code, 'base64'), by, 1, expires_at
      from jsonb_to_recordset(changes->'newInvites') as n(id uuid, member uuid, code text, by uuid, expires_at timestamptz);
  insert into data_key (id, wrapped)
    select id, decode(key, 'base64') from jsonb_to_recordset(changes->'newMembers') as m(id uuid, key text);
  insert into member (group_id, id, number, name, role, state, language, joined_on)
    select v_group, id, number, decode(name, 'base64'), 'member', 'pending', language, joined_on
      from jsonb_to_recordset(changes->'newMembers') as m(id uuid, number int, name text, language text, joined_on date);
  insert into account (group_id, name, side)
    select v_group, 'savings/' || id, 'credit' from jsonb_to_recordset(changes->'newMembers') as m(id uuid);
  update member m set state = coalesce(s.state, m.state), consented_at = case when s.consented then now() else m.consented_at end,
         language = coalesce(s.language, m.language), reminders = coalesce(s.reminders, m.reminders), reminder_time = coalesce(s.reminder_time, m.reminder_time),
         reminder_weekday = coalesce(s.reminder_weekday, m.reminder_weekday),
         left_on = case when s.state is null then m.left_on else s.left_on end
    from jsonb_to_recordset(changes->'members') as s(id uuid, was text, state text, consented boolean, language text, reminders boolean, reminder_time time, reminder_weekday smallint, left_on date)
   where m.group_id = v_group and m.id = s.id and (s.was is null or m.state = s.was);
  get diagnostics v_found = row_count;
  if v_found <> jsonb_array_length(coalesce(changes->'members', '[]')) then perform refuse_stale('member'); end if;
  update savings_group g set reminders = coalesce(s.reminders, g.reminders), reminder_time = coalesce(s.reminder_time, g.reminder_time),
         reminder_weekday = coalesce(s.reminder_weekday, g.reminder_weekday)
    from jsonb_to_recordset(changes->'groupReminders') as s(reminders boolean, reminder_time time, reminder_weekday smallint) where g.id = v_group;
  if found then perform move_reminders(v_group, null, v_now);
  elsif exists (select from jsonb_to_recordset(changes->'members') as s(reminder_time time, reminder_weekday smallint) where s.reminder_time is not null or s.reminder_weekday is not null) then
    perform move_reminders(v_group, array(select s.id from jsonb_to_recordset(changes->'members') as s(id uuid)), v_now);
  end if;
  update member m set goal_minor = g.amount, goal_words = decode(g.words, 'base64')
    from jsonb_to_recordset(changes->'goals') as g(id uuid, amount bigint, words text) where m.group_id = v_group and m.id = g.id;
  insert into member_address (address_id, group_id, member_id, created_at)
    select coalesce(address, v_address), v_group, member, v_now from jsonb_to_recordset(changes->'links') as l(member uuid, address uuid) on conflict do nothing;
  if jsonb_array_length(coalesce(changes->'groupReminders', '[]')) > 0 then perform remind_yet(v_group, null, v_now); end if;
  perform remind_yet(v_group, x.ids, v_now)
     from (select array_agg(s.id) as ids
             from (select id from jsonb_to_recordset(changes->'members') as s(id uuid, state text, reminders boolean, reminder_time time, reminder_weekday smallint)
                    where s.reminders or s.state = 'active' or s.reminder_time is not null or s.reminder_weekday is not null
                   union select member from jsonb_to_recordset(changes->'links') as l(member uuid)) s) x where x.ids is not null;
  -- What the roll of a closed meeting said stays, with who changed it.
  insert into attendance_correction (group_id, member_id, meeting_on, was, recorded_by, recorded_at, corrected_by, corrected_at)
    select a.group_id, a.member_id, a.meeting_on, a.present, a.recorded_by, a.recorded_at, t.by, v_now
      from jsonb_to_recordset(changes->'attendance') as t(member uuid, meeting_on date, present boolean, by uuid)
      join attendance a on a.group_id = v_group and a.member_id = t.member and a.meeting_on = t.meeting_on and a.present <> t.present
     where exists (select from meeting c where c.group_id = v_group and c.meeting_on = t.meeting_on and c.state = 'closed');
  insert into attendance (group_id, member_id, meeting_on, present, recorded_by)
    select v_group, member, meeting_on, present, by from jsonb_to_recordset(changes->'attendance') as t(member uuid, meeting_on date, present boolean, by uuid)
    on conflict (group_id, member_id, meeting_on) do update set present = excluded.present, recorded_by = excluded.recorded_by, recorded_at = now();
  insert into dispute (group_id, id, member_id, payment_id, cover_id)
    select v_group, id, member, payment, cover from jsonb_to_recordset(changes->'disputes') as d(id uuid, member uuid, payment uuid, cover uuid) on conflict do nothing;
  update dispute d set state = s.state, decided_by = s.by, decided_at = now()
    from jsonb_to_recordset(changes->'disputeSteps') as s(payment uuid, id uuid, state text, by uuid)
   where d.group_id = v_group and (d.payment_id = s.payment or d.id = s.id) and d.state = 'open';
end $$;

-- Answers: in how many seconds each of those that this process sends itself may go; -1: at once, without a place in the line.
create function "commit_outbox"(v_group uuid, doc jsonb) returns jsonb language plpgsql as $$
declare v_leased uuid[]; v_places double precision[];
begin
  with row as (
    select * from jsonb_to_recordset(doc->'outbox') as o(id uuid, address uuid, channel text, member uuid, kind text, lane smallint, unsolicited boolean, body text, asked text, about uuid, dedupe text, delay_s int)
  ), put as (
    insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, body, asked, about_id, dedupe_key, not_before, state, reason, attempts, lease_until)
    select r.id, r.channel, r.address, v_group, r.member, r.kind, r.lane, r.unsolicited, decode(r.body, 'base64'), decode(r.asked, 'base64'), r.about, r.dedupe, now() + make_interval(secs => coalesce(r.delay_s, 0)),
           case when r.unsolicited and a.stopped_at is not null then 'skipped' when ready.now then 'sending' else 'queued' end,
           case when r.unsolicited and a.stopped_at is not null then 'opted-out' end,
           case when ready.now then 1 else 0 end, case when ready.now then now() + interval '50 seconds' end
      -- "offset 0": for each row one look by key, whatever the planner thinks of how many rows a JSON holds. Without it
      -- all of the unsent outbox is read for every message.
      from row r cross join lateral (select stopped_at from address where id = r.address offset 0) a
      cross join lateral (select r.address = (doc->'address'->>'id')::uuid and (doc->>'sendNow')::boolean and not r.unsolicited and coalesce(r.delay_s, 0) = 0
          and not exists (select 1 from outbox e where e.address_id = r.address and e.lane = r.lane and e.state in ('queued', 'sending')
                           and e.reason is distinct from 'held-back'
                           and not (e.unsolicited and e.state = 'queued' and e.not_before > now() + interval '1 second') offset 0) as now offset 0) ready
    on conflict (dedupe_key) do nothing returning id, state
  ) select array_agg(id order by id) into v_leased from put where state = 'sending';
  if v_leased is null then return '{}'; end if;
  v_places := answer_places(doc->>'channel', (doc->'address'->>'id')::uuid, cardinality(v_leased));
  -- More is being sent than the platform takes: these wait for a place, as all others do.
  if array_position(v_places, null) is not null then
    update outbox o set state = 'queued', attempts = 0, lease_until = null from unnest(v_leased, v_places) as l(id, place) where o.id = l.id and l.place is null;
  end if;
  return (select coalesce(jsonb_object_agg(l.id, l.place), '{}') from unnest(v_leased, v_places) as l(id, place) where l.place is not null);
end $$;

grant execute on all functions in schema public to comadre_app;
