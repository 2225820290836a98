import type { NumberWords } from './number-words.ts';
import type { Spelled } from './phrase.ts';

/** A number among the tokens, in minor units. Not `sure`: it looks like one and we would be guessing. */
export type NumberFound = { readonly length: number; readonly minor: bigint; readonly sure: boolean };

type Options = { readonly numbers: NumberWords; readonly spaced: boolean };
type Words = { readonly value: bigint; readonly length: number; readonly sure: boolean };

/** The number that begins at this token, in digits, in words or in both ("2 mil 500"). */
export const readNumberAt = (
  tokens: readonly Spelled[],
  at: number,
  options: Options,
): NumberFound | undefined => {
  const found =
    tokens[at]?.type === 'number' ? digitsAt(tokens, at, options) : wordsAt(tokens, at, options.numbers);
  if (!found) return undefined;
  return { length: found.length, minor: found.value, sure: found.sure };
};

const has = (set: ReadonlySet<string>, token: Spelled | undefined): boolean =>
  token?.type === 'word' && token.keys.some((key) => set.has(key));

/** Value here is already in minor units, because digits may carry centavos. */
const digitsAt = (
  tokens: readonly Spelled[],
  at: number,
  { numbers, spaced }: Options,
): Words | undefined => {
  const token = tokens[at];
  if (token?.type !== 'number') return undefined;
  const grouped = spaced ? groupsAt(tokens, at) : undefined;
  if (grouped) return grouped;
  const minor = BigInt(token.whole) * 100n + BigInt(token.cents.padEnd(2, '0'));
  const thousand = token.suffix === 'k' || numbers.thousands.has(token.suffix);
  const known = token.suffix === '' || thousand || numbers.currency.has(token.suffix);
  const next = tokens[at + 1];
  if (has(numbers.hundreds, next)) return { value: minor, length: 2, sure: false };
  if (has(numbers.millions, next))
    return {
      value: minor * 1_000_000n,
      length: 2,
      sure: known && token.plain && exactly(next, numbers.millions),
    };
  const spelled = token.suffix === '' && has(numbers.thousands, next);
  if (!thousand && !spelled) return { value: minor, length: 1, sure: known };
  const length = spelled ? 2 : 1;
  const small = minor < 100_000n && token.cents.length < 2;
  const rest = spelled ? belowThousandAt(tokens, at + length, numbers) : undefined;
  return {
    value: minor * 1000n + (rest?.value ?? 0n) * 100n,
    length: length + (rest?.length ?? 0),
    sure:
      known &&
      small &&
      (!spelled || exactly(next, numbers.thousands)) &&
      (rest?.sure ?? true) &&
      !(rest && token.cents !== ''),
  };
};

/** "1 500" and "12 500.50": groups of exactly three digits after the first. A first group of three is no certainty. */
const groupsAt = (tokens: readonly Spelled[], at: number): Words | undefined => {
  let last = at;
  let whole = '';
  for (;;) {
    const token = tokens[last];
    if (token?.type !== 'number' || !(last === at || token.whole.length === 3)) break;
    if (last > at && (token.text.length < 3 || !/^\d{3}(\.\d{1,2})?\p{L}*$/u.test(token.text))) break;
    if (last === at && !/^\$?[1-9]\d{0,2}$/.test(token.text)) break;
    whole += token.whole;
    last += 1;
    if (token.cents !== '' || token.suffix !== '') break;
  }
  const end = tokens[last - 1];
  const first = tokens[at];
  if (last - at < 2 || end?.type !== 'number' || first?.type !== 'number') return undefined;
  const value = BigInt(whole) * 100n + BigInt(end.cents.padEnd(2, '0'));
  return { value, length: last - at, sure: first.whole.length < 3 && end.suffix === '' };
};

/** Digits or words under a thousand, after "mil". In whole units. */
const belowThousandAt = (tokens: readonly Spelled[], at: number, numbers: NumberWords): Words | undefined => {
  const joined = has(numbers.hundredsJoiners, tokens[at]) ? 1 : 0;
  const token = tokens[at + joined];
  if (token?.type === 'number') {
    if (!token.plain || token.whole.length > 3 || joined > 0) return undefined;
    return { value: BigInt(token.whole), length: 1, sure: token.whole.length === 3 };
  }
  const group = groupAt(tokens, at + joined, numbers);
  return group && { ...group, length: group.length + joined };
};

