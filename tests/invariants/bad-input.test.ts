// Whatever people send that cannot be right: a clear answer, and the book as it was.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IncomingBody } from '../../src/conversation/message.ts';
import {
  balances,
  entryCount,
  faults,
  JACARANDAS,
  label,
  locales,
  MILPA,
  openScene,
  outboxStates,
  type Scene,
} from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ header: JACARANDAS.replace('\nequipo', `${MILPA}\nequipo`) });
});
afterAll(() => scene.close());

const said = (text: string): IncomingBody => ({ type: 'text', text });
const parked = async (): Promise<number> => {
  const { rows } = await scene.world.store.pool.query<{ count: number }>(
    `select count(*)::int as count from inbox where outcome = 'dead'`,
  );
  return rows[0]?.count ?? -1;
};
const claims = async (): Promise<number> => {
  const { rows } = await scene.world.store.pool.query<{ count: number }>(
    'select count(*)::int as count from payment',
  );
  return rows[0]?.count ?? -1;
};

/** Says it: it may neither move the book nor leave a claim behind. */
const answersTo = async (name: string, body: IncomingBody): Promise<string> => {
  await scene.say(name, 'cancelar');
  const before = [await entryCount(scene.world), await balances(scene.world), await claims()];
  const heard = scene.heard(name).length;
  await scene.post(name, body);
  const answers = scene.heard(name).slice(heard);
  expect([await entryCount(scene.world), await balances(scene.world), await claims()]).toEqual(before);
  expect(answers).toHaveLength(1);
  const text = answers[0]?.text ?? '';
  expect(text.trim()).not.toBe('');
  expect(text).not.toBe(locales.texts.es['done.failed']);
  expect(text).not.toContain('{{');
  expect(await parked()).toBe(0);
  expect(Object.keys(await outboxStates(scene.world))).toEqual(['sent']);
  return text;
};

/** A yes after it books nothing either. */
const yesBooksNothing = async (name: string): Promise<void> => {
  const before = [await entryCount(scene.world), await claims()];
  await scene.say(name, 'sí');
  expect([await entryCount(scene.world), await claims()]).toEqual(before);
};

describe('a leader', () => {
  test.each([
    // what she writes, and what the answer says
    ['somebody who is not in the group', 'Fulgencia 100', 'No está en el grupo'],
    ['a member of another group', 'Micaela 100', 'No está en el grupo'],
    ['a member of another group by her full name', 'Dominga Sántiz 100', 'No está en el grupo'],
    ['an amount of zero', 'Ana 0', 'Sin pago: Ana'],
    ['an amount below zero', 'Ana -100', undefined],
    ['more than the group writes down at once', 'Ana 900000', 'Es más de'],
    ['more than any book holds', 'Ana 9999999', 'No leí bien una cantidad'],
    ['an amount that fills the screen', `Ana ${'9'.repeat(60)}`, undefined],
    ['a letter O for a zero', 'Ana 1O0', undefined],
    ['a raised digit', 'Ana 5²', undefined],
    ['a dot that may be thousands or cents', 'Ana 1.500', undefined],
    ['a coin the group does not use', 'Ana 10.25', 'El grupo cuenta de'],
    ['a repayment of somebody without a loan', 'Ana 100 préstamo', 'No hay un préstamo'],
    ['more than she owes', 'Petra 9000 préstamo', 'Es más de lo que se debe'],
    ['a flower for a name', '🌸 100', undefined],
    ['a name of joined emoji', '👩🏽‍🌾👩🏽‍🌾 100', undefined],
    ['a name with marks upon marks', `A${'\u0301'.repeat(50)}na 100`, undefined],
    ['the text written backwards', '\u202EanA\u202C 100', undefined],
    ['nothing but an invisible letter', '\u200B', undefined],
    ['a null character', 'Ana\u0000 100', undefined],
    ['SQL', `Ana'); drop table posting; -- 100`, undefined],
    ['a text with values of ours', 'Ana {{total}} $t(list.done) 100', undefined],
    ['an amount as a power', 'Ana 1e3', undefined],
    ['an amount in hexadecimal', 'Ana 0x64', undefined],
    ['digits of another script', 'Ana ١٠٠', undefined],
    ['half a surrogate', 'Ana 100 \uD83C', undefined],
  ])('writes %s', async (_, text, says) => {
    const answer = await answersTo('Rosa', said(text));
    if (says !== undefined) expect(answer).toContain(says);
  });

  // What is read back as money is what was written, or it is not read at all.
  test.each([
    ['Ana 1O0', ['$100.00', '$10.00']],
    ['Ana 5²', ['$5.00', '$52.00', '$25.00']],
    ['Ana 1.500', ['$1.50', '$1,500.00', '$1500.00']],
    ['Ana -100', ['$100.00', '-$100.00']],
    ['Ana 1e3', ['$1,000.00', '$1.00', '$13.00', '$3.00']],
    ['Ana 0x64', ['$64.00', '$0.00', '$100.00']],
  ])('is never read a guess: %s', async (text, guesses) => {
    const answer = await answersTo('Rosa', said(text));
    for (const guess of guesses) expect(answer).not.toContain(guess);
    await yesBooksNothing('Rosa');
  });

  test('writes ten thousand characters, and nothing of it is read', async () => {
    expect(await answersTo('Rosa', said('Ana 100, '.repeat(1_112)))).toContain('muy largo');
    await yesBooksNothing('Rosa');
  });
});

