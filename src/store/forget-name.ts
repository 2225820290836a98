// Her name in words of others, which are sealed under keys that stay: it is taken out of them while it can still be read, in the
// transaction that destroys her own key.

import type { ClientBase } from 'pg';
import { type Wanted, wantedName, withoutName } from '../domain/blank-name.ts';
import { broadcastMessages, openContent, sealContent, sealMessages } from './broadcast-words.ts';
import { openExpenseWords, sealExpenseWords } from './expense-words.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import { linePlace } from './talks-json.ts';

type Forgetting = { readonly session: ClientBase; readonly secrets: Secrets };
type Hers = { readonly groupId: string; readonly memberId: string; readonly programmeId: string };

/** Blanks the name of who is to be shredded, wherever others wrote it; nothing when her name is gone already. */
export const forgetName = async ({ session, secrets }: Forgetting, erasureId: string): Promise<void> => {
  const { rows } = await session.query<
    Record<'group_id' | 'member_id' | 'programme_id', string> & { name: Buffer; key: Buffer }
  >(
    `select e.group_id, e.member_id, g.programme_id, m.name, k.wrapped as key from erasure e
       join member m on m.group_id = e.group_id and m.id = e.member_id join savings_group g on g.id = e.group_id
       join data_key k on k.id = e.id and k.wrapped is not null
      where e.id = $1 and e.undone_at is null and e.shredded_at is null and length(m.name) > 0 for update of e skip locked`,
    [erasureId],
  );
  const [row] = rows;
  if (!row) return;
  const hers = { groupId: row.group_id, memberId: row.member_id, programmeId: row.programme_id };
  const name = ifItOpens(() =>
    openName(secrets, 'member', { id: hers.memberId, name: row.name, key: row.key }),
  );
  if (name === undefined) return;
  const inGroup = wantedName(name, await othersOf({ session, secrets }, hers));
  await blankExpenses({ session, secrets }, hers, inGroup);
  await blankPlace({ session, secrets }, hers, inGroup);
  await blankTalks({ session, secrets }, hers, inGroup);
  await blankBroadcasts({ session, secrets }, hers, wantedName(name, undefined));
};

/** What does not open, nobody reads: it keeps no key of hers from being destroyed. */
const ifItOpens = <Value>(open: () => Value): Value | undefined => {
  try {
    return open();
  } catch {
    return undefined;
  }
};

const othersOf = async ({ session, secrets }: Forgetting, hers: Hers): Promise<string[]> => {
  const { rows } = await session.query<{ id: string; name: Buffer; key: Buffer }>(
    `select m.id, m.name, k.wrapped as key from member m join data_key k on k.id = m.id and k.wrapped is not null
      where m.group_id = $1 and m.id <> $2`,
    [hers.groupId, hers.memberId],
  );
  return rows.flatMap((row) => ifItOpens(() => openName(secrets, 'member', row)) ?? []);
};

const blankExpenses = async ({ session, secrets }: Forgetting, hers: Hers, wanted: Wanted): Promise<void> => {
  const { rows } = await session.query<{ id: string; words: Buffer; key: Buffer }>(
    `select o.id, o.words, k.wrapped as key from money_out o join data_key k on k.id = o.group_id and k.wrapped is not null
      where o.group_id = $1 and o.words is not null order by o.id for update of o`,
    [hers.groupId],
  );
  for (const { id, words, key } of rows) {
    const said = ifItOpens(() => openExpenseWords(secrets, { id, words }, { key })) ?? '';
    const left = withoutName(said, wanted);
    if (left === said) continue;
    await session.query('update money_out set words = $3 where group_id = $1 and id = $2', [
      hers.groupId,
      id,
      Buffer.from(sealExpenseWords(secrets, { id, words: left }, key), 'base64'),
    ]);
  }
};

/** Where her group meets: many do in the house of one of them. */
const blankPlace = async ({ session, secrets }: Forgetting, hers: Hers, wanted: Wanted): Promise<void> => {
  const { rows } = await session.query<{ place: Buffer; key: Buffer }>(
    `select g.meeting_place as place, k.wrapped as key from savings_group g join data_key k on k.id = g.id and k.wrapped is not null
      where g.id = $1 and g.meeting_place is not null for update of g`,
    [hers.groupId],
  );
  const [row] = rows;
  if (!row) return;
  const cell = { table: 'savings_group', column: 'meeting_place', rowId: hers.groupId };
  const said = ifItOpens(() => secrets.open(secrets.unwrap(row.key), cell, row.place)) ?? '';
  const left = withoutName(said, wanted);
  if (left === said) return;
  await session.query('update savings_group set meeting_place = $2 where id = $1', [
    hers.groupId,
    secrets.seal(secrets.unwrap(row.key), cell, left),
  ]);
};

/** What others of her group and staff wrote to each other. */
const blankTalks = async ({ session, secrets }: Forgetting, hers: Hers, wanted: Wanted): Promise<void> => {
  const { rows } = await session.query<{ id: string; body: Buffer; key: Buffer }>(
    `select l.id, l.body, k.wrapped as key from talk t join talk_line l on l.talk_id = t.id
       join data_key k on k.id = t.member_id and k.wrapped is not null
      where t.group_id = $1 and t.member_id <> $2 and l.body is not null order by l.id for update of l`,
    [hers.groupId, hers.memberId],
  );
  for (const { id, body, key } of rows) {
    const said = ifItOpens(() => secrets.open(secrets.unwrap(key), linePlace(id), body)) ?? '';
    const left = withoutName(said, wanted);
    if (left === said) continue;
    await session.query('update talk_line set body = $2 where id = $1', [
      id,
      secrets.seal(secrets.unwrap(key), linePlace(id), left),
    ]);
  }
};

/** What staff wrote to many of the programme, and keep. */
const blankBroadcasts = async (
  { session, secrets }: Forgetting,
  hers: Hers,
  wanted: Wanted,
): Promise<void> => {
  const { rows } = await session.query<{ id: string; content: Buffer; messages: Buffer | null }>(
    'select id, content, messages from broadcast where programme_id = $1 order by id for update',
    [hers.programmeId],
  );
  const clean = (text: string): string => withoutName(text, wanted);
  for (const { id, content, messages } of rows) {
    const cleaned = (sealed: Buffer): Buffer =>
      ifItOpens(() => sealMessages(secrets, id, broadcastMessages(secrets, { id, sealed }, clean))) ?? sealed;
    const said = ifItOpens(() => openContent(secrets, id, content));
    if (!said) continue;
    const { es, en } = said;
    const left = {
      ...said,
      ...(es !== undefined && { es: clean(es) }),
      ...(en !== undefined && { en: clean(en) }),
    };
    if (left.es === es && left.en === en) continue;
    await session.query('update broadcast set content = $2, messages = $3 where id = $1', [
      id,
      sealContent(secrets, id, left),
      messages && cleaned(messages),
    ]);
  }
};
