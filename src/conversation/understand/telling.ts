import { fold } from './normalise.ts';

/** Something in a text that tells whoever sees it what it is about: an amount of money, or the name of a group. */
export type Telling = { readonly word: string; readonly at: number };

type Word = { readonly raw: string; readonly bare: string; readonly at: number };

const MONEY: ReadonlySet<string> = new Set([
  'peso',
  'pesos',
  'centavo',
  'centavos',
  'mxn',
  'usd',
  'dolar',
  'dolares',
  'dollar',
  'dollars',
]);

/** Amounts of money and names of `groups` that a text has, in its order, with where each begins. */
export const tellingIn = (text: string, groups: readonly string[]): Telling[] => {
  const words = wordsOf(text);
  const names = groups.map((name) => wordsOf(name).map(({ bare }) => bare));
  return words.flatMap((word, n): Telling[] => {
    const money = moneyAt(words, n);
    const name = names.find((parts) => isNamed(words.slice(n, n + parts.length), parts));
    if (name) return [{ word: joined(words.slice(n, n + name.length)), at: word.at }];
    return money ? [money] : [];
  });
};

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/\S+/gu)].map(({ 0: raw, index }) => ({
    raw,
    bare: fold(raw).replaceAll(/[^\p{L}\p{N}$]/gu, ''),
    at: index,
  }));

/** "$200", "200 pesos", "dos mil pesos". */
const moneyAt = (words: readonly Word[], n: number): Telling | undefined => {
  const word = words[n];
  if (!word) return undefined;
  if (word.bare.includes('$')) {
    const next = word.bare === '$' ? words[n + 1] : undefined;
    return { word: joined(next ? [word, next] : [word]), at: word.at };
  }
  const before = words[n - 1];
  if (!MONEY.has(word.bare.replaceAll(/\p{N}/gu, ''))) return undefined;
  return before && !before.bare.includes('$')
    ? { word: joined([before, word]), at: before.at }
    : { word: joined([word]), at: word.at };
};

/** A name of one word is one only where it is written as a name. */
const isNamed = (words: readonly Word[], parts: readonly string[]): boolean =>
  parts.length > 0 &&
  words.length === parts.length &&
  words.every(({ bare }, at) => bare === parts[at]) &&
  (parts.length > 1 || /^\P{L}*\p{Lu}/u.test(words[0]?.raw ?? ''));

const joined = (words: readonly Word[]): string =>
  words.map(({ raw }) => raw.replaceAll(/[^\p{L}\p{N}$.,]/gu, '').replace(/[.,]$/u, '')).join(' ');
