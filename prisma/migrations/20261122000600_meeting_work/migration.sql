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
         and e.seq > coalesce((select max(t.seq) from meeting t where t.group_id = p_group and t.state = 'closed'), 0)
         and not exists (select 1 from journal_entry r where r.group_id = e.group_id and r.reverses = e.id)));
end $$;
