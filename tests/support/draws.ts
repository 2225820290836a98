// Published draws, made without the steps of a real one.

import * as fc from 'fast-check';
import { drawOrder, seedOf } from '../../src/domain/draw/order.ts';
import { type DrawRecord, RECORD_FORMAT } from '../../src/domain/draw/record.ts';
import { normaliseWord } from '../../src/domain/draw/words.ts';
import { sha256 } from './ledger.ts';

type Made = Pick<DrawRecord, 'lots' | 'words'> & { readonly secret: string; readonly dice?: string | null };

/** The record that these lots, words and secret give. */
export const recordWith = ({ lots, words, secret, dice = null }: Made): DrawRecord => ({
  format: RECORD_FORMAT,
  purpose: 'turns',
  commit: sha256(secret),
  follows: null,
  lots,
  words,
  dice,
  secret,
  order: drawOrder(
    sha256,
    seedOf(sha256, secret, [...words.map(({ word }) => word), ...(dice === null ? [] : [dice])]),
    lots,
  ),
});

const given = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .map((text) => normaliseWord(`${text} 7`));
const secret = fc
  .array(fc.nat(255), { minLength: 16, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const dice = fc
  .array(fc.integer({ min: 1, max: 6 }), { minLength: 8, maxLength: 12 })
  .map((d) => d.join('-'));

/** Draws of up to 30 women with one to three lots each, by words in any script, by dice, or both. */
export const randomRecord: fc.Arbitrary<DrawRecord> = fc
  .record({
    numbers: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 30 }),
    turns: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 30, maxLength: 30 }),
    words: fc.array(fc.option(given, { freq: 4, nil: '-' }), { minLength: 30, maxLength: 30 }),
    dice: fc.option(dice),
    withWords: fc.boolean(),
    secret,
  })
  .map((made) => {
    const numbers = made.numbers.toSorted((a, b) => a - b);
    const lots = numbers.flatMap((number, at) => Array.from({ length: made.turns[at] ?? 1 }, () => number));
    // The first two always speak: with fewer words there is no draw.
    const said = numbers.map((number, at) => ({
      number,
      word: at < 2 ? `mango ${at}` : (made.words[at] ?? '-'),
    }));
    const words = made.withWords || made.dice === null ? said : [];
    return recordWith({ lots, words, dice: made.dice, secret: made.secret });
  });
