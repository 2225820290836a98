import { expect, test } from 'vitest';
import { handsOutcome } from '../../src/domain/vote.ts';

// Of eight in the group seven may vote on a loan of one of them; at 67 of a hundred, five have to.
const ALL = { voters: 7, quorumPct: 67 };

test.each([
  ['one yes of two who have a telephone decides nothing', { yes: 1, no: 0 }, 'open'],
  ['two who have a telephone are no quorum of seven', { yes: 2, no: 0 }, 'open'],
  ['four of seven are more than half and no quorum', { yes: 4, no: 0 }, 'open'],
  ['five have voted, four of them yes', { yes: 4, no: 1 }, 'accepted'],
  ['five have voted, and those still out could turn it', { yes: 3, no: 2 }, 'open'],
  ['so many no that it cannot pass any more', { yes: 0, no: 4 }, 'rejected'],
  ['a tie is a no', { yes: 3, no: 4 }, 'rejected'],
])('%s', (_, hands, outcome) => {
  expect(handsOutcome(hands, ALL)).toBe(outcome);
});
