// What somebody passes on is another one's words: whatever stands in it, and whatever question is open, it books nothing, opens
// nothing and answers nothing. Staff alone may pass on what they want to send to many, and it is never a word of theirs.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IncomingBody } from '../../src/conversation/message.ts';
import { entryCount, JACARANDAS, label, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ header: JACARANDAS });
});
afterAll(() => scene.close());

/** All that a message could have changed: the book, claims, votes, notices on their way, where her dialogue stands. */
const everything = async (): Promise<unknown> => {
  const { rows } = await scene.world.store.pool.query(
    `select (select count(*)::int from payment) as payments, (select count(*)::int from vote) as votes,
            (select count(*)::int from broadcast) as broadcasts, (select count(*)::int from talk) as talks,
            (select count(*)::int from inbox where outcome = 'dead') as parked,
            (select count(*)::int from member where state = 'active') as members`,
  );
  return [await entryCount(scene.world), rows];
};

const text = (words: string): IncomingBody => ({ type: 'text', text: words });

/** Passes it on; nothing may come of it but the one sentence, and only to her. */
const isRefused = async (name: string, body: IncomingBody, sentence = label('unread.other')) => {
  const before = await everything();
  const others = ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Marta'].filter((other) => other !== name);
  const heard = (who: string): number => scene.heard(who).length;
  const counts = others.map(heard);
  const from = heard(name);
  await scene.post(name, body, { forwarded: true });
  expect(
    scene
      .heard(name)
      .slice(from)
      .map((message) => message.text),
  ).toEqual([sentence]);
  expect(others.map(heard)).toEqual(counts);
  expect(await everything()).toEqual(before);
};

const ORDERS = [
  'Ana 100, Lupita 150 préstamo 50 ahorro, Petra no vino',
  'ya pagué 200',
  'no es correcto',
  'sí',
  'no',
  '1',
  'baja',
  'poner nip',
  '4711',
  'me están pegando, ayuda',
  'borrar mis datos',
  '/start ABCDEFGHJK',
];

describe.each(['Rosa', 'Ana'])('%s', (name) => {
  test.each(ORDERS)('passes on «%s»', async (words) => {
    await scene.say(name, 'cancelar');
    await isRefused(name, text(words));
  });

  test('passes on a file, a card, a link', async () => {
    await scene.say(name, 'cancelar');
    await isRefused(name, { type: 'media', kind: 'voice', ref: 'nota', size: 900 });
    await isRefused(name, { type: 'media', kind: 'image', ref: 'foto', caption: 'Ana 100' });
    await isRefused(name, { type: 'start', code: 'ABCDEFGHJK' });
    await isRefused(name, { type: 'contact', phone: '+525550100001', own: true }, label('unread.contact'));
  });
});

test('a question stays open, and her own yes answers it', async () => {
  await scene.say('Rosa', 'cancelar');
  const before = await entryCount(scene.world);
  await scene.say('Rosa', 'Ana 100');
  for (const words of ['sí', '1', 'no', 'cancelar', 'Petra 50']) await isRefused('Rosa', text(words));
  await scene.say('Rosa', 'sí');
  expect(await entryCount(scene.world)).toBe(before + 1);
});

describe('staff', () => {
  const toMany = async (words: string): Promise<string> => {
    const from = scene.heard('Marta').length;
    await scene.post('Marta', text(words), { forwarded: true });
    return scene.heard('Marta').slice(from).at(-1)?.text ?? '';
  };

  test.each(['resumen', 'baja', 'english', 'conversaciones', '1'])('pass on «%s»', async (words) => {
    await scene.say('Marta', 'cancelar');
    const before = await everything();
    expect(await toMany(words)).toBe(label('send.passed'));
    expect(await everything()).toEqual(before);
    expect((await scene.say('Marta', 'no')).at(-1)?.text).toBe(label('send.left'));
  });

  test('what they pass on is what they send, in the place of words; it confirms nothing', async () => {
    await scene.say('Marta', 'mandar un mensaje');
    expect(await toMany('cancelar')).toContain(label('send.who'));
    await isRefused('Marta', text('todas'));
    await scene.say('Marta', 'líderes');
    await isRefused('Marta', text('enviar 1'));
    await isRefused('Marta', text('mañana a las 9'));
    await scene.say('Marta', 'cancelar');
  });

  test('a lesson is not recorded, nobody is answered with it', async () => {
    await scene.say('Marta', 'grabar lección F1');
    await isRefused('Marta', { type: 'media', kind: 'voice', ref: 'nota', size: 900 });
    await isRefused('Marta', text('dejarlo'));
  });
});
