import type { Offered } from './session.ts';

/** A choice of so many payments: `loan:n:4`, `late:n:4`, `plan:n:<member>:4`. */
const LENGTH = /^((?:loan|late|plan):n(?::[0-9a-f-]+)?):(\d{1,3})$/u;

/**
 * What a bare number means where she was asked in how many payments. The choices have numbers too: "3" may be three payments, or
 * the third choice, of twelve. Where both are one, or the place is none of a length, it is the payments; where they are not, she is
 * asked once more (`length:<written>:<meant>`). Undefined: it is no such question, or more payments than are offered.
 */
export const lengthSaid = (number: number, offered: readonly Offered[]): string | undefined => {
  const lengths = offered.flatMap(({ payload }) => {
    const [, verb, count] = LENGTH.exec(payload) ?? [];
    return verb === undefined ? [] : [{ payload, verb, count: Number(count) }];
  });
  const [first] = lengths;
  if (!first || number < 1 || number > Math.max(...lengths.map(({ count }) => count))) return undefined;
  const placed = lengths.find(({ payload }) => payload === offered[number - 1]?.payload);
  return placed && placed.count !== number ? `length:${number}:${placed.count}` : `${first.verb}:${number}`;
};

/** The same choice with another number of payments: what she wrote is offered beside what its place would be. */
export const sameLength = (offered: readonly Offered[], count: number): string | undefined => {
  const [, verb] = offered.map(({ payload }) => LENGTH.exec(payload)).find((found) => found) ?? [];
  return verb && `${verb}:${count}`;
};
