// Who left her group is forgotten some time later, though nobody asks for it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { readable } from '../support/readable.ts';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
const readsOf = async (canary: string): Promise<string[]> => {
  const { pool, secrets } = scene.world.store;
  return (await readable(pool, secrets)).filter((line) => line.includes(canary));
};
const has = async (sql: string): Promise<number> =>
  (await scene.world.store.pool.query(`select 1 ${sql}`)).rowCount ?? -1;

beforeAll(async () => {
  scene = await openScene();
  const left = (number: number, on: string) =>
    scene.world.store.pool.query(
      `update member set state = 'left', left_on = '${on}' where number = ${number}`,
    );
  // 90 days before the scene's day, which is over in UTC, and the day before that.
  await left(4, '2026-08-27');
  await left(5, '2026-08-26');
  await scene.app.tick();
});
afterAll(() => scene.close());

test('after ninety days her name, her key and her telephone are gone', async () => {
  expect(await readsOf('Consuelo')).toEqual([]);
  expect(
    await has(`from member m join data_key k on k.id = m.id where m.number = 5 and k.wrapped is null`),
  ).toBe(1);
  expect(await has(`from member_address a join member m on m.id = a.member_id where m.number = 5`)).toBe(0);
});

test('before that nothing is', async () => {
  expect(await readsOf('Petra')).not.toEqual([]);
});

test('of the others nothing is lost', async () => {
  expect(await readsOf('Guadalupe')).not.toEqual([]);
});
