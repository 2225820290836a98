// What may go out: nothing expired, nothing unapproved where drafts are not allowed, and some lessons never as drafts.

import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Catalogue } from '../../../src/domain/lesson/catalogue.ts';
import type { Lesson } from '../../../src/domain/lesson/lesson.ts';
import { shelfOf } from '../../../src/domain/lesson/shelf.ts';
import { textHash } from '../../../src/domain/lesson/text-hash.ts';
import { sha256 } from '../../../src/store/sha256.ts';

const lesson = (id: string, of: Partial<Lesson> = {}): Lesson => ({
  id,
  track: 'rights',
  title: 'Trabajar con respeto',
  neutralTitle: 'Trabajar con respeto',
  sensitivity: 'opt-in',
  sources: [],
  numbers: {},
  area: [],
  lastReviewed: Temporal.PlainDate.from('2026-11-22'),
  reviewedBy: null,
  onlyApproved: false,
  expires: Temporal.PlainDate.from('2027-05-22'),
  quiz: { question: '¿?', options: { a: 'a', b: 'b', c: 'c' }, answer: 'b', right: 'sí', wrong: 'no' },
  bubbles: { fact: 'f', why: 'w', action: 'a' },
  ...of,
});
const open = lesson('R1');
const careful = lesson('RS1', { onlyApproved: true });
const catalogue: Catalogue = new Map([open, careful].map((one) => [one.id, new Map([['es', one]])]));

const shelf = (drafts: boolean, approved: readonly Lesson[], today = '2026-12-01') =>
  shelfOf(
    { catalogue, sha256 },
    {
      today: Temporal.PlainDate.from(today),
      place: { state: undefined, municipality: undefined },
      drafts,
      languages: [],
      approved: new Set(approved.map((one) => textHash(sha256, one))),
    },
    ['es'],
  ).map(({ lesson: { id }, isDraft }) => `${id}${isDraft ? ' (draft)' : ''}`);

test('a draft goes out where drafts are allowed, but never one that must be approved first', () => {
  expect(shelf(false, [])).toEqual([]);
  expect(shelf(true, [])).toEqual(['R1 (draft)']);
  expect(shelf(true, [careful])).toEqual(['R1 (draft)', 'RS1']);
  expect(shelf(false, [open, careful])).toEqual(['R1', 'RS1']);
});

test('words that were changed after the approval are a draft again', () => {
  expect(shelf(false, [{ ...careful, bubbles: { ...careful.bubbles, fact: 'other' } }])).toEqual([]);
});

test('nothing goes out from the day on which it expires', () => {
  expect(shelf(true, [open], '2027-05-22')).toEqual([]);
});