describe('a member', () => {
  test.each([
    ['writes a list as only a leader may', 'Ana 100', undefined],
    ['writes a list with another’s name', 'Petra 100, Consuelo 50', undefined],
    ['reports nothing', 'ya pagué 0', 'mayor que cero'],
    ['reports less than nothing', 'ya pagué -50', undefined],
    ['reports more than the group writes down at once', 'ya pagué 900000', 'Es más de'],
    ['reports a letter O', 'ya pagué 1O0', undefined],
    ['reports what may be thousands or cents', 'ya pagué 1.500', undefined],
    ['wants to undo a list', 'deshacer', undefined],
    ['asks for what waits for a leader', 'pendientes', undefined],
  ])('%s', async (_, text, says) => {
    const answer = await answersTo('Ana', said(text));
    if (says !== undefined) expect(answer).toContain(says);
  });
});

describe('anybody', () => {
  test.each<[string, IncomingBody, string]>([
    ['a picture', { type: 'media', kind: 'image', ref: 'f1' }, 'foto'],
    ['a voice note', { type: 'media', kind: 'voice', ref: 'f1' }, 'audio'],
    ['a file', { type: 'media', kind: 'document', ref: 'f1' }, 'archivo'],
    ['something else', { type: 'unread', kind: 'other' }, 'no lo puedo leer'],
    ['a changed message', { type: 'unread', kind: 'edited' }, 'no mueve la libreta'],
    ['a message in a chat of several people', { type: 'group-chat' }, 'solo hablo en privado'],
    ['a button that was never offered', { type: 'button', payload: 'list:yes:0' }, 'ya pasó'],
    ['a button of nothing', { type: 'button', payload: '' }, 'ya pasó'],
    ['a button with an id that is none', { type: 'button', payload: `pay:yes:' or 1=1` }, 'ya pasó'],
    ['a button longer than any of ours', { type: 'button', payload: 'x'.repeat(5_000) }, 'ya pasó'],
  ])('sends %s', async (_, body, says) => {
    for (const name of ['Rosa', 'Consuelo']) {
      expect(await answersTo(name, body)).toContain(says);
    }
  });

  test('presses a button that is somebody else’s', async () => {
    await scene.say('Rosa', 'Ana 100');
    const list = scene.payload('Rosa', label('choice.yes'));
    expect(await answersTo('Guadalupe', { type: 'button', payload: list })).toContain('ya pasó');
    expect(await answersTo('Ana', { type: 'button', payload: list })).toContain('ya pasó');
    expect(await answersTo('Micaela', { type: 'button', payload: list })).toContain('ya pasó');
  });

  test('presses a leader’s button for a report: of her own group as a member, of another group as its leader', async () => {
    await scene.say('Ana', 'ya pagué 60');
    const payload = scene.payload('Rosa', label('choice.confirm'));
    expect(await answersTo('Ana', { type: 'button', payload })).toContain('ya pasó');
    expect(await answersTo('Micaela', { type: 'button', payload })).toContain('ya pasó');
  });
});

test('after all of that the books are right', async () => {
  expect(await faults(scene.world)).toEqual([]);
});
