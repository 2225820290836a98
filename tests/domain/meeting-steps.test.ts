import { describe, expect, test } from 'vitest';
import { EXPENSE_CHARS_MAX, expenseWords } from '../../src/domain/expense.ts';
import { nextStep } from '../../src/domain/meeting-steps.ts';

describe('what comes next at a meeting', () => {
  const done = { rolled: true, unpaid: 0, waiting: 0, loans: 0, round: false };
  test.each([
    ['who came is not written down', { ...done, rolled: false, unpaid: 5, waiting: 2 }, 'roll'],
    ['somebody who came gave nothing yet', { ...done, unpaid: 1, waiting: 2, loans: 1 }, 'payments'],
    ['a claim waits for this officer', { ...done, waiting: 1, loans: 1, round: true }, 'pending'],
    ['a round of the tanda is due', { ...done, round: true }, 'round'],
    ['a loan was approved and is not handed over', { ...done, loans: 1 }, 'loans'],
    ['all of it is done', done, 'count'],
  ] as const)('%s: %s', (_, left, step) => {
    expect(nextStep(left)).toBe(step);
  });
});

describe('what an expense was for', () => {
  test.each([
    [' copias. ', 'copias'],
    ['pan\n y   refrescos', 'pan y refrescos'],
    ['«gasolina»', 'gasolina'],
    ['caf\u0065\u0301 (2 bolsas)', 'café (2 bolsas)'],
    ['a\u202Eb\u0000c', 'a b c'],
  ])('%j is kept as %j', (text, words) => {
    expect(expenseWords(text)).toEqual({ ok: true, value: words });
  });

  test.each(['', '   ', '50', '…', '\u200b'])('%j says nothing', (text) => {
    expect(expenseWords(text)).toEqual({ ok: false, refusal: { type: 'no_words' } });
  });

  test('words that are too long are refused, not cut', () => {
    expect(expenseWords('a'.repeat(EXPENSE_CHARS_MAX)).ok).toBe(true);
    expect(expenseWords('a'.repeat(EXPENSE_CHARS_MAX + 1))).toEqual({
      ok: false,
      refusal: { type: 'too_many_words', most: EXPENSE_CHARS_MAX },
    });
  });
});
