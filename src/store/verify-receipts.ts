import type { ClientBase } from 'pg';
import type { Fault } from '../domain/ledger/verify.ts';

/** What is wrong with a group's book, and at which entry. */
export type BookFault = {
  readonly groupId: string;
  readonly seq: Fault['seq'];
  readonly rule: string;
  /** A payment's id, when the fault is about a receipt; `<table>/<id>` of a row that is not as it was written. */
  readonly place?: string;
};

/** A group in trouble is named with its first faults; a list of thousands helps nobody. */
const FAULTS_MAX = 20;

/**
 * The receipts of a group against its entries: every confirmed or reversed payment has an entry of its own whose
 * postings are its amounts, purpose by purpose and for the same member, and which was signed by who decided on it;
 * every entry of a payment has its payment; and an entry is reversed exactly when its payment is.
 */
export async function receiptFaults(session: ClientBase, groupId: string): Promise<BookFault[]> {
  const { rows } = await session.query<{ seq: string | null; payment: string | null; rule: string }>(
    `${RECEIPTS} order by fault.seq nulls first, fault.id, rule limit $2`,
    [groupId, FAULTS_MAX],
  );
  return rows.map(({ seq, payment, rule }) => ({
    groupId,
    seq: seq === null ? 'balances' : BigInt(seq),
    rule,
    ...(payment === null ? {} : { place: payment }),
  }));
}

// What an entry credits, by purpose: a repayment is principal of a loan, interest and late fees on it, and the loan is hers.
const RECEIPTS = `
  with receipt as (
    select p.*, e.seq, e.kind as entry_kind, e.author_id, e.witness_id, r.id as reversal_id
      from payment p
      left join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
      left join journal_entry r on r.group_id = p.group_id and r.reverses = p.entry_id
     where p.group_id = $1 and p.entry_id is not null
  ), credited as (
    select r.id,
           coalesce(sum(o.amount_minor), 0) as total,
           coalesce(sum(o.amount_minor) filter (where o.credit = 'savings/' || r.member_id), 0) as savings,
           coalesce(sum(o.amount_minor) filter (where o.credit = 'fines'), 0) as fine,
           coalesce(sum(o.amount_minor) filter (where o.credit = 'social'), 0) as social,
           coalesce(sum(o.amount_minor) filter (where o.credit like 'round/%/' || r.member_id), 0) as turn,
           coalesce(sum(o.amount_minor) filter (where l.id is not null), 0) as loan
      from receipt r
      left join posting o on o.group_id = r.group_id and o.entry_id = r.entry_id
      left join loan l on l.group_id = r.group_id and l.member_id = r.member_id
            and o.credit in ('loan/' || l.id, 'interest/' || l.id, 'late-fee/' || l.id)
     group by r.id
  )
  select seq::text, id::text as payment, rule from (
    select r.seq, r.id, 'a confirmed payment has its entry' as rule from receipt r
     where r.seq is null or r.entry_kind <> 'payment'
    union all
    select r.seq, r.id, 'the postings of an entry are the amounts of its payment'
      from receipt r join credited c on c.id = r.id
     where r.seq is not null
       and (c.savings, c.loan, c.fine, c.social, c.turn, c.total) <> (r.savings_minor, r.loan_minor, r.fine_minor, r.social_minor, r.turn_minor,
            r.savings_minor + r.loan_minor + r.fine_minor + r.social_minor + r.turn_minor)
    union all
    select r.seq, r.id, 'who decided on a payment signed its entry' from receipt r
     where r.decided_by is null or r.decided_by not in (r.author_id, coalesce(r.witness_id, r.author_id))
    union all
    select r.seq, r.id, 'a payment is reversed exactly when its entry is' from receipt r
     where (r.state = 'reversed') <> (r.reversal_id is not null)
    union all
    select e.seq, null, 'an entry of a payment has exactly one payment' from journal_entry e
     where e.group_id = $1 and e.kind = 'payment'
       and (select count(*) from payment p where p.group_id = e.group_id and p.entry_id = e.id) <> 1
  ) fault (seq, id, rule)`;
