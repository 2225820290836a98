import type { Language } from '../message.ts';
import type { OutWord } from './meaning.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import type { Vocabulary } from './vocabulary.ts';

type Spoken = { readonly text: string; readonly tokens: readonly Spelled[]; readonly vocabulary: Vocabulary };

/** The language she named, if one and only one is. */
export const languageOf = ({ tokens, vocabulary }: Spoken): { language?: Language } => {
  const said = new Set(tokens.flatMap((_, at) => phraseAt(vocabulary.languages, tokens, at)?.tag ?? []));
  const [only, ...more] = said;
  return only !== undefined && more.length === 0 ? { language: only } : {};
};

/** What money leaves the box for, if one and only one thing was named. */
export const outOf = ({ tokens, vocabulary }: Spoken): { out?: OutWord } => {
  const said = new Set(tokens.flatMap((_, at) => phraseAt(vocabulary.outs, tokens, at)?.tag ?? []));
  const [only, ...more] = said;
  return only !== undefined && more.length === 0 ? { out: only } : {};
};

/** The track of lessons she named, or what she said after "de" or "sobre". */
export const topicOf = ({ tokens, vocabulary, text }: Spoken): { topic?: string } => {
  const track = tokens
    .map((_, at) => phraseAt(vocabulary.topics, tokens, at)?.tag)
    .find((tag) => tag !== undefined);
  if (track !== undefined) return { topic: track };
  const aim = tokens.findLast((token) => token.keys.some((key) => vocabulary.aim.has(key)));
  const topic = aim ? text.slice(aim.end).trim() : '';
  return topic === '' ? {} : { topic };
};
