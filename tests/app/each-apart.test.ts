// What the clock does for many groups: one that fails keeps none of the others back, and is not passed over in silence.

import { expect, test } from 'vitest';
import { sumOfEach } from '../../src/app/each-apart.ts';

test('each has its turn though one before it failed, and the first that failed is thrown', async () => {
  const done: number[] = [];
  const sum = sumOfEach([1, 2, 3, 4], async (one) => {
    if (one % 2 === 0) throw new Error(`not ${one}`);
    done.push(one);
    return one;
  });
  await expect(sum).rejects.toThrow('not 2');
  expect(done).toEqual([1, 3]);
});

test('what each came to is added up', async () => {
  expect(await sumOfEach(new Set([2, 3]), async (one) => one * 10)).toBe(50);
  expect(await sumOfEach([], async () => 1)).toBe(0);
});
