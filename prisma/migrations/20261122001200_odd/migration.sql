-- What looks odd in a group, counted. What is counted is said here and once; from how many on it is worth a look is said in
-- src/domain/odd/signs.ts. Moments are those of the messages, not of the database's clock: a day is a day where the group lives.

-- The members who come into the chat, and from when on by the telephone they have now.
create function "odd_reach"(p_group uuid) returns table ("member_id" uuid, "since" timestamptz, "stopped_at" timestamptz, "is_stopped" boolean) language sql stable as $$
  select ma.member_id, max(ma.created_at), max(a.stopped_at), bool_and(a.stopped_at is not null)
    from member_address ma join address a on a.id = ma.address_id where ma.group_id = p_group and a.channel <> 'phone' group by ma.member_id
$$;

-- Payments of meetings since a day, with the hour on the wall when they were noted; `is_apart`: more than twelve hours from their meeting.
create function "odd_booked"(p_group uuid, p_since date) returns table ("member_id" uuid, "meeting_on" date, "by_herself" boolean, "decided_by" uuid,
    "at_local" timestamp, "took" interval, "is_apart" boolean, "is_officer" boolean) language sql stable as $$
  select p.member_id, p.meeting_on, p.reported_by = p.member_id, p.decided_by, p.decided_at at time zone g.time_zone, p.decided_at - p.created_at,
         abs(extract(epoch from (p.decided_at at time zone g.time_zone) - (p.meeting_on + g.meeting_time))) > 12 * 3600, m.role <> 'member'
    from payment p join savings_group g on g.id = p.group_id join member m on m.group_id = p.group_id and m.id = p.member_id
   where p.group_id = p_group and p.state in ('confirmed', 'reversed') and p.decided_at is not null and p.meeting_on >= p_since
$$;

-- How payments were noted: when, from where, by whom for whom.
create function "odd_payments"(p_group uuid, p_since date) returns table ("sign" text, "times" bigint, "among" bigint, "days" date[], "who" uuid[]) language sql stable as $$
  with b as materialized (select * from odd_booked(p_group, p_since)),
       own as (select * from b where is_officer)
  select 'same-minute', count(*), (select count(*) from b where by_herself), array_agg(distinct at_local::date), array_agg(distinct decided_by)
    from b where by_herself and decided_by <> member_id and is_apart and took <= interval '1 minute'
  union all
  select 'night', count(*), (select count(*) from b), array_agg(distinct at_local::date), array_agg(distinct decided_by)
    from b where extract(hour from at_local) >= 23 or extract(hour from at_local) < 5
  union all
  select 'late', count(*), (select count(*) from b), array_agg(distinct meeting_on), array_agg(distinct decided_by)
    from b where at_local::date - meeting_on >= 3
  union all
  -- Each for the other, away from a meeting at which the others gave.
  select 'officers-apart', count(*), (select count(*) from own), array_agg(distinct o.at_local::date), array_agg(distinct o.decided_by)
    from own o where o.is_apart and exists (select from own x where x.member_id = o.decided_by and x.decided_by = o.member_id and x.is_apart)
     and (select count(*) filter (where is_apart) * 4 < count(*) from b where not is_officer)
  union all
  select 'absent-paid', count(*), (select count(*) from b), array_agg(distinct b.meeting_on), array_agg(distinct b.decided_by)
    from b join attendance t on t.group_id = p_group and t.member_id = b.member_id and t.meeting_on = b.meeting_on and not t.present
   where not exists (select from odd_reach(p_group) r where r.member_id = b.member_id)
$$;

-- Words of members that came to nothing: claims that were refused or that nobody answered, objections that she decided who had noted.
create function "odd_claims"(p_group uuid, p_since date, p_now timestamptz) returns table ("sign" text, "times" bigint, "among" bigint, "days" date[], "who" uuid[]) language sql stable as $$
  select 'claims-refused', case when count(distinct p.member_id) > 1 then count(*) else 0 end,
         (select count(*) from payment q where q.group_id = p_group and q.reported_by = q.member_id and q.meeting_on >= p_since),
         array_agg(distinct (p.created_at at time zone g.time_zone)::date), array_agg(distinct p.decided_by) filter (where p.decided_by is not null)
    from payment p join savings_group g on g.id = p.group_id
   where p.group_id = p_group and p.reported_by = p.member_id and p.meeting_on >= p_since
     and (p.state in ('rejected', 'expired') or (p.state = 'reported' and p.created_at < p_now - interval '5 days'))
  union all
  select 'objections-kept', count(*) filter (where d.state = 'kept' and e.author_id = d.decided_by), count(*), array_agg(distinct p.meeting_on), array_agg(distinct d.decided_by)
    from dispute d join payment p on p.group_id = d.group_id and p.id = d.payment_id join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
   where d.group_id = p_group and d.state <> 'open' and p.meeting_on >= p_since
