import { describe, expect, test } from 'vitest';
import { roughly } from '../../../src/domain/broadcast/audience.ts';

describe('a count of an audience that tells of people', () => {
  test.each([
    [0, 0],
    [1, 5],
    [5, 5],
    [6, 10],
    [9, 10],
    [10, 10],
    [101, 105],
  ])('of %d is shown as %d, never as less: who has to look twice is not looked past', (exact, shown) => {
    expect(roughly(exact)).toBe(shown);
  });
});
