import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { beginDraw, commitTo, type Draw, type DrawPlan } from '../../src/domain/draw/draw.ts';
import { commitmentTo, drawOrder, placeBelow, seedOf } from '../../src/domain/draw/order.ts';
import { checkRecord, recordOf } from '../../src/domain/draw/record.ts';
import { closeWords, giveWord, lapse, revealDraw, throwDice } from '../../src/domain/draw/steps.ts';
import { isWord, normaliseWord, readDice, readWord } from '../../src/domain/draw/words.ts';
import { InvariantError } from '../../src/domain/result.ts';
import { sha256 } from '../support/ledger.ts';

const SECRET = '00112233445566778899aabbccddeeff';
const OTHER_SECRET = 'ffeeddccbbaa99887766554433221100';
const at = (time: string) => Temporal.Instant.from(`2026-11-22T${time}:00Z`);
const BEGUN = at('09:00');
const WORDS_UNTIL = at('10:00');
const REVEAL_UNTIL = at('11:00');

const plan = (more: Partial<DrawPlan> = {}): Omit<DrawPlan, 'follows'> => ({
  purpose: 'turns',
  by: 'words',
  commit: sha256(SECRET),
  members: [1, 2, 3],
  lots: [1, 2, 3],
  wordsUntil: WORDS_UNTIL,
  revealUntil: REVEAL_UNTIL,
  ...more,
});