/** Number words: "mil quinientos", "two hundred and fifty". Value in minor units. */
const wordsAt = (tokens: readonly Spelled[], at: number, numbers: NumberWords): Words | undefined => {
  if (has(numbers.millions, tokens[at])) return { value: 100_000_000n, length: 1, sure: false };
  const group = groupAt(tokens, at, numbers);
  let next = at + (group?.length ?? 0);
  if (has(numbers.millions, tokens[next]) && group) {
    return {
      value: group.value * 100_000_000n,
      length: next + 1 - at,
      sure: group.sure && group.value === 1n,
    };
  }
  if (!has(numbers.thousands, tokens[next])) {
    if (!group || isLoneOne(tokens, next, { group, numbers })) return undefined;
    return { value: group.value * 100n, length: group.length, sure: group.sure };
  }
  const sure =
    exactly(tokens[next], numbers.thousands) && (group?.value ?? 1n) < 1000n && group?.value !== 0n;
  next += 1;
  const rest = belowThousandAt(tokens, next, numbers);
  const value = (group?.value ?? 1n) * 1000n + (rest?.value ?? 0n);
  return {
    value: value * 100n,
    length: next - at + (rest?.length ?? 0),
    sure: sure && (group?.sure ?? true) && (rest?.sure ?? true),
  };
};

/** "uno" alone counts nothing unless pesos follow. */
const isLoneOne = (
  tokens: readonly Spelled[],
  next: number,
  { group, numbers }: { group: Words; numbers: NumberWords },
): boolean => group.value === 1n && group.length === 1 && !has(numbers.currency, tokens[next]);

/** Written as in the lexicon or as it sounds, with nothing invisible inside: no repaired word makes an amount. */
const exactly = (token: Spelled | undefined, set: { has: (key: string) => boolean }): boolean =>
  token?.type === 'word' && !token.hidden && set.has(token.keys[0] ?? '');

const valueAt = (token: Spelled | undefined, numbers: NumberWords): bigint | undefined => {
  if (token?.type !== 'word') return undefined;
  return token.keys.map((key) => numbers.values.get(key)).find((value) => value !== undefined);
};

/** Hundreds, tens and units in that order, each at most once. In whole units. */
const groupAt = (tokens: readonly Spelled[], at: number, numbers: NumberWords): Words | undefined => {
  const first = valueAt(tokens[at], numbers);
  if (first === undefined) return undefined;
  const sure = exactly(tokens[at], numbers.values);
  if (first < 100n && first > 0n && has(numbers.hundreds, tokens[at + 1])) {
    return withRest(tokens, at, {
      value: first * 100n,
      length: 2,
      sure: sure && exactly(tokens[at + 1], numbers.hundreds),
      numbers,
    });
  }
  if (first >= 100n) return withRest(tokens, at, { value: first, length: 1, sure, numbers });
  return tensAt(tokens, at, numbers);
};

const withRest = (
  tokens: readonly Spelled[],
  at: number,
  head: Words & { readonly numbers: NumberWords },
): Words => {
  const { value, length, sure, numbers } = head;
  const joined = has(numbers.hundredsJoiners, tokens[at + length]) ? 1 : 0;
  const rest = tensAt(tokens, at + length + joined, numbers);
  if (!rest || rest.value === 0n) return { value, length, sure };
  return { value: value + rest.value, length: length + joined + rest.length, sure: sure && rest.sure };
};

const tensAt = (tokens: readonly Spelled[], at: number, numbers: NumberWords): Words | undefined => {
  const first = valueAt(tokens[at], numbers);
  if (first === undefined || first >= 100n) return undefined;
  const sure = exactly(tokens[at], numbers.values);
  const joined = has(numbers.tensJoiners, tokens[at + 1]) ? 1 : 0;
  const unit = valueAt(tokens[at + 1 + joined], numbers);
  const wholeTens = first >= 20n && first % 10n === 0n;
  if (!wholeTens || unit === undefined || unit < 1n || unit > 9n) return { value: first, length: 1, sure };
  return {
    value: first + unit,
    length: 2 + joined,
    sure: sure && exactly(tokens[at + 1 + joined], numbers.values),
  };
};
