import type { Language } from '../message.ts';
import type { Lexicons } from './lexicon.ts';
import type { Intent, UnderstandRole } from './meaning.ts';
import { normalise } from './normalise.ts';
import { understand } from './understand.ts';

/** What a member asks about her own book or her group as a whole: no other member's facts are in the answer. */
export const PLAIN_ASKS = [
  'savings.balance',
  'loan.balance',
  'payment.next',
  'history',
  'group.summary',
  'meeting.next',
] as const satisfies readonly Intent[];

export type PlainAsk = (typeof PLAIN_ASKS)[number];

const LANGUAGES: readonly Language[] = ['es', 'en'];
const ROLES: readonly UnderstandRole[] = ['member', 'leader'];

/** Phrases of the lexicons as they are written; undefined until one has been read for the first time. */
const known = new WeakMap<Lexicons, Map<string, PlainAsk | 'no' | undefined>>();

/**
 * The question that a text asks in the very words of a lexicon, whoever writes it and in whichever language: nothing
 * about the group is needed to read it, nor to answer. Undefined for every other text, which says nothing about it.
 */
export const plainAsk = (text: string, lexicons: Lexicons): PlainAsk | undefined => {
  const phrases = known.get(lexicons) ?? phrasesOf(lexicons);
  known.set(lexicons, phrases);
  const words = normalise(text);
  if (!phrases.has(words)) return undefined;
  const before = phrases.get(words);
  const ask = before ?? readAlike(words, lexicons);
  phrases.set(words, ask);
  return ask === 'no' ? undefined : ask;
};

const phrasesOf = (lexicons: Lexicons): Map<string, PlainAsk | 'no' | undefined> =>
  new Map(
    LANGUAGES.flatMap((language) =>
      PLAIN_ASKS.flatMap((ask) => lexicons[language].intents[ask]?.phrases ?? []),
    ).map((phrase) => [normalise(phrase), undefined]),
  );

/** What it means to a member and to a leader, in both languages: when that is not the same, it is not plain. */
const readAlike = (text: string, lexicons: Lexicons): PlainAsk | 'no' => {
  const intents = new Set(
    LANGUAGES.flatMap((language) =>
      ROLES.map(
        (role) => understand(text, { language, role, roster: [], expecting: 'nothing', lexicons }).intent,
      ),
    ),
  );
  const [only, ...more] = intents;
  return PLAIN_ASKS.find((ask) => ask === only && more.length === 0) ?? 'no';
};
