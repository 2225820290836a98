// A privacy notice that has changed: shown once when she writes, and until her yes only what her book needs goes on.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { JACARANDAS, label, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: `${JACARANDAS}\nlecciones en borrador` });
  // What she said yes to was an older notice than today's.
  await run(
    `insert into member_permission (group_id, member_id, topic, given, notice_version, at)
     select group_id, id, 'notice', true, 0, now() from member where id = $1`,
    [scene.world.person('Ana').id],
  );
  await run(
    `create or replace function notice_seen(p_address uuid, p_group uuid, p_member uuid) returns integer language sql stable as $$
       select coalesce((select notice_version from member_permission where group_id = p_group and member_id = p_member and topic = 'notice'), 1) $$`,
  );
});
afterEach(() => scene.close());

const run = async (sql: string, values: unknown[] = []): Promise<unknown[]> =>
  (await scene.world.store.pool.query<Record<string, unknown>>(sql, values)).rows;
const asksAgain = (texts: readonly { text: string }[]): boolean =>
  texts.some(({ text }) => text.startsWith(label('rights.new-notice')));
/** A message of this kind to her that is due now, and what becomes of it; by a channel that no running program looks after. */
const sends = async (kind: string): Promise<string> => {
  const [row] = (await run(
    `insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, body)
     select gen_random_uuid(), 'elsewhere', a.address_id, a.group_id, a.member_id, $2, 1, true, $3
       from member_address a where a.member_id = $1 returning id`,
    [scene.world.person('Ana').id, kind, '\\x00'],
  )) as { id: string }[];
  const [claimed] = (await run(`select skipped from claim_outbox('elsewhere', 20, null) where id = $1`, [
    row?.id,
  ])) as {
    skipped: string | null;
  }[];
  // One at a time goes to a person: this one is out.
  await run(`update outbox set state = 'sent', sent_at = now() where id = $1 and state = 'sending'`, [
    row?.id,
  ]);
  return claimed ? (claimed.skipped ?? 'goes') : 'not claimed';
};
const sendsEach = async (kinds: readonly string[]): Promise<string[]> => {
  const each: string[] = [];
  for (const kind of kinds) each.push(await sends(kind));
  return each;
};

test('it is shown once, with the answer to what she asked', async () => {
  const first = await scene.say('Ana', 'saldo');
  expect(first.map(({ text }) => text.split('\n')[0])).toEqual([
    expect.stringContaining('Llevas ahorrado $200.00'),
    label('rights.new-notice'),
  ]);
  expect(asksAgain(await scene.say('Ana', 'saldo'))).toBe(false);
  expect(asksAgain(await scene.say('Rosa', 'saldo'))).toBe(false);
});

test('it does not come into a question that is open, nor to who asks for help in danger', async () => {
  expect(asksAgain(await scene.say('Ana', 'ya pagué'))).toBe(false);
  expect(asksAgain(await scene.say('Ana', 'mi esposo me pega'))).toBe(false);
  expect(asksAgain(await scene.say('Ana', 'saldo'))).toBe(true);
});

test('without her yes receipts go on, and reminders, lessons and messages of staff do not', async () => {
  await scene.say('Ana', 'saldo');
  const kinds = ['receipt', 'reminder', 'late', 'lesson', 'broadcast'];
  const before = await sendsEach(kinds);
  expect(before).toEqual(['goes', 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed']);
  await scene.press('Ana', label('choice.agree'));
  expect(await sendsEach(kinds)).toEqual(kinds.map(() => 'goes'));
  const consents = await run(`select topic, given, notice_version from consent where member_id = $1`, [
    scene.world.person('Ana').id,
  ]);
  expect(consents).toEqual([{ topic: 'book', given: true, notice_version: 1 }]);
});

test('a no is kept, and can be taken back later', async () => {
  await scene.say('Ana', 'saldo');
  await scene.press('Ana', label('choice.disagree'));
  expect(await sends('lesson')).toBe('not-allowed');
  await scene.say('Ana', 'privacidad');
  await scene.press('Ana', label('rights.allow'));
  await scene.press('Ana', label('rights.agree-again'));
  expect(await sends('lesson')).toBe('goes');
});

test('each topic by itself: who wants no messages of staff has her reminders', async () => {
  await scene.say('Guadalupe', 'privacidad');
  await scene.say('Ana', 'saldo');
  await scene.press('Ana', label('choice.agree'));
  await scene.say('Ana', 'privacidad');
  await scene.press('Ana', label('rights.allow'));
  await scene.press('Ana', label('rights.staff-stop'));
  expect(await sendsEach(['broadcast', 'reminder', 'lesson', 'talk'])).toEqual([
    'not-allowed',
    'goes',
    'goes',
    'goes',
  ]);
});
