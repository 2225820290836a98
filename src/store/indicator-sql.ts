// What the indicators are worked out of, for all groups at once: two statements, however many groups there are.
// $1 the groups asked for, or null; $2 the day, or null for each group's own today; $3 now.

// The groups with their day, the cycle that runs on it, and the day on which their book began. What is known of them
// before that day came in as balances: no week, instalment or member earlier than it can be counted, and a group whose
// book had not begun on the day asked for is not among them.
const ASKED = `
  asked as (
    select g.id, g.programme_id, g.currency, g.time_zone, g.meeting_time, r.constitution->>'product' as product, d.day, y.starts,
           case when y.starts is not null then greatest(y.starts, b.began) end as since, b.began
      from savings_group g
      join group_rules r on r.group_id = g.id and r.version = g.rules_version
      cross join lateral (select coalesce($2::date, ($3::timestamptz at time zone g.time_zone)::date) as day) d
      cross join lateral (select min(since) as began from group_rules where group_id = g.id) b
      left join lateral (select starts from cycle where group_id = g.id and starts <= d.day
                          order by starts desc, closed_at desc nulls first limit 1) y on true
     where ($1::uuid[] is null or g.id = any($1)) and b.began <= d.day
  )`;

// An entry that was reversed by the day never was: neither it nor its reversal counts as money that came in.
const ENTRIES = `
  entry as (
    select e.group_id, e.id, e.kind, e.occurred_on,
           e.kind = 'reversal' or exists (select from journal_entry r where r.group_id = e.group_id and r.reverses = e.id
                                             and r.occurred_on <= a.day) as undone
      from asked a join journal_entry e on e.group_id = a.id and e.occurred_on <= a.day
  ), moved as (
    select e.group_id, e.id as entry_id, e.kind, e.occurred_on, e.undone, x.name, x.minor
      from entry e
      join posting p on p.group_id = e.group_id and p.entry_id = e.id
     cross join lateral (values (p.debit, p.amount_minor), (p.credit, -p.amount_minor)) x(name, minor)
  )`;

