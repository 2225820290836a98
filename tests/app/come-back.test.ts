// Who asked to be forgotten may come back, from a telephone that is still hers, to a place that is still there.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { label, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
const one = async <Value>(sql: string): Promise<Value | undefined> =>
  (await scene.world.store.pool.query<{ value: Value }>(sql)).rows[0]?.value;
const idOf = (name: string): string => scene.world.person(name).id;
const erase = async (name: string): Promise<void> => {
  await scene.say(name, 'borra mis datos');
  await scene.press(name, label('erase-me.go-on'));
  await scene.say(name, name);
};
const isOffered = async (name: string): Promise<boolean> =>
  JSON.stringify(await scene.say(name, 'hola')).includes(label('erase-me.back'));

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

test('she writes, and is offered to', async () => {
  await erase('Ana');
  expect(await isOffered('Ana')).toBe(true);
});

test('her number has another owner by now: he is offered nothing of hers', async () => {
  await erase('Ana');
  await scene.post('Ana', { type: 'moved' });
  expect(await isOffered('Ana')).toBe(false);
});

test('she was paid out meanwhile: there is no place to come back to', async () => {
  await erase('Ana');
  await one(
    `update member set state = 'left', left_on = '2026-11-24' where id = '${idOf('Ana')}' returning 1`,
  );
  expect(await isOffered('Ana')).toBe(false);
});

test('the days are over, and no job has run yet: nobody comes back', async () => {
  await erase('Ana');
  scene.world.now = scene.world.now.add({ hours: 24 * 15 });
  expect(await isOffered('Ana')).toBe(false);
});

test('what is being answered on her other telephone just then is decided anew', async () => {
  const other = await one<string>(
    `select address_id as value from member_address where member_id = '${idOf('Petra')}'`,
  );
  await one(
    `insert into member_address (address_id, group_id, member_id) select '${other}', group_id, id from member where id = '${idOf('Ana')}' returning 1`,
  );
  const version = () => one<string>(`select version::text as value from address where id = '${other}'`);
  const before = await version();
  await erase('Ana');
  expect(Number(await version())).toBe(Number(before) + 1);
});

test('a message that our own mistake stopped is hers: its words go when she is blocked', async () => {
  const hers = await one<string>(
    `select address_id as value from member_address where member_id = '${idOf('Ana')}'`,
  );
  await one(
    `insert into inbox (channel, message_id, address_id, outcome, error, body) values ('simulator', 'parked', '${hers}', 'dead', 'x', '\\x01') returning 1`,
  );
  await erase('Ana');
  expect(await one(`select body as value from inbox where message_id = 'parked'`)).toBeNull();
});

test('no code is offered for her who has no name any more', async () => {
  await erase('Ana');
  expect(JSON.stringify(await scene.say('Rosa', 'código'))).not.toContain('Socia');
});
