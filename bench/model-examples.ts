// What the model of understanding is trained on: the tuned part of the corpus, lines written for training alone, and the
// phrases of the lexicons. Never a line that is held apart.

import { readFileSync } from 'node:fs';
import { amountsIn } from '../src/conversation/understand/amount.ts';
import type { Lexicons } from '../src/conversation/understand/lexicon.ts';
import { INTENTS, type Intent, isIntent, LEADER_INTENTS } from '../src/conversation/understand/meaning.ts';
import { featuresOf, type ModelWords } from '../src/conversation/understand/model-features.ts';
import { namesOf } from '../src/conversation/understand/roster.ts';
import { PLAIN_WORDS_ONLY } from '../src/conversation/understand/second-opinion.ts';
import { spell } from '../src/conversation/understand/spell.ts';
import { vocabularyOf } from '../src/conversation/understand/vocabulary.ts';
import { partOf } from '../tests/conversation/understand/corpus.ts';
import { type Corpus, roster } from '../tests/conversation/understand/judge.ts';

/** What phrases alone decide, but for what it takes from others: "borra" has stood in the model from the start. */
const NOT_LEARNT: ReadonlySet<Intent> = new Set([...PLAIN_WORDS_ONLY].filter((intent) => intent !== 'erase'));

type Source = 'intents' | 'chatter' | 'urgent' | 'calm' | 'phrase';

/** A message and what it means. `tuned`: it is of the corpus, so that it may be measured on. */
export type Example = {
  readonly text: string;
  readonly language: 'es' | 'en';
  readonly role: 'member' | 'leader';
  readonly intent: Intent;
  readonly source: Source;
  readonly tuned: boolean;
};

const folder = new URL('../tests/conversation/understand/', import.meta.url);
const read = (name: string): Corpus =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Corpus;

const intentOf = (text: string): Intent => {
  if (!isIntent(text)) throw new Error(`"${text}" is no intent`);
  return text;
};

const roleOf = (text: string): Example['role'] => (text === 'leader' ? 'leader' : 'member');

/** Danger, calm and chatter are in no language: each is read in the one that knows more of its words. */
const languageOf = (text: string, lexicons: Lexicons): Example['language'] => {
  const words = text.toLowerCase().split(/[^\p{L}]+/u);
  const ordinary = (language: 'es' | 'en'): number => {
    const known = new Set([...lexicons[language].words.ordinary, ...lexicons[language].words.filler]);
    return words.filter((word) => known.has(word)).length;
  };
  return ordinary('en') > ordinary('es') ? 'en' : 'es';
};

/** What may stand in the training from one corpus. What looks grave and is not means whatever else it says: nothing. */
const examplesOf = (
  corpus: Corpus,
  { lexicons, tuned }: { lexicons: Lexicons; tuned: boolean },
): Example[] => {
  const rows = (table: Corpus['intentsEs'], language: 'es' | 'en'): Example[] =>
    (table ?? []).map(([intent, role, text]) => ({
      text,
      language,
      role: roleOf(role),
      intent: intentOf(intent),
      source: 'intents',
      tuned,
    }));
  const other = (text: string, role: Example['role'], source: Source): Example => {
    const intent = source === 'urgent' ? 'urgent' : 'unknown';
    return { text, role, source, intent, tuned, language: languageOf(text, lexicons) };
  };
  return [
    ...rows(corpus.intentsEs, 'es'),
    ...rows(corpus.intentsEn, 'en'),
    ...(corpus.outOfScope ?? []).map(([role, text]) => other(text, roleOf(role), 'chatter')),
    ...(corpus.urgent ?? []).map((text) => other(text, 'leader', 'urgent')),
    ...(corpus.notUrgent ?? []).map((text) => other(text, 'leader', 'calm')),
  ];
};

const phrasesOf = (lexicons: Lexicons): Example[] =>
  (['es', 'en'] as const).flatMap((language) => {
    const common = { language, role: 'leader', source: 'phrase', tuned: false } as const;
    const { intents, urgent } = lexicons[language];
    return [
      ...INTENTS.flatMap((intent) =>
        (intents[intent]?.phrases ?? []).map((text): Example => ({ ...common, text, intent })),
      ),
      ...urgent.phrases.map(
        (text): Example => ({ ...common, text: text.replaceAll('*', ''), intent: 'urgent' }),
      ),
    ];
  });

/** Every example, in the order of the files. Calm lines that mean something to us are left to their own intents. */
export const trainingExamples = (lexicons: Lexicons): Example[] => {
  const byHash = examplesOf(read('by-hash'), { lexicons, tuned: true });
  const heldApart = examplesOf(read('held-apart'), { lexicons, tuned: false });
  const isApart = ({ text }: Example): boolean => partOf(text) === 'apart';
  const apart = new Set([...heldApart, ...byHash.filter(isApart)].map(({ text }) => text));
  const corpora = [
    ...examplesOf(read('corpus'), { lexicons, tuned: true }),
    ...byHash,
    ...examplesOf(read('model-lines'), { lexicons, tuned: false }),
  ];
  const all = [...corpora.filter(({ text }) => !apart.has(text)), ...phrasesOf(lexicons)].filter(
    ({ intent }) => !NOT_LEARNT.has(intent),
  );
  const meant = new Set(
    all.filter(({ source }) => source === 'intents' || source === 'phrase').map(({ text }) => text),
  );
  return all.filter(({ source, text }) => source !== 'calm' || !meant.has(text));
};

/** Which intents a person may have meant: a member none of the leaders'. */
export const allowedTo = (role: Example['role']): boolean[] =>
  INTENTS.map((intent) => role === 'leader' || !LEADER_INTENTS.has(intent));

/** The words of an example as the engine hears them. */
export const wordsOf = (
  { text, language }: Pick<Example, 'text' | 'language'>,
  lexicons: Lexicons,
): ModelWords => {
  const names = namesOf(roster, lexicons);
  const vocabulary = vocabularyOf(lexicons, language);
  const tokens = spell(text, vocabulary, names.allSounds);
  return { tokens, amounts: amountsIn(tokens, vocabulary.numbers), names: names.sounds };
};

export const featuresOfExample = (example: Example, lexicons: Lexicons): Set<string> =>
  featuresOf(wordsOf(example, lexicons));
