// What a group that saves by shares says of them, at 20 pesos each.

import { expect, test } from 'vitest';
import { understand } from '../../../src/conversation/understand/understand.ts';
import { lexicons } from '../../support/lexicons.ts';

const ROSTER = [
  { number: 1, name: 'Ana Martínez' },
  { number: 2, name: 'Luz Vargas' },
];
const read = (text: string, sharePrice: bigint | 'none' = 2_000n) =>
  understand(text, {
    language: 'es',
    role: 'leader',
    roster: ROSTER,
    expecting: 'nothing',
    lexicons,
    sharePrice: sharePrice === 'none' ? undefined : sharePrice,
  });

const paid = (member: number, amountMinor: bigint, purpose = 'savings') => ({ member, purpose, amountMinor });

test.each([
  ['Ana 3 acciones, Luz 2 acciones', [paid(1, 6_000n), paid(2, 4_000n)]],
  ['Ana 3 acc, Luz 1 acción', [paid(1, 6_000n), paid(2, 2_000n)]],
  ['Ana tres acciones, Luz dos', [paid(1, 6_000n)]],
  ['Ana 1 share, Luz 10 shares', [paid(1, 2_000n), paid(2, 20_000n)]],
  ['Ana 2 acciones y 50 préstamo', [paid(1, 4_000n), paid(1, 5_000n, 'loan')]],
])('%s', (text, items) => {
  expect(read(text).items.slice(0, items.length)).toEqual(items);
});

test.each([
  ['acciones: Ana 3, Luz 2', [paid(1, 6_000n), paid(2, 4_000n)]],
  ['Acciones\nAna 3\nLuz 2', [paid(1, 6_000n), paid(2, 4_000n)]],
  ['acciones:\nAna: 3\nLuz: 1', [paid(1, 6_000n), paid(2, 2_000n)]],
  ['lista de acciones: Ana tres, Luz 2', [paid(1, 6_000n), paid(2, 4_000n)]],
  ['acciones: Ana 3 acciones, Luz 2', [paid(1, 6_000n), paid(2, 4_000n)]],
  ['shares: Ana 3, Luz 2', [paid(1, 6_000n), paid(2, 4_000n)]],
  ['acciones:\nAna 3\npréstamo:\nLuz 50', [paid(1, 6_000n), paid(2, 5_000n, 'loan')]],
])('under a heading: %s', (text, items) => {
  expect(read(text).items).toEqual(items);
});

test.each([
  ['acciones: Ana $60, Luz 2', 2n],
  ['acciones: Ana 60 pesos, Luz 2', 2n],
  ['acciones: Ana 2.5, Luz 2', 2n],
  ['acciones: Ana 60, Luz 2 préstamo', 2n],
])('a heading is no shares where one of its numbers is something else: %s', (text, shares) => {
  const amounts = read(text).items.map(({ amountMinor }) => amountMinor);
  expect(amounts).not.toContain(shares * 2_000n);
});

test.each(['Ana 2.5 acciones', 'Ana media acción', 'Ana muchas acciones', 'Ana 3acciones5'])(
  'no money is made of %s',
  (text) => {
    expect(read(text).items.filter(({ amountMinor }) => amountMinor !== undefined)).toEqual([]);
  },
);

test('where the group does not save by shares, shares are no money', () => {
  expect(read('Ana 3 acciones', 'none').items).toEqual([]);
});
