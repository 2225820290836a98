import { expect, test } from 'vitest';
import { askedTogether } from '../../src/app/asked-together.ts';

test('what is asked at one moment, or while an answer is under way, is asked at once, and each gets its own answer', async () => {
  const asked: number[][] = [];
  const open: (() => void)[] = [];
  const ask = askedTogether(async (questions: readonly number[]) => {
    asked.push([...questions]);
    await new Promise<void>((resolve) => open.push(resolve));
    return questions.map((question) => question * 10);
  });
  const first = [ask(1), ask(2)];
  await expect.poll(() => open.length).toBe(1);
  const later = [ask(3), ask(4)];
  expect(asked).toEqual([[1, 2]]);
  open[0]?.();
  expect(await Promise.all(first)).toEqual([10, 20]);
  await expect.poll(() => open.length).toBe(2);
  open[1]?.();
  expect(await Promise.all(later)).toEqual([30, 40]);
  expect(asked).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a question that fails fails for those who asked with it, and for nobody after', async () => {
  let isDown = true;
  const ask = askedTogether(async (questions: readonly string[]) => {
    if (isDown) throw new Error('down');
    return questions;
  });
  const both = await Promise.allSettled([ask('a'), ask('b')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isDown = false;
  expect(await ask('c')).toBe('c');
});

test('a question nobody is in a hurry for waits a moment for others', async () => {
  const asked: number[][] = [];
  const ask = askedTogether(async (questions: readonly number[]) => {
    asked.push([...questions]);
    return questions;
  }, 50);
  const first = ask(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([first, ask(2)]);
  await ask(3);
  expect(asked).toEqual([[1, 2], [3]]);
});
