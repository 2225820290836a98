import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHECK_WORDS } from '../../src/domain/check-code.ts';
import type { Database } from '../../src/store/database.ts';
import { meetingWords } from '../../src/store/meeting-words.ts';
import { testDatabase } from '../support/database.ts';
import { groupNamed, postPayment } from '../support/posting.ts';
import { asSuperuser, bringIn, documentOf, emptied, orilla } from '../support/programme.ts';

const GROUP = 'Las Golondrinas';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await emptied(database);
  await bringIn(database, documentOf(orilla));
});
afterAll(() => database.close());

const pay = () =>
  postPayment(database, { group: GROUP, number: 2, savings: 4000n, loan: 0n, fine: 0n, social: 500n });

test('the words of a past meeting are worked out from the rows, and show that one was changed since', async () => {
  const { id: group } = await groupNamed(database, GROUP);
  const paid = await pay();
  await asSuperuser(
    database,
    `insert into meeting (group_id, id, meeting_on, state, opened_by, expected_minor, counted_minor, closed_at, head, seq)
     select g.id, gen_random_uuid(), '2026-11-22', 'closed', (select id from member where group_id = g.id limit 1), 1, 1, now(), g.head, g.seq
       from savings_group g where g.id = '${group}'`,
  );
  await pay();
  const [meeting] = await meetingWords(database, group);
  expect(meeting?.on).toBe('2026-11-22');
  expect(meeting?.words.split(' ').every((word) => CHECK_WORDS.includes(word))).toBe(true);
  expect(meeting?.words).toBe(meeting?.told);

  await asSuperuser(
    database,
    `update journal_entry set occurred_on = occurred_on - 1 where group_id = '${group}' and id = '${paid}'`,
  );
  const [changed] = await meetingWords(database, group);
  expect(changed?.told).toBe(meeting?.told);
  expect(changed?.words).not.toBe(meeting?.words);
});
