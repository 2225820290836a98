/**
 * Does something for each, one after the other: one that fails keeps none of the others back, and the first that did is thrown when
 * all had their turn.
 *
 * @returns the sum of what each came to
 */
export const sumOfEach = async <One>(
  ones: Iterable<One>,
  act: (one: One) => Promise<number>,
): Promise<number> => {
  const failed: unknown[] = [];
  let sum = 0;
  for (const one of ones) {
    try {
      sum += await act(one);
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
  return sum;
};