const done = <Value>(
  result: { ok: true; value: Value } | { ok: false; refusal: { type: string } },
): Value => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.type}`);
  return result.value;
};
const refusal = (result: { ok: boolean; refusal?: object }) => (result.ok ? 'accepted' : result.refusal);

const begun = (more: Partial<DrawPlan> = {}) => done(beginDraw(plan(more), undefined));
const word = (draw: Draw, number: number, text: string, now = BEGUN) => giveWord(draw, { number, text, now });
const withWords = (draw: Draw, words: readonly [number, string][]): Draw =>
  words.reduce((all: Draw, [number, text]) => done(word(all, number, text)), draw);
const spoken = () =>
  withWords(begun(), [
    [1, 'mango'],
    [3, 'lluvia 7'],
  ]);
const closed = () => done(closeWords(spoken(), WORDS_UNTIL));
const revealed = () => done(revealDraw(sha256, closed(), { secret: SECRET, now: WORDS_UNTIL }));

describe('X16: a secret, three words, ten lots', () => {
  const WORDS = ['ANA 4417', 'BEA 9020', 'CHELA 1138'];
  const TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  test('the commitment, the seed and the order are the published ones', () => {
    expect(commitmentTo(sha256, 'bolsa-roja-7')).toBe(
      'd7844ecd928224f4155adfa526c6a73dc3989d590e8e44187d2852e45013c11d',
    );
    const seed = seedOf(sha256, 'bolsa-roja-7', WORDS);
    expect(seed).toBe('998f8391b8ff46502901b6ad1f27b1f52a6809ac534ff6bfdeee487f3fef2c1b');
    expect(drawOrder(sha256, seed, TEN)).toEqual([6, 8, 2, 9, 5, 10, 4, 3, 7, 1]);
  });

  test('its words are in the form they are hashed in', () => {
    expect(WORDS.map(normaliseWord)).toEqual(WORDS);
  });

  test('its secret, a phrase that could be guessed, is not one we commit to', () => {
    expect(refusal(commitTo(sha256, 'bolsa-roja-7'))).toEqual({ type: 'draw_secret_weak' });
  });
});

describe('the order', () => {
  const seeds = fc.string().map(sha256);
  test('has every lot exactly once', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.nat(30), { maxLength: 60 }), (seed, lots) => {
        const order = drawOrder(sha256, seed, lots);
        expect(order.toSorted((a, b) => a - b)).toEqual(lots.toSorted((a, b) => a - b));
      }),
    );
  });

  test('a hash from the tail that would favour low places is rejected, and the next one is taken', () => {
    // 2^64 mod 3 is 1: only the last value of all is too many.
    const hashes = ['ffffffffffffffff', 'fffffffffffffffe'];
    const tried: number[] = [];
    const place = placeBelow(2, (attempt) => {
      tried.push(attempt);
      return hashes[attempt] ?? '';
    });
    expect([place, tried]).toEqual([2, [0, 1]]); // 2^64 - 2 = 3k + 2
  });

  test('puts each of four lots in each place about as often: chi-squared over 24 orders of 4,800 seeds', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 4_800; n += 1) {
      const order = drawOrder(sha256, sha256(`fair ${n}`), [1, 2, 3, 4]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquared = [...counts.values()].reduce((all, count) => all + (count - 200) ** 2 / 200, 0);
    expect(counts.size).toBe(24);
    expect(chiSquared).toBeLessThan(49.73); // 23 degrees of freedom, one in a thousand; the seeds are fixed
  });
});

describe('a word', () => {
  test.each([
    ['  mango  ', 'mango'],
    ['Ma ngo\n\t7', 'Ma ngo 7'],
    ['a|b', 'a b'],
    ['nin\u0303a', 'niña'],
    ['n\u200bi\u0303', 'nĩ'],
    ['\ud800x', 'x'],
  ])('%j is hashed as %j', (text, form) => {
    expect(readWord(text)).toEqual({ ok: true, value: form });
  });

  test.each([
    ['', { type: 'draw_word_empty' }],
    [' \u200b| ', { type: 'draw_word_empty' }],
    ['-', { type: 'draw_word_empty' }],
    ['x'.repeat(41), { type: 'draw_word_long', max: 40 }],
  ])('%j is refused', (text, expected) => {
    expect(refusal(readWord(text))).toEqual(expected);
  });

  test('of any text is in its form for good, and holds no bar', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const form = normaliseWord(text);
        expect(normaliseWord(form)).toBe(form);
        expect(form).not.toContain('|');
        const read = readWord(text);
        if (read.ok) expect(isWord(read.value)).toBe(true);
      }),
    );
  });
});

describe('dice', () => {
  test.each(['3 5 2 6 1 1 4 2', '35261142', '3,5,2,6,1,1,4,2', '3-5-2-6-1-1-4-2'])('%s are read', (text) => {
    expect(readDice(text)).toEqual({ ok: true, value: '3-5-2-6-1-1-4-2' });
  });
  test.each(['', '3 5 2 6 1 1 4', '3 5 2 6 1 1 4 7', 'ocho', '1'.repeat(61)])('%j are not', (text) => {
    expect(refusal(readDice(text))).toEqual({ type: 'draw_dice_unclear', min: 8 });
  });
});

describe('a draw by words', () => {
  test('goes from the commitment to an order that follows from the secret and the words by number', () => {
    const seed = sha256(`${SECRET}|mango|-|lluvia 7`);
    expect(revealed()).toMatchObject({
      type: 'revealed',
      secret: SECRET,
      order: drawOrder(sha256, seed, [1, 2, 3]),
    });
    const otherWay = withWords(begun(), [
      [3, 'lluvia 7'],
      [1, 'mango'],
    ]);
    const again = done(closeWords(otherWay, WORDS_UNTIL));
    expect(done(revealDraw(sha256, again, { secret: SECRET, now: WORDS_UNTIL })).order).toEqual(
      revealed().order,
    );
  });

  test('has a lot for each turn, sorted whatever order they are given in', () => {
    expect(begun({ members: [3, 1, 2], lots: [3, 1, 3, 2] }).plan).toMatchObject({
      members: [1, 2, 3],
      lots: [1, 2, 3, 3],
    });
  });

  test.each<[string, () => { ok: boolean; refusal?: object }, object]>([
    [
      'a draw of one woman with two lots',
      () => beginDraw(plan({ lots: [1, 1] }), undefined),
      { type: 'draw_too_few_lots' },
    ],
    ['a second draw beside an open one', () => beginDraw(plan(), spoken()), { type: 'draw_open' }],
    ['a second draw beside a closed one', () => beginDraw(plan(), closed()), { type: 'draw_open' }],
    ['a second draw after one that was made', () => beginDraw(plan(), revealed()), { type: 'draw_done' }],
    ['a word of somebody else', () => word(spoken(), 9, 'sol'), { type: 'draw_not_in' }],
    ['another word of hers', () => word(spoken(), 1, 'sol'), { type: 'draw_word_given' }],
    ['no word', () => word(spoken(), 2, ' '), { type: 'draw_word_empty' }],
    [
      'a word when the time is up',
      () => word(spoken(), 2, 'sol', WORDS_UNTIL),
      { type: 'draw_words_closed' },
    ],
    ['a word after closing', () => word(closed(), 2, 'sol'), { type: 'draw_words_closed' }],
    [
      'dice in a draw by words',
      () => throwDice(spoken(), { text: '35261142', now: BEGUN }),
      { type: 'draw_words_closed' },
    ],
    [
      'closing early while somebody may still speak',
      () => closeWords(spoken(), BEGUN),
      { type: 'draw_words_open' },
    ],
    [
      'closing with one word',
      () => closeWords(withWords(begun(), [[1, 'mango']]), WORDS_UNTIL),
      { type: 'draw_needs_words', min: 2 },
    ],
    ['closing twice', () => closeWords(closed(), WORDS_UNTIL), { type: 'draw_words_closed' }],
    [
      'opening before the words are closed',
      () => revealDraw(sha256, spoken(), { secret: SECRET, now: BEGUN }),
      { type: 'draw_words_open' },
    ],
    [
      'opening another secret',
      () => revealDraw(sha256, closed(), { secret: OTHER_SECRET, now: WORDS_UNTIL }),
      { type: 'draw_secret_differs' },
    ],
    [
      'opening late',
      () => revealDraw(sha256, closed(), { secret: SECRET, now: REVEAL_UNTIL }),
      { type: 'draw_late' },
    ],
    [
      'opening twice',
      () => revealDraw(sha256, revealed(), { secret: SECRET, now: WORDS_UNTIL }),
      { type: 'draw_done' },
    ],
    ['a secret of 31 digits', () => commitTo(sha256, SECRET.slice(1)), { type: 'draw_secret_weak' }],
    ['a secret in capitals', () => commitTo(sha256, SECRET.toUpperCase()), { type: 'draw_secret_weak' }],
  ])('%s is refused', (_, step, expected) => {
    expect(refusal(step())).toEqual(expected);
  });

  test('closes early when everybody has spoken', () => {
    const all = done(word(spoken(), 2, 'sol'));
    expect(done(closeWords(all, BEGUN)).type).toBe('closed');
  });

  test('with a lot of nobody, or a secret due before the words, is our own mistake', () => {
    expect(() => beginDraw(plan({ lots: [1, 9] }), undefined)).toThrow(InvariantError);
    expect(() => beginDraw(plan({ revealUntil: WORDS_UNTIL }), undefined)).toThrow(InvariantError);
  });
});

describe('a secret that is not opened in time', () => {
  const lapsed = () => lapse(closed(), REVEAL_UNTIL);

  test('makes the draw void: not a moment before, and for good', () => {
    expect(lapse(closed(), REVEAL_UNTIL.subtract({ seconds: 1 }))).toEqual(closed());
    expect(lapsed()).toMatchObject({ type: 'void', missing: 'secret' });
    expect(lapse(begun(), REVEAL_UNTIL)).toMatchObject({ type: 'void', missing: 'words' });
    expect(refusal(revealDraw(sha256, lapsed(), { secret: SECRET, now: BEGUN }))).toEqual({
      type: 'draw_late',
    });
    expect(lapse(revealed(), REVEAL_UNTIL)).toEqual(revealed());
  });

  test('is drawn again only under another secret, and the new draw names the void one', () => {
    expect(refusal(beginDraw(plan(), lapsed()))).toEqual({ type: 'draw_secret_used' });
    const next = done(beginDraw(plan({ commit: sha256(OTHER_SECRET) }), lapsed()));
    expect(next.plan.follows).toBe(sha256(SECRET));
  });

  test('is published without an order', () => {
    const draw = lapsed();
    if (draw.type !== 'void') throw new Error('not void');
    expect(recordOf(draw)).toMatchObject({ secret: null, order: null, commit: sha256(SECRET) });
    expect(checkRecord(sha256, recordOf(draw))).toEqual({ order: undefined, faults: [{ type: 'void' }] });
  });
});

describe('a draw by dice', () => {
  const thrown = (by: 'dice' | 'words-and-dice') =>
    throwDice(begun({ by }), { text: '3 5 2 6 1 1 4 2', now: BEGUN });

  test('needs the dice and nothing else, and takes no words', () => {
    expect(refusal(closeWords(begun({ by: 'dice' }), WORDS_UNTIL))).toEqual({ type: 'draw_needs_dice' });
    expect(refusal(word(begun({ by: 'dice' }), 1, 'mango'))).toEqual({ type: 'draw_words_closed' });
    const draw = done(
      revealDraw(sha256, done(closeWords(done(thrown('dice')), BEGUN)), { secret: SECRET, now: BEGUN }),
    );
    expect(draw.order).toEqual(drawOrder(sha256, sha256(`${SECRET}|3-5-2-6-1-1-4-2`), [1, 2, 3]));
    expect(recordOf(draw).words).toEqual([]);
    expect(checkRecord(sha256, recordOf(draw)).faults).toEqual([]);
  });

  test('takes the first throw alone', () => {
    const again = throwDice(done(thrown('dice')), { text: '1 1 1 1 1 1 1 1', now: BEGUN });
    expect(refusal(again)).toEqual({ type: 'draw_words_closed' });
  });

  test('may come with words, which it then follows', () => {
    const both = withWords(done(thrown('words-and-dice')), [
      [1, 'mango'],
      [2, 'sol'],
      [3, 'río'],
    ]);
    const draw = done(revealDraw(sha256, done(closeWords(both, BEGUN)), { secret: SECRET, now: BEGUN }));
    expect(draw.order).toEqual(
      drawOrder(sha256, sha256(`${SECRET}|mango|sol|río|3-5-2-6-1-1-4-2`), [1, 2, 3]),
    );
  });
});