/** One row per group: people, balances, meetings, objections. Amounts in minor units, times in seconds, all as text. */
export const GROUPS = `
  with ${ASKED}, ${ENTRIES}, balance as (
    select group_id, name, sum(minor) as minor from moved group by group_id, name
  ), saved as (
    select a.id as group_id, -sum(m.minor) as minor,
           -sum(m.minor * ((a.day - a.since) / 7 + 1 - greatest(0, (m.occurred_on - a.since) / 7))) as at_week_ends
      from asked a join moved m on m.group_id = a.id and m.name like 'savings/%' group by a.id
  ), earned as (
    select a.id as group_id,
           -sum(b.minor) filter (where b.name in ('fines', 'earnings') or (a.product = 'savings-group' and b.name ~ '^(interest|late-fee)/')) as profit,
           sum(b.minor) filter (where b.name = 'cash/loan-fund') as loan_fund
      from asked a join balance b on b.group_id = a.id group by a.id
  ), borrower as (
    select distinct l.group_id, l.member_id from loan l
      join balance b on b.group_id = l.group_id and b.name = 'loan/' || l.id and b.minor > 0
  ), present_member as (
    select m.group_id, m.id, m.joined_on, -b.minor as saved, w.member_id as owes
      from asked a
      join member m on m.group_id = a.id and (m.state in ('active', 'invited') or m.left_on > a.day) and m.joined_on <= a.day
      left join balance b on b.group_id = m.group_id and b.name = 'savings/' || m.id
      left join borrower w on w.group_id = m.group_id and w.member_id = m.id
  ), people as (
    select group_id, count(*) as members, coalesce(sum(saved), 0) as saved, count(owes) as owing from present_member group by group_id
  ), paid as (
    select p.group_id, p.member_id, p.meeting_on, p.batch, p.savings_minor, coalesce(p.decided_at, p.created_at) as booked_at
      from entry e join payment p on p.group_id = e.group_id and p.entry_id = e.id where not e.undone
  ), roll as (
    select t.group_id, t.member_id, t.meeting_on, t.present
      from asked a join attendance t on t.group_id = a.id and t.meeting_on <= a.day
  ), called as (
    -- Who was there is known of a meeting with a roll, or with a list: several payments that were booked together.
    select group_id, meeting_on from roll
     union select p.group_id, p.meeting_on from asked a join paid p on p.group_id = a.id and p.meeting_on <= a.day
     group by p.group_id, p.meeting_on, p.batch having count(*) > 1
  ), last_called as (
    select group_id, meeting_on from (
      select *, row_number() over (partition by group_id order by meeting_on desc) as nth from called) c where nth <= 4
  ), named as (
    select group_id, meeting_on, member_id, coalesce(bool_and(present), true) as present from (
      select * from roll union all select group_id, member_id, meeting_on, null from paid) n
     group by group_id, meeting_on, member_id
  ), attended as (
    select group_id, count(*) as named, count(*) filter (where n.present) as present
      from named n join last_called using (group_id, meeting_on) group by group_id
  ), held as (
    select group_id, meeting_on from roll
     union select t.group_id, t.meeting_on from asked a join meeting t on t.group_id = a.id and t.meeting_on <= a.day
     union select p.group_id, p.meeting_on from asked a join paid p on p.group_id = a.id and p.meeting_on <= a.day
  ), last_held as (
    select group_id, min(meeting_on) as first_on from (
      select *, row_number() over (partition by group_id order by meeting_on desc) as nth from held) h where nth <= 4 group by group_id
  ), saver as (
    select distinct p.group_id, p.member_id from asked a join last_held h on h.group_id = a.id
      join paid p on p.group_id = a.id and p.meeting_on between h.first_on and a.day and p.savings_minor > 0
  ), long_member as (
    select m.group_id, count(*) as members, count(*) filter (where s.member_id is null) as not_saving
      from present_member m join last_held h on h.group_id = m.group_id and m.joined_on <= h.first_on
      left join saver s on s.group_id = m.group_id and s.member_id = m.id
     group by m.group_id
  ), at_start as (
    -- Whoever was refused at the door, or had left before this book began, is "left" too, without a day.
    select m.group_id, count(*) as members, count(*) filter (where m.left_on <= a.day) as gone
      from asked a join member m on m.group_id = a.id and m.joined_on <= a.since and m.state <> 'pending'
     where m.state <> 'left' or m.left_on >= a.since
     group by m.group_id
  ), counted as (
    -- Of boxes that were counted more than once, the first count that differed: what was typed after it was no surprise.
    select t.group_id, count(*) as counts, count(*) filter (where b.difference <> 0) as differing, sum(abs(b.difference)) as difference
      from asked a join meeting t on t.group_id = a.id and t.meeting_on between a.starts and a.day
       and t.state in ('agreed', 'closed') and t.counted_minor is not null and t.expected_minor is not null
     cross join lateral (
       select coalesce((select sum((x->>'counted')::bigint - (x->>'expected')::bigint) from jsonb_array_elements(t.first_boxes) x),
                       t.counted_minor - t.expected_minor) as difference) b
     group by t.group_id
  ), objection as (
    select d.group_id, count(*) as opened,
           array_agg(round(extract(epoch from d.decided_at - d.opened_at))::text order by d.opened_at, d.id)
             filter (where (d.decided_at at time zone a.time_zone)::date <= a.day) as seconds
      from asked a join dispute d on d.group_id = a.id and (d.opened_at at time zone a.time_zone)::date between a.starts and a.day
     group by d.group_id
  ), receipt as (
    select e.group_id, count(*) as receipts from asked a join entry e on e.group_id = a.id and e.kind = 'payment' and e.occurred_on >= a.starts
     group by e.group_id
  ), booking as (
    select p.group_id, count(*) as bookings,
           sum(round(greatest(0, extract(epoch from p.booked_at - (p.meeting_on + a.meeting_time) at time zone a.time_zone)))) as seconds
      from asked a join paid p on p.group_id = a.id and p.meeting_on between a.starts and a.day
     group by p.group_id
  )
  select a.id, a.programme_id as "programmeId", a.day::text as day, a.currency,
    coalesce(q.members, 0)::text as members, coalesce(q.saved, 0)::text as "membersSaved", coalesce(q.owing, 0)::text as "membersWithLoan",
    coalesce(t.present, 0)::text as present, coalesce(t.named, 0)::text as named,
    coalesce(s.members, 0)::text as "membersAtStart", coalesce(s.gone, 0)::text as "left",
    coalesce(v.minor, 0)::text as saved, coalesce(v.at_week_ends, 0)::text as "savedAtWeekEnds",
    coalesce((a.day - a.since) / 7 + 1, 0)::text as "bookWeeks", coalesce((a.day - a.starts) / 7 + 1, 0)::text as "cycleWeeks",
    coalesce(n.profit, 0)::text as profit, coalesce(n.loan_fund, 0)::text as "loanFundCash",
    coalesce(c.counts, 0)::text as counts, coalesce(c.differing, 0)::text as "differingCounts", coalesce(c.difference, 0)::text as difference,
    coalesce(r.receipts, 0)::text as receipts, coalesce(o.opened, 0)::text as disputes, coalesce(o.seconds, '{}') as "disputeSeconds",
    coalesce(k.bookings, 0)::text as bookings, coalesce(k.seconds, 0)::text as "bookingSeconds",
    coalesce(l.members, 0)::text as "longMembers", coalesce(l.not_saving, 0)::text as "zeroSavers", a.product <> 'tanda' as saves
  from asked a
  left join people q on q.group_id = a.id
  left join attended t on t.group_id = a.id
  left join at_start s on s.group_id = a.id
  left join saved v on v.group_id = a.id
  left join earned n on n.group_id = a.id
  left join counted c on c.group_id = a.id
  left join receipt r on r.group_id = a.id
  left join objection o on o.group_id = a.id
  left join booking k on k.group_id = a.id
  left join long_member l on l.group_id = a.id
  order by a.id`;