$$;

-- The telephones: who speaks for how many, who stopped them all.
create function "odd_telephones"(p_group uuid) returns table ("sign" text, "times" bigint, "among" bigint, "days" date[], "who" uuid[]) language sql stable as $$
  (select 'one-telephone', count(*), (select count(*) from odd_reach(p_group)), array[max(ma.created_at at time zone g.time_zone)::date], array_agg(ma.member_id)
     from member_address ma join address a on a.id = ma.address_id join savings_group g on g.id = ma.group_id
    where ma.group_id = p_group and a.channel <> 'phone' group by ma.address_id order by count(*) desc, ma.address_id limit 1)
  union all
  select 'silenced', count(*) filter (where r.is_stopped), count(*), array_agg(distinct (r.stopped_at at time zone g.time_zone)::date) filter (where r.is_stopped), '{}'
    from odd_reach(p_group) r join savings_group g on g.id = p_group
$$;

-- The box and the roll: what was counted, what was not any more, who was there and has nothing noted.
create function "odd_meetings"(p_group uuid, p_since date, p_now timestamptz) returns table ("sign" text, "times" bigint, "among" bigint, "days" date[], "who" uuid[]) language sql stable as $$
  with counted as (
    select t.meeting_on, t.counted_by, t.witness_id, t.counted_minor, t.expected_minor, t.first_boxes,
           (select sum((x->>'counted')::bigint - (x->>'expected')::bigint) from jsonb_array_elements(t.first_boxes) x) as first_gap,
           coalesce((select sum(case when p.debit = 'earnings' then p.amount_minor else -p.amount_minor end) from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id
              where e.group_id = t.group_id and e.kind = 'count' and e.occurred_on = t.meeting_on), 0) as booked_gap
      from meeting t where t.group_id = p_group and t.state in ('agreed', 'closed') and t.counted_minor is not null
  ), held as (
    -- Meetings of the last three months at which something was noted, but for the one that may still be on. What was held on
    -- paper and written down later need not have been counted.
    select p.meeting_on, bool_or(p.at_local::date = p.meeting_on) as in_time, exists (select from counted c where c.meeting_on = p.meeting_on) as is_counted
      from odd_booked(p_group, p_since - 70) p, savings_group g
     where g.id = p_group and p.meeting_on < (p_now at time zone g.time_zone)::date group by p.meeting_on having count(*) >= 3
  ), uncounted as (
    select * from held where in_time and meeting_on > (select max(meeting_on) from held where is_counted) and (select count(*) from held where is_counted) >= 2
  ), there as (
    select h.meeting_on, count(*) as present, count(*) filter (where not exists (select from payment p
             where p.group_id = p_group and p.member_id = t.member_id and p.meeting_on = h.meeting_on)) as missing
      from held h join attendance t on t.group_id = p_group and t.meeting_on = h.meeting_on and t.present group by h.meeting_on
  )
  select 'box-short', count(*) filter (where booked_gap >= greatest(2000, expected_minor / 100)), count(*),
         array_agg(meeting_on order by meeting_on) filter (where booked_gap >= greatest(2000, expected_minor / 100)), array_agg(counted_by) || array_agg(witness_id)
    from counted where meeting_on >= p_since
  union all
  select 'second-count', count(*) filter (where abs(first_gap) >= 2000 and booked_gap = 0), count(*),
         array_agg(meeting_on order by meeting_on) filter (where abs(first_gap) >= 2000 and booked_gap = 0), array_agg(counted_by)
    from counted where meeting_on >= p_since
  union all
  select 'not-counted', count(*), (select count(*) from held), array_agg(meeting_on order by meeting_on), '{}' from uncounted
  union all
  select 'not-noted', coalesce(sum(missing), 0)::bigint, coalesce(sum(present), 0)::bigint, array_agg(meeting_on order by meeting_on), '{}'
    from there where meeting_on >= p_since and missing * 2 >= present
     -- At their other meetings of these months two thirds gave, at least.
     and (select coalesce(sum(missing) * 3 <= sum(present), false) from there where missing * 2 < present)
$$;

