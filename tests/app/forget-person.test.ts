// A woman who asked to be forgotten: what of her can still be read, by whoever holds the database and its key.

import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditRows } from '../../src/store/audit.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { readable } from '../support/readable.ts';
import { JACARANDAS, label, openScene, type Scene } from '../support/scene.ts';

const HEADER = JACARANDAS.replace('Ana Martínez', 'Xunka Canariosántiz').replace(
  'Petra Gómez',
  'Petra Otracanaria',
);
const HERS = ['xunka', 'canariosántiz', 'maquinacanaria', 'penacanaria', 'peligrocanario', 'nombrecanario'];

let scene: Scene;
const everything = async (): Promise<string[]> => {
  const { pool, secrets } = scene.world.store;
  return (await readable(pool, secrets)).map((line) => line.toLowerCase());
};
/** Where her canaries can be read, without the words around them. */
const where = (lines: readonly string[], canaries: readonly string[]): string[] => [
  ...new Set(
    lines.filter((line) => canaries.some((c) => line.includes(c))).map((line) => line.split(':')[0] ?? ''),
  ),
];
const one = async <Value>(sql: string): Promise<Value | undefined> =>
  (await scene.world.store.pool.query<{ value: Value }>(sql)).rows[0]?.value;

let before: string[];
let address: string;

beforeAll(async () => {
  // Guadalupe has not written for a while: what is for her waits, with the words in it.
  scene = await openScene({
    header: `${HEADER}\nequipo Celia Ríos, resguardo\nlecciones en borrador`,
    windowHours: 24,
  });
  await scene.say('Rosa', 'hola');
  const { id } = scene.world.person('Xunka');
  address =
    (await one<string>(`select address_id as value from member_address where member_id = '${id}'`)) ?? '';
  await scene.say('Xunka', 'quiero ahorrar 2000 para una maquinacanaria');
  await scene.say('Xunka', 'ya pagué 50');
  await scene.say('Rosa', 'pendientes');
  await scene.press('Rosa', label('choice.confirm'));
  await scene.say('Xunka', 'lección');
  await scene.say('Xunka', 'quiero hablar con una persona');
  await scene.say('Xunka', 'me da penacanaria preguntar en la reunión');
  await scene.say('Xunka', 'me pega mi esposo');
  await scene.say('Xunka', 'sí');
  await scene.press('Xunka', label('danger.she-writes'));
  await scene.say('Xunka', 'hay peligrocanario en mi casa');
  await scene.say('Xunka', 'privacidad');
  await scene.press('Xunka', label('rights.name'));
  await scene.say('Xunka', 'Nombrecanario Santiz');
  await scene.say('Rosa', 'Xunka 100');
  await scene.say('Marta', 'conversaciones');
  before = await everything();
  await scene.say('Xunka', 'borra mis datos');
  await scene.press('Xunka', label('erase-me.go-on'));
  await scene.say('Xunka', 'Xunka');
});
afterAll(() => scene.close());

test('before, whoever holds the key reads all of it: so that nothing to read means something', () => {
  for (const canary of HERS) expect(where(before, [canary]), canary).not.toEqual([]);
  expect(where(before, ['xunka'])).toEqual(
    expect.arrayContaining(['member.name', 'outbox.body', 'address.session']),
  );
});

describe('blocked', () => {
  test('her own row has no key, nobody may write to her, and what waited for her is gone', async () => {
    const { id } = scene.world.person('Xunka');
    expect(await one(`select wrapped as value from data_key where id = '${id}'`)).toBeNull();
    expect(await one(`select count(*)::int as value from member_address where member_id = '${id}'`)).toBe(0);
    expect(
      await one(`select count(*)::int as value from outbox where member_id = '${id}' and body is not null`),
    ).toBe(0);
    const heard = scene.heard('Xunka').length;
    await scene.say('Rosa', 'sí');
    await scene.say('Rosa', 'socia 3 50');
    await scene.say('Rosa', 'sí');
    await scene.app.tick();
    await scene.app.settle();
    expect(scene.heard('Xunka').length).toBe(heard);
  });

  test('staff still see who waits for them, without her', async () => {
    await scene.say('Petra', 'quiero hablar con una persona');
    await scene.say('Petra', 'no sé cómo pagar');
    const [list] = await scene.say('Marta', 'conversaciones');
    expect(list?.text).toContain('Petra');
    expect(list?.text.toLowerCase()).not.toMatch(/xunka|canariosántiz|socia/u);
  });

  test('officers and staff hear of her by her number', () => {
    const told = ['Rosa', 'Marta'].map((name) =>
      scene.heard(name).filter(({ text }) => text.includes('La socia nº 3 de Las Jacarandas ya no usa')),
    );
    expect(told.map((messages) => messages.length)).toEqual([1, 1]);
    expect(JSON.stringify(told).toLowerCase()).not.toMatch(/xunka|canario/u);
  });

  test('the days are counted: a minute before they are over nothing is destroyed', async () => {
    scene.world.now = scene.world.now.add({ hours: 24 * 15 }).subtract({ minutes: 1 });
    await scene.app.tick();
    expect(where(await everything(), ['canariosántiz'])).toContain('member.name');
  });
});

describe('shredded', () => {
  beforeAll(async () => {
    scene.world.now = scene.world.now.add({ minutes: 2 });
    await scene.app.tick();
    await scene.app.settle();
  });

  test('nothing she was called, said or wanted is readable in any table, with every key there is', async () => {
    expect(where(await everything(), HERS)).toEqual([]);
  });

  test('of the others everything is still there', async () => {
    expect(where(await everything(), ['otracanaria'])).toContain('member.name');
  });

  test('her telephone, her talk and her lessons are gone with it', async () => {
    const { id } = scene.world.person('Xunka');
    expect(await one(`select count(*)::int as value from address where id = '${address}'`)).toBe(0);
    expect(await one(`select wrapped as value from data_key where id = '${address}'`)).toBeFalsy();
    for (const table of ['talk', 'lesson_progress', 'lesson_setting', 'member_permission']) {
      expect(await one(`select count(*)::int as value from ${table} where member_id = '${id}'`), table).toBe(
        0,
      );
    }
  });

  test('the books are right, and so is the record of who did what', async () => {
    expect((await verifyBooks(scene.world.database)).faults).toEqual([]);
    const audit = await auditRows(scene.world.store);
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['member-blocked', 'member-shredded']),
    );
    expect(audit.every(({ holds }) => holds)).toBe(true);
  });

  test('a second look at what is due finds nothing more to destroy', async () => {
    await scene.app.tick();
    expect(
      (await auditRows(scene.world.store)).filter(({ action }) => action === 'member-shredded').length,
    ).toBe(1);
  });

  test('her request is closed, and its days are kept with it', async () => {
    expect(await one(`select state as value from rights_request where kind = 'cancellation'`)).toBe('done');
    expect(
      Temporal.PlainDate.from(
        (await one<string>(
          `select answer_by::text as value from rights_request where kind = 'cancellation'`,
        )) ?? '',
      ).toString(),
    ).toBe('2026-12-22');
  });
});