/**
 * One row per loan that was open at some time in the cycle, with what came in on it, day by day: a list that was written
 * after a meeting counts as paid at the meeting, money given before it on the day it was given.
 */
export const LOANS = `
  with ${ASKED}, ${ENTRIES}, touched as (
    select m.*, split_part(m.name, '/', 1) as part, split_part(m.name, '/', 2)::uuid as loan_id,
           least(m.occurred_on, p.meeting_on) as came_on, case m.kind when 'cover' then 'cover' else 'herself' end as by
      from moved m left join payment p on p.group_id = m.group_id and p.entry_id = m.entry_id
     where m.name like 'loan/%' or m.name like 'interest/%'
  ), came as (
    select group_id, loan_id, jsonb_agg(jsonb_build_object('on', came_on, 'by', by, 'principal', principal::text, 'interest', interest::text)
             order by came_on, by) as repaid
      from (select group_id, loan_id, came_on, by, coalesce(-sum(minor) filter (where part = 'loan'), 0) as principal,
                   coalesce(-sum(minor) filter (where part = 'interest'), 0) as interest
              from touched where minor < 0 and not undone and kind in ('payment', 'cover', 'closing')
             group by group_id, loan_id, came_on, by) d
     group by group_id, loan_id
  ), book as (
    select group_id, loan_id, sum(minor) filter (where part = 'loan') as outstanding,
           sum(minor) filter (where part = 'loan' and minor > 0 and not undone) as lent,
           max(occurred_on) filter (where part = 'loan' and kind in ('closing', 'write-off') and not undone) as ended_on,
           max(occurred_on) as last_on
      from touched group by group_id, loan_id
  )
  select l.group_id as "groupId", l.member_id as "memberId", l.terms, a.currency, a.day::text as day,
         greatest(a.starts, a.began + 1)::text as "from", b.lent::text as lent, l.interest_before_minor::text as "interestBefore",
         b.outstanding::text as outstanding, b.ended_on::text as "endedOn", coalesce(c.repaid, '[]') as repaid
    from asked a
    join loan l on l.group_id = a.id
    join book b on b.group_id = l.group_id and b.loan_id = l.id
    left join came c on c.group_id = l.group_id and c.loan_id = l.id
   where b.lent > 0 and (b.outstanding > 0 or b.last_on >= a.starts)
   order by l.group_id, l.disbursed_on, l.id`;
