import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRecord, type DrawRecord } from '../../src/domain/draw/record.ts';
import { randomRecord, recordWith } from '../support/draws.ts';
import { sha256 } from '../support/ledger.ts';

const SECRET = '00112233445566778899aabbccddeeff';
const faultsOf = (record: DrawRecord) => checkRecord(sha256, record).faults;

test('a record as it was published is correct, whatever the words and the lots', () => {
  fc.assert(
    fc.property(randomRecord, (record) => {
      expect(checkRecord(sha256, record)).toEqual({ order: record.order, faults: [] });
    }),
  );
});

describe('a record that was changed', () => {
  const record = recordWith({
    lots: [1, 2, 2, 3],
    words: [
      { number: 1, word: 'mango' },
      { number: 2, word: '-' },
      { number: 3, word: 'lluvia 7' },
    ],
    secret: SECRET,
  });
  const order = record.order ?? [];

  test('is correct before', () => expect(faultsOf(record)).toEqual([]));

  test.each<[string, Partial<DrawRecord>, string[]]>([
    ['another order', { order: order.toReversed() }, ['order']],
    ['an order with a lot less', { order: order.slice(1) }, ['order']],
    ['an order with a lot more', { order: [...order, 1] }, ['order']],
    ['another commitment', { commit: sha256('other') }, ['commit']],
    ['no secret', { secret: null }, ['half']],
    ['no order', { order: null }, ['half']],
    ['neither', { order: null, secret: null }, ['void']],
    ['lots in another order', { lots: [3, 2, 2, 1] }, ['lots', 'order']],
    ['dice that are none', recordWith({ ...record, secret: SECRET, dice: '7-7' }), ['dice']],
  ])('%s is named', (_, change, expected) => {
    const types = faultsOf({ ...record, ...change }).map(({ type }) => type);
    expect(types).toEqual(expected);
  });

  test.each<[string, DrawRecord['words'], string]>([
    ['by another order of the numbers', record.words.toReversed(), 'words_order'],
    ['with two lines of one member', [...record.words, { number: 3, word: 'sol' }], 'words_order'],
    ['without the line of one who takes part', record.words.slice(1), 'words_missing'],
    [
      'with one word',
      [
        { number: 1, word: 'mango' },
        { number: 2, word: '-' },
        { number: 3, word: '-' },
      ],
      'words_short',
    ],
    [
      'with a bar in a word',
      [
        { number: 1, word: 'a|b' },
        { number: 2, word: 'c' },
        { number: 3, word: 'd' },
      ],
      'word_form',
    ],
    [
      'with a word that is not in its form',
      [
        { number: 1, word: 'nin\u0303a' },
        { number: 2, word: 'c' },
        { number: 3, word: 'd' },
      ],
      'word_form',
    ],
  ])('words %s are named, though the order follows from them', (_, words, expected) => {
    const made = recordWith({ ...record, words, secret: SECRET });
    expect(faultsOf(made).map(({ type }) => type)).toContain(expected);
    expect(faultsOf(made).map(({ type }) => type)).not.toContain('order');
  });

  test('X16 as a record gives its order, and is told that its secret is short and seven have no line', () => {
    const x16 = recordWith({
      lots: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      words: ['ANA 4417', 'BEA 9020', 'CHELA 1138'].map((word, at) => ({ number: at + 1, word })),
      secret: 'bolsa-roja-7',
    });
    expect(checkRecord(sha256, { ...x16, order: [6, 8, 2, 9, 5, 10, 4, 3, 7, 1] })).toEqual({
      order: [6, 8, 2, 9, 5, 10, 4, 3, 7, 1],
      faults: [{ type: 'secret' }, { type: 'words_missing', numbers: [4, 5, 6, 7, 8, 9, 10] }],
    });
  });
});
