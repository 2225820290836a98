import type { ClientBase } from 'pg';
import type { BookFault } from './verify-receipts.ts';

/** A group in trouble is named with its first faults; a list of thousands helps nobody. */
const FAULTS_MAX = 20;

/**
 * What a group decides by and beside its entries, against the hash written with each row: rules, loans, fines, votes,
 * shares of covers, the signatures under what it began with, elections and what became of them, and who said whose a new telephone
 * is: of staff the record of what they did says so too. And the head that a meeting was closed with, against the entry of that number: its words are on paper.
 */
export const rowFaults = async (session: ClientBase, groupId: string): Promise<BookFault[]> => {
  const { rows } = await session.query<{ seq: string | null; place: string; rule: string }>(
    `select null as seq, coalesce(r."of", s."of") || '/' || coalesce(r."id", s."id") as place,
            case when r."id" is null then 'what was written is still there'
                 when s."id" is null then 'what is there was written by the program'
                 else 'a row is as it was written' end as rule
       from sealed_rows($1) r full join (select * from row_seal where group_id = $1) s using ("of", "id")
      where r."hash" is distinct from s."hash"
     union all
     select m.seq::text, 'meeting/' || m.id, 'a meeting ended with the head that its entry still has'
       from meeting m left join journal_entry e on e.group_id = m.group_id and e.seq = m.seq
      where m.group_id = $1 and m.seq > 0 and e.hash is distinct from m.head
     union all
     select null, f."place", f."rule" from office_faults($1) f
     union all
     select null, f."place", f."rule" from telephone_faults($1) f
      order by seq nulls first, place limit $2`,
    [groupId, FAULTS_MAX],
  );
  return rows.map(({ seq, place, rule }) => ({
    groupId,
    seq: seq === null ? 'balances' : BigInt(seq),
    rule,
    place,
  }));
};
