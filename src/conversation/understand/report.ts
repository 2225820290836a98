import type { amountsIn } from './amount.ts';
import type { Purpose } from './meaning.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import type { ReportWord, Vocabulary } from './vocabulary.ts';

/** Words we do not know that a report may carry when it plainly speaks of the group's money. */
const STRANGE_WORDS_MAX = 1;

/** What she paid. No amount: she did not say how much. `clarify`: she did, and it could not be read. */
type PaidMoney = { readonly amountMinor?: bigint; readonly purpose?: Purpose; readonly clarify: boolean };

/** A member says that she paid. `words`: how many words of the message say so. */
export type ReportFound = { readonly money: PaidMoney; readonly why: string; readonly words: number };

/**
 * Reads "ya pagué 200 del préstamo". Undefined when she did not say so, asked about it, spoke of later, or paid for
 * something that is not the group's.
 *
 * @param names sounds of the names in the group: she may say whom she gave it to
 */
export const readReport = (
  { tokens, amounts }: { tokens: readonly Spelled[]; amounts: ReturnType<typeof amountsIn> },
  vocabulary: Vocabulary,
  names: ReadonlySet<string>,
): ReportFound | undefined => {
  const taken = takenBy(amounts);
  const said = saidWords(tokens, { vocabulary, taken });
  const paid =
    said.find(({ tag }) => tag === 'paid') ??
    (amounts.length > 0 ? said.find(({ tag }) => tag === 'claim') : undefined);
  if (!paid || said.some(({ tag }) => tag === 'against' || tag === 'outside')) return undefined;
  const strange = tokens.filter((token, at) => {
    const explained = taken.has(at) || said.some((word) => at >= word.at && at < word.at + word.length);
    return token.type === 'word' && !explained && !names.has(token.key) && !isFiller(token, vocabulary);
  });
  const ours = said.some(({ tag }) => tag === 'purpose' || tag === 'receiver');
  // "puse la mesa": a place is no word of the group's money.
  const placed = said.some(({ tag }) => tag === 'place');
  if (placed && !ours && amounts.length === 0) return undefined;
  if (strange.length > (ours ? STRANGE_WORDS_MAX : 0) || isAsked(tokens, paid.at)) return undefined;
  const words = said.filter(({ tag }) => tag !== 'filler').reduce((sum, { length }) => sum + length, 0);
  const money = { ...readMoney(amounts), ...purposeOf(tokens, vocabulary) };
  return { money, why: `report: ${paid.text}`, words };
};

/**
 * Whether a message has the parts of a report: a word of giving and an amount, nothing against it, and it is not asked.
 * What else it says is not looked at, so this is not enough to take it for one.
 */
export const saysGiven = (
  { tokens, amounts }: { tokens: readonly Spelled[]; amounts: ReturnType<typeof amountsIn> },
  vocabulary: Vocabulary,
): boolean => {
  if (amounts.every(({ amount }) => amount.counted)) return false;
  const said = saidWords(tokens, { vocabulary, taken: takenBy(amounts) });
  const given = said.find(({ tag }) => tag === 'paid' || tag === 'claim');
  const not = said.some(({ tag }) => tag === 'against' || tag === 'outside');
  return given !== undefined && !not && !isAsked(tokens, given.at);
};

/** The places of the tokens that amounts are made of. */
export const takenBy = (amounts: ReturnType<typeof amountsIn>): Set<number> =>
  new Set(amounts.flatMap(({ at, amount }) => Array.from({ length: amount.length }, (_, n) => at + n)));

type Said = { readonly at: number; readonly tag: ReportWord; readonly length: number; readonly text: string };

const saidWords = (
  tokens: readonly Spelled[],
  { vocabulary, taken }: { vocabulary: Vocabulary; taken: ReadonlySet<number> },
): Said[] => {
  const found: Said[] = [];
  for (let at = 0; at < tokens.length; ) {
    const phrase = taken.has(at) ? undefined : phraseAt(vocabulary.report, tokens, at);
    if (phrase) found.push({ at, tag: phrase.tag, length: phrase.length, text: phrase.text });
    at += phrase?.length ?? 1;
  }
  return found;
};

const isFiller = (token: Spelled, vocabulary: Vocabulary): boolean =>
  token.keys.some((key) => vocabulary.filler.has(key) || vocabulary.numbers.currency.has(key));

/** A question mark that closes the sentence in which she says it. */
const isAsked = (tokens: readonly Spelled[], at: number): boolean => {
  const end = tokens.slice(at).find((token) => token.type === 'mark' && /[.,;!?\n]/u.test(token.mark));
  return end?.type === 'mark' && end.mark === '?';
};

const readMoney = (amounts: ReturnType<typeof amountsIn>): Pick<PaidMoney, 'amountMinor' | 'clarify'> => {
  const [only, ...more] = amounts;
  if (!only) return { clarify: false };
  if (more.length > 0 || only.amount.minor === undefined) return { clarify: true };
  return { amountMinor: only.amount.minor, clarify: false };
};

/** The one purpose named, if one and only one is. */
export const purposeOf = (tokens: readonly Spelled[], vocabulary: Vocabulary): { purpose?: Purpose } => {
  const purposes = new Set(tokens.map((_, at) => phraseAt(vocabulary.purposes, tokens, at)?.tag));
  purposes.delete(undefined);
  const [only, ...more] = purposes;
  return only !== undefined && more.length === 0 ? { purpose: only } : {};
};
