-- What a meeting has done so far, and what the group paid for since the last one.

-- What an expense was for, in the officers' own words: sealed under the group's key. None of what leaves a box otherwise.
alter table "money_out" add column "words" bytea,
  add constraint "money_out_words" check ("words" is null or ("kind" = 'expense' and octet_length("words") <= 400));

-- The roll of that day, and loans that only have to be handed over.
create function "meeting_work"(p_group uuid, p_on date) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'rolled', exists (select 1 from attendance a where a.group_id = p_group and a.meeting_on = p_on),
    'absent', (select coalesce(jsonb_agg(a.member_id order by a.member_id), '[]') from attendance a
                where a.group_id = p_group and a.meeting_on = p_on and not a.present),
    'loans', (select count(*) from loan_request r where r.group_id = p_group and r.state = 'approved'),
    -- What the group paid for since the balances were told last, but for what was taken back.
    'expenses', (
      select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'amount', o.amount_minor::text, 'words', encode(o.words, 'hex')) order by e.seq), '[]')
        from money_out o join journal_entry e on e.group_id = o.group_id and e.id = o.entry_id
       where o.group_id = p_group and o.kind = 'expense' and o.state = 'booked'
         and e.seq > coalesce((select max(t.seq) from meeting t where t.group_id = p_group and t.state = 'closed' and not t.late), 0)
         and not exists (select 1 from journal_entry r where r.group_id = e.group_id and r.reverses = e.id)));
end $$;

-- Who gave for another's gap objects to that as to a receipt of her own payment: an objection is about one of the two.
alter table "dispute" alter column "payment_id" drop not null, add column "cover_id" uuid,
  add foreign key ("group_id", "cover_id") references "cover"("group_id", "id"),
  add constraint "dispute_of_one" check (num_nonnulls("payment_id", "cover_id") = 1);
create unique index "dispute_one_open_cover" on "dispute"("group_id", "cover_id", "member_id") where ("state" = 'open');

-- What this member gave for others within the seven days that a receipt may be objected to, and what she objected to and nobody
-- has looked at.
create function "covers_given"(p_group uuid, p_member uuid, p_now timestamptz) returns jsonb language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('cover', c.id, 'receipt', e.seq::text, 'amount', s.amount_minor::text,
             'debtor', jsonb_build_object('id', m.id, 'number', m.number, 'name', encode(m.name, 'hex'),
                         'key', (select encode(k.wrapped, 'hex') from data_key k where k.id = m.id)),
             'objection', d.id,
             'closed', exists (select from journal_entry y where y.group_id = e.group_id and y.kind = 'closing' and y.seq > e.seq)) order by e.seq desc), '[]')
      from cover_share s join cover c on c.group_id = s.group_id and c.id = s.cover_id
      join journal_entry e on e.group_id = c.group_id and e.id = c.entry_id
      join member m on m.group_id = c.group_id and m.id = c.debtor_id
      join savings_group g on g.id = c.group_id
      left join dispute d on d.group_id = c.group_id and d.cover_id = c.id and d.member_id = p_member and d.state = 'open'
     where s.group_id = p_group and s.member_id = p_member and c.state = 'booked' and (d.id is not null or e.occurred_on > (p_now at time zone g.time_zone)::date - 7));
end $$;

-- The objections to what was given for another that no officer has looked at yet.
create function "cover_objections"(p_group uuid) returns jsonb language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'member', d.member_id, 'cover', c.id, 'debtor', c.debtor_id, 'receipt', e.seq::text,
             'amount', s.amount_minor::text) order by d.opened_at, d.id), '[]')
      from dispute d join cover c on c.group_id = d.group_id and c.id = d.cover_id
      join cover_share s on s.group_id = c.group_id and s.cover_id = c.id and s.member_id = d.member_id
      join journal_entry e on e.group_id = c.group_id and e.id = c.entry_id
     where d.group_id = p_group and d.state = 'open');
end $$;

-- What the group paid for in this cycle, the latest first: for its report. What was taken back is none.
create function "cycle_expenses"(p_group uuid) returns jsonb language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'on', x.occurred_on, 'amount', x.amount_minor::text, 'words', encode(x.words, 'hex')) order by x.seq desc), '[]')
      from (select o.id, e.occurred_on, o.amount_minor, o.words, e.seq from money_out o
              join journal_entry e on e.group_id = o.group_id and e.id = o.entry_id
             where o.group_id = p_group and o.kind = 'expense' and o.state = 'booked'
               and e.seq > coalesce((select max(y.seq) from journal_entry y where y.group_id = p_group and y.kind = 'closing'), 0)
               and not exists (select from journal_entry r where r.group_id = e.group_id and r.reverses = e.id)
             order by e.seq desc limit 5) x);
end $$;
