// Which amounts a text can say at all, found without the reader under test: by its groups of digits and its number words.
// It knows nothing of names, purposes or grammar, so it allows more than the reader does, and nothing that is not written.

import { withinOneEdit } from '../../../src/conversation/understand/edit-distance.ts';
import { lexicons } from '../lexicons.ts';

/** Enough for a text of the greatest length; sums are only tried with the first of them. */
const PARTS_MAX = 60;

const DIGIT_ZEROS = [0xff10, 0x660, 0x6f0];

const withPlainDigits = (text: string): string =>
  text.replace(/[０-９٠-٩۰-۹]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10) ?? code;
    return String.fromCharCode(0x30 + code - zero);
  });

/** A word without what people spell in different ways. Many words share one: it may only allow too much. */
const bones = (word: string): string =>
  word
    .replace(/ph/g, 'f')
    .replace(/[hu]/g, '')
    .replace(/[szkqx]/g, 'c')
    .replace(/v/g, 'b')
    .replace(/j/g, 'g')
    .replace(/ll|y/g, 'i')
    .replace(/(.)\1+/g, '$1');

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}'’´]/gu, '')
    .match(/\p{L}+/gu)
    ?.map(bones) ?? [];

const both = Object.values(lexicons).map(({ numbers }) => numbers);
const bonesOf = (words: readonly string[]) => new Set(words.flatMap(wordsOf));
const VALUES = new Map(
  both.flatMap(({ words }) =>
    Object.entries(words).map(([word, digits]) => [wordsOf(word).join(''), BigInt(digits)]),
  ),
);
const HUNDREDS = bonesOf(both.flatMap(({ hundreds }) => hundreds));
const THOUSANDS = new Set([...bonesOf(both.flatMap(({ thousands }) => thousands)), bones('k')]);
const MILLIONS = bonesOf(both.flatMap(({ millions }) => millions));
const CENTS = bonesOf(both.flatMap(({ cents }) => cents));

/** Digits as amounts are written: "200", "1,500", "1 500", "1,250.50"; in centavos. */
const digitAmounts = (text: string): bigint[] => {
  const groups = [...text.matchAll(/\d+/g)].map((found) => ({ digits: found[0], at: found.index }));
  const between = (n: number): string => {
    const [left, right] = [groups[n], groups[n + 1]];
    return left && right ? text.slice(left.at + left.digits.length, right.at) : 'end';
  };
  return groups.flatMap(({ digits }, first) => {
    const found: bigint[] = [];
    let whole = digits;
    for (let last = first; ; last += 1) {
      found.push(BigInt(whole) * 100n);
      const next = groups[last + 1]?.digits ?? '';
      if (between(last) === '.' && next.length <= 2)
        found.push(BigInt(whole) * 100n + BigInt(next.padEnd(2, '0')));
      if (next.length !== 3 || !/^(?:,|[^\S\n]+)$/u.test(between(last))) return found;
      whole += next;
    }
  });
};

/** Number words one after the other: "doscientos cincuenta" is 200, 50 and 250; in centavos. */
const wordAmounts = (words: readonly string[]): bigint[] => {
  const values = words.map((word) => VALUES.get(word) ?? (HUNDREDS.has(word) ? 100n : undefined));
  const said = values.filter((value) => value !== undefined);
  return said.flatMap((first, n) => {
    const [second = 0n, third = 0n, fourth = 0n] = said.slice(n + 1);
    const hundreds = first < 100n ? [first * 100n, first * 100n + third, first * 100n + third + fourth] : [];
    return [first, first + second, first + second + third, ...hundreds].map((value) => value * 100n);
  });
};

/** Whether a text can mean this amount, in centavos. */
export const saysAmount = (text: string, minor: bigint): boolean => {
  const plain = withPlainDigits(text);
  const words = wordsOf(plain);
  const parts = [...new Set([...digitAmounts(plain), ...wordAmounts(words)])];
  if (parts.includes(minor)) return true;
  const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  const times = [1n, ...(has(THOUSANDS) ? [1_000n] : []), ...(has(MILLIONS) ? [1_000_000n] : [])];
  const few = parts.slice(0, PARTS_MAX);
  // A misspelt "centavos" is read; a misspelt "thousand" is not.
  const cents = words.some((word) => [...CENTS].some((cent) => withinOneEdit(cent, word)));
  const coins = cents ? few.map((part) => part / 100n) : [];
  if (coins.includes(minor)) return true;
  const rests = times.length > 1 ? [0n, ...few.filter((part) => part < 100_000n)] : [0n];
  const bases = [...few, ...(times.length > 1 ? [100n] : [])];
  return bases.some((base) =>
    times.some((by) =>
      rests.some((rest) => [0n, ...coins].some((coin) => base * by + rest + coin === minor)),
    ),
  );
};