-- What two officers stand for: money that leaves, what is taken back, what is lent to them.
create function "odd_officers"(p_group uuid, p_since date) returns table ("sign" text, "times" bigint, "among" bigint, "days" date[], "who" uuid[]) language sql stable as $$
  with officer as materialized (
    select m.id from member m where m.group_id = p_group and m.role <> 'member' and m.state = 'active'
  ), saved as (
    select coalesce(-sum(balance_minor), 0) as minor from account where group_id = p_group and name like 'savings/%'
  ), entry as materialized (
    select e.*, (select coalesce(sum(p.amount_minor), 0) from posting p where p.group_id = e.group_id and p.entry_id = e.id) as minor
      from journal_entry e where e.group_id = p_group and e.occurred_on >= p_since and e.kind not in ('opening', 'payment')
  ), word as (
    -- What is taken back together, by one word.
    select distinct least(e.author_id, e.witness_id) as one, greatest(e.author_id, e.witness_id) as other, e.occurred_on as day, case when e.kind <> 'reversal' then e.id end as id from entry e
     where e.author_id in (select id from officer) and e.witness_id in (select id from officer) and e.author_id <> e.witness_id
    union all
    -- The words of two that no entry comes of.
    select least(s.proposed_by, s.witness_id), greatest(s.proposed_by, s.witness_id), (s.created_at at time zone g.time_zone)::date, s.id
      from second_word s join savings_group g on g.id = s.group_id
     where s.group_id = p_group and s.state = 'done' and s.kind not in ('undo', 'correction', 'refund', 'refund-off', 'cover-off', 'tanda-stop') and (s.created_at at time zone g.time_zone)::date >= p_since
       and s.proposed_by in (select id from officer) and s.witness_id in (select id from officer)
  ), lent as (
    select l.id, l.member_id, l.disbursed_on, exists (select from officer o where o.id = l.member_id) as to_officer,
           (select coalesce(sum(p.amount_minor), 0) from posting p where p.group_id = l.group_id and p.debit = 'loan/' || l.id) as minor
      from loan l where l.group_id = p_group and l.disbursed_on >= p_since and exists (select from loan_request r where r.group_id = l.group_id and r.loan_id = l.id)
  ), taken as (
    select e.*, o.member_id from entry e join money_out o on o.group_id = e.group_id and o.entry_id = e.id where e.kind in ('withdrawal', 'leaving')
  )
  -- Of three officers or more.
  (select 'same-pair', count(*), (select count(*) from word), array_agg(distinct day), array[one, other]
     from word where (select count(*) from officer o join odd_reach(p_group) r on r.member_id = o.id) >= 3 group by one, other order by count(*) desc, one, other limit 1)
  union all
  select 'expenses', count(*), count(*), array_agg(distinct occurred_on), array_agg(distinct author_id) from entry
   where kind = 'expense' having sum(minor) * 100 >= (select minor * 3 from saved)
  union all
  select 'after-closing', count(*), (select count(*) from entry where kind = 'reversal'), array_agg(distinct e.occurred_on), array_agg(distinct e.author_id) || array_agg(distinct e.witness_id)
    from entry e join payment p on p.group_id = e.group_id and p.entry_id = e.reverses
   where e.reason is distinct from 'objection'
     and exists (select from meeting t where t.group_id = p_group and t.meeting_on = p.meeting_on and t.state = 'closed' and t.seq < e.seq)
  union all
  select 'paid-unseen', count(*), (select count(*) from taken), array_agg(distinct t.occurred_on), array_agg(distinct t.author_id) || array_agg(distinct t.witness_id)
    from taken t where t.witness_id <> t.member_id and t.member_id not in (select id from officer)
  union all
  select 'after-new-telephone', count(*), (select count(*) from taken), array_agg(distinct t.occurred_on), array_agg(distinct t.author_id)
    from taken t join odd_reach(p_group) r on r.member_id = t.member_id join savings_group g on g.id = p_group
   where t.occurred_on between (r.since at time zone g.time_zone)::date and (r.since at time zone g.time_zone)::date + 7
     and exists (select from invite i where i.group_id = p_group and i.member_id = t.member_id and i.made_by is not null and i.uses_left = 0 and i.made_by <> t.member_id)
     and t.minor >= (select coalesce(-sum(a.balance_minor), 0) from account a where a.group_id = p_group and a.name = 'savings/' || t.member_id)
  union all
  -- No telephone is hers, and the roll of those days has not seen her: nobody but those officers need know of it.
  select 'lent-unseen', count(distinct l.id), (select count(*) from lent), array_agg(distinct l.disbursed_on), array_agg(distinct e.author_id) || array_agg(distinct e.witness_id)
    from lent l join posting p on p.group_id = p_group and p.debit = 'loan/' || l.id join entry e on e.id = p.entry_id and e.kind = 'loan'
   where not exists (select from odd_reach(p_group) r where r.member_id = l.member_id)
     and (select bool_or(t.member_id = l.member_id and t.present) from attendance t
           where t.group_id = p_group and t.meeting_on between l.disbursed_on - 6 and l.disbursed_on + 6) = false
  union all
  select 'officer-loans', count(*) filter (where to_officer), count(*), array_agg(distinct disbursed_on) filter (where to_officer), array_agg(distinct member_id) filter (where to_officer)
    from lent having sum(minor) filter (where to_officer) * 5 >= (select minor from saved)
