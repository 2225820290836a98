import { asId } from '../../src/domain/ids.ts';
import { GENESIS, link } from '../../src/domain/ledger/chain.ts';
import type { Database } from '../../src/store/database.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { on } from './posting.ts';
import { asSuperuser } from './programme.ts';

/** Recomputes every hash of the group, as somebody who knows this program could. */
export const rechain = async (database: Database, group: string): Promise<void> => {
  const { rows } = await database.pool.query<{
    id: string;
    kind: 'payment';
    key: string;
    author: string;
    witness: string | null;
    reverses: string | null;
    reason: 'mistake' | null;
    postings: { debit: 'social'; credit: 'social'; amount: string }[];
  }>(
    `select e.id, e.kind, e.idempotency_key as key, e.author_id as author, e.witness_id as witness, e.reverses, e.reason,
              (select jsonb_agg(jsonb_build_object('debit', debit, 'credit', credit, 'amount', amount_minor::text) order by n)
                 from posting p where p.entry_id = e.id) as postings
         from journal_entry e where e.group_id = $1 order by e.seq`,
    [group],
  );
  let head = GENESIS;
  const statements = rows.map((row, at) => {
    const prev = head;
    head = link(sha256, prev, {
      id: asId(row.id),
      groupId: asId(group),
      kind: row.kind,
      key: row.key,
      batch: undefined,
      author: asId(row.author),
      witness: row.witness === null ? undefined : asId(row.witness),
      occurredOn: on,
      rulesVersion: 1,
      reverses: row.reverses === null ? undefined : asId(row.reverses),
      reason: row.reason ?? undefined,
      postings: row.postings.map((p) => ({
        debit: p.debit,
        credit: p.credit,
        amountMinor: BigInt(p.amount),
      })),
      seq: BigInt(at + 1),
    });
    return `update journal_entry set prev_hash = decode('${prev}', 'hex'), hash = decode('${head}', 'hex') where id = '${row.id}'`;
  });
  await asSuperuser(
    database,
    ...statements,
    `update savings_group set head = decode('${head}', 'hex') where id = '${group}'`,
  );
};
