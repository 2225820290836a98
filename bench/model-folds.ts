// How well the model judges messages it was not trained on, without touching what is held apart: five times a fifth of
// the examples is left out, near-duplicates together, and the others judge it.

import type { Lexicons } from '../src/conversation/understand/lexicon.ts';
import { INTENTS } from '../src/conversation/understand/meaning.ts';
import { type Model, parseModel } from '../src/conversation/understand/model.ts';
import { secondOpinion } from '../src/conversation/understand/second-opinion.ts';
import { vocabularyOf } from '../src/conversation/understand/vocabulary.ts';
import { allowedTo, type Example, featuresOfExample, wordsOf } from './model-examples.ts';
import { type Lesson, train } from './model-train.ts';

const FOLDS = 5;
/** Two messages that share so much of their words are near-duplicates. */
const ALIKE_MIN = 0.67;

export const lessonOf = (example: Example, lexicons: Lexicons): Lesson => ({
  features: featuresOfExample(example, lexicons),
  intent: INTENTS.indexOf(example.intent),
  allowed: allowedTo(example.role),
});

/** The words of a message that say something, as a set. */
const contentOf = (lesson: Lesson, filler: ReadonlySet<string>): Set<string> =>
  new Set(
    [...lesson.features].filter(
      (feature) => feature.startsWith('=') && !feature.includes(' ') && !filler.has(feature.slice(1)),
    ),
  );

/** The fold of each message: those that share most of their words are in one. */
export const foldsOf = (contents: readonly ReadonlySet<string>[]): number[] => {
  const parent = contents.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  const byWord = new Map<string, number[]>();
  const bySet = new Map<string, number>();
  for (const [at, words] of contents.entries()) {
    const all = [...words].toSorted().join(' ');
    parent[at] = rootOf(bySet.get(all) ?? at);
    bySet.set(all, at);
    const shared = new Map<number, number>();
    for (const word of words)
      for (const other of byWord.get(word) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    for (const [other, count] of shared) {
      const alike = count / (words.size + contents[other]!.size - count);
      if (alike >= ALIKE_MIN) parent[rootOf(other)] = rootOf(at);
    }
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), at]);
  }
  return parent.map((_, at) => (Math.imul(rootOf(at) + 1, 0x9e3779b1) >>> 8) % FOLDS);
};

/** One example with what the model that has not seen it makes of it; undefined: it would have her asked. */
export type Judgement = { readonly example: Example; readonly got: string | undefined };

/** The tuned examples, each judged by the model of the other folds. */
export const judgedByFolds = (examples: readonly Example[], lexicons: Lexicons): Judgement[] => {
  const lessons = examples.map((example) => lessonOf(example, lexicons));
  const filler = new Set([...lexicons.es.words.filler, ...lexicons.en.words.filler]);
  const folds = foldsOf(lessons.map((lesson) => contentOf(lesson, filler)));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = parseModel(train(lessons.filter((_, at) => folds[at] !== fold)));
    return examples
      .filter(({ tuned }, at) => tuned && folds[at] === fold)
      .map((example) => ({ example, got: opinionOf(example, { lexicons, model }) }));
  }).flat();
};

const opinionOf = (example: Example, { lexicons, model }: { lexicons: Lexicons; model: Model }) =>
  secondOpinion(wordsOf(example, lexicons), {
    model,
    role: example.role,
    vocabulary: vocabularyOf(lexicons, example.language),
  })?.intent;

const share = (part: number, of: number): string => `${((100 * part) / Math.max(of, 1)).toFixed(1)} %`;

/** What the judgements say, a line each. */
export const foldLines = (judged: readonly Judgement[]): string[] => {
  const line = (what: string, keep: (example: Example) => boolean): string => {
    const all = judged.filter(({ example }) => keep(example));
    const right = all.filter(({ example, got }) => (got ?? 'unknown') === example.intent).length;
    const acted = all.filter(({ example, got }) => got !== undefined && got !== example.intent);
    const urgent = acted.filter(({ got }) => got === 'urgent').length;
    return `  ${what.padEnd(22)}${String(all.length).padStart(6)}  right ${share(right, all.length)}, acted on wrongly ${share(acted.length, all.length)} (${urgent} as urgent)`;
  };
  return [
    line('intents es', ({ source, language }) => source === 'intents' && language === 'es'),
    line('intents en', ({ source, language }) => source === 'intents' && language === 'en'),
    line('danger', ({ source }) => source === 'urgent'),
    line('calm', ({ source }) => source === 'calm'),
    line('chatter', ({ source }) => source === 'chatter'),
  ];
};