$$;

-- All of it for some groups: how often, among how many, on which days, and the offices of who had a hand in it. No name, no member.
create function "odd_facts"(p_groups uuid[], p_since date, p_now timestamptz) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', encode(g.name, 'hex'), 'key', encode(k.wrapped, 'hex'), 'signs', (
      select coalesce(jsonb_agg(jsonb_build_object('sign', s.sign, 'times', s.times, 'among', s.among, 'days', to_jsonb(s.days),
               'roles', (select coalesce(jsonb_agg(distinct m.role), '[]') from member m where m.group_id = g.id and m.id = any (s.who))) order by s.sign), '[]')
        from (select * from odd_payments(g.id, w.since) union all select * from odd_claims(g.id, w.since, p_now) union all select * from odd_telephones(g.id)
              union all select * from odd_meetings(g.id, w.since, p_now) union all select * from odd_officers(g.id, w.since)) s
       where s.times > 0),
      -- Of three months, whatever is asked: to go beside a sign.
      'booked', (select count(*) from payment p where p.group_id = g.id and p.state in ('confirmed', 'reversed') and p.decided_at > p_now - interval '90 days'),
      'objections', (select count(*) from dispute d where d.group_id = g.id and d.opened_at > p_now - interval '90 days')) order by g.created_at, g.id), '[]')
    from savings_group g left join data_key k on k.id = g.id
    -- Three meetings, when nothing else is asked.
    cross join lateral (select coalesce(p_since, (p_now at time zone g.time_zone)::date - 20) as since) w
   where g.id = any (p_groups)
$$;

-- The programmes with staff that nobody has looked at since Monday at nine, where the first of their groups lives, and up to which
-- day their staff were told of each sign of a group. Nobody is told of it in the evening or at night.
create function "odd_due"(p_now timestamptz) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'due', w.due, 'staff', staff_contacts(p.id), 'groups', x.groups, 'told', (
      select coalesce(jsonb_agg(jsonb_build_object('groupId', o.subject_id, 'sign', substring(o.job from 5), 'on', (o.due_at at time zone 'UTC')::date)), '[]')
        from (select job, subject_id, max(due_at) as due_at from occurrence where job like 'odd/%' and subject_id = any (x.groups) group by job, subject_id) o)) order by p.id), '[]')
    from programme p
    cross join lateral (select array_agg(g.id) as groups, (array_agg(g.time_zone order by g.created_at, g.id))[1] as zone from savings_group g where g.programme_id = p.id) x
    cross join lateral (select (date_trunc('week', p_now at time zone x.zone) + interval '9 hours') at time zone x.zone as due, extract(hour from p_now at time zone x.zone) as hour) w
   where not exists (select from occurrence o where o.job = 'odd' and o.subject_id = p.id and o.due_at > p_now - interval '6 days')
     and x.groups is not null and w.due <= p_now and w.hour between 9 and 19 and exists (select from staff s where s.programme_id = p.id and s.role = 'staff')
$$;

-- Once a week, by whichever process comes first: what is new, and who is told of it. False when another one has done it.
create function "commit_odd"(doc jsonb) returns boolean language plpgsql as $$
begin
  insert into occurrence (job, subject_id, due_at, outcome, messages)
    values ('odd', (doc->>'programme')::uuid, (doc->>'due')::timestamptz, 'done', jsonb_array_length(doc->'outbox')) on conflict do nothing;
  if not found then return false; end if;
  insert into occurrence (job, subject_id, due_at, outcome)
    select 'odd/' || sign, group_id, on_day::timestamp at time zone 'UTC', 'done' from jsonb_to_recordset(doc->'new') as n(sign text, group_id uuid, on_day date) on conflict do nothing;
  perform commit_outbox(null, doc);
  return true;
end $$;
