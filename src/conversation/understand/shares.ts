import { money, toDecimal } from '../../domain/money.ts';
import { readNumberAt } from './number.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import type { Vocabulary } from './vocabulary.ts';

const MINOR = 100n;

/**
 * "Ana 3 acciones" in a group that saves by shares, as the money it is: "Ana 60 ahorro"; and "acciones: Ana 3, Luz 2" as "ahorro: Ana
 * 60, Luz 40". Only whole shares, and only where their number is certain; of the rest nothing is guessed.
 *
 * @param price of one share, in minor units
 */
export const sharesAsMoney = (
  { text, tokens }: { readonly text: string; readonly tokens: readonly Spelled[] },
  vocabulary: Vocabulary,
  price: bigint,
): string => {
  const { saving } = vocabulary;
  const headed = underHeading(tokens, vocabulary);
  let said = '';
  let from = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    if (at === headed?.heading) {
      said += `${text.slice(from, tokens[at]?.start)}${saving}`;
      from = tokens[at]?.end ?? from;
    }
    const number = wholeAt(tokens, at, vocabulary);
    const word = number && tokens[at + number.length];
    const isNamed = isShares(word, vocabulary);
    if (!number || !(isNamed || headed?.numbers.has(at))) continue;
    const sum = toDecimal(money((number.minor / MINOR) * price).minor);
    said += `${text.slice(from, tokens[at]?.start)}${sum}${isNamed ? ` ${saving}` : ''}`;
    at += isNamed ? number.length : number.length - 1;
    from = tokens[at]?.end ?? from;
  }
  return said + text.slice(from);
};

const wholeAt = (tokens: readonly Spelled[], at: number, { numbers }: Vocabulary) => {
  const number = readNumberAt(tokens, at, { numbers, spaced: false });
  return number?.sure && number.minor % MINOR === 0n ? number : undefined;
};

const isShares = (token: Spelled | undefined, { shares }: Vocabulary): boolean =>
  token?.type === 'word' && token.keys.some((key) => shares.has(key));

const isMark = (token: Spelled | undefined, ...marks: readonly string[]): boolean =>
  token?.type === 'mark' && marks.includes(token.mark);

type Headed = { readonly heading: number; readonly numbers: ReadonlySet<number> };

/**
 * The numbers under the heading "acciones:", down to another heading. Undefined where one of them is said to be something else, an
 * amount in pesos or a loan, or is not certain: then none of them is taken for shares.
 */
const underHeading = (tokens: readonly Spelled[], vocabulary: Vocabulary): Headed | undefined => {
  const heading = tokens.findIndex(
    (token, at) => isShares(token, vocabulary) && isMark(tokens[at + 1], ':', '\n'),
  );
  if (heading < 0 || tokens.slice(0, heading).some(({ type }) => type === 'number')) return undefined;
  const numbers = new Set<number>();
  for (let at = heading + 2; at < tokens.length; at += 1) {
    const token = tokens[at];
    const purpose = isShares(token, vocabulary) ? undefined : phraseAt(vocabulary.purposes, tokens, at);
    if (purpose) {
      const isHeading = isMark(tokens[at - 1], '\n') && isMark(tokens[at + purpose.length], ':', '\n');
      return isHeading ? { heading, numbers } : undefined;
    }
    const number = readNumberAt(tokens, at, { numbers: vocabulary.numbers, spaced: false });
    if (token?.type === 'odd' || (token?.type === 'number' && !isBare(token))) return undefined;
    if (!number) continue;
    const next = tokens[at + number.length];
    if (!wholeAt(tokens, at, vocabulary) || isCurrency(next, vocabulary)) return undefined;
    numbers.add(at);
    at += number.length - 1;
  }
  return { heading, numbers };
};

/** Digits with nothing before or behind them: "3", and not "$3" or "3p". */
const isBare = (token: Extract<Spelled, { type: 'number' }>): boolean =>
  token.suffix === '' && /^\d/.test(token.text);

const isCurrency = (token: Spelled | undefined, { numbers }: Vocabulary): boolean =>
  token?.type === 'word' && token.keys.some((key) => numbers.currency.has(key));
