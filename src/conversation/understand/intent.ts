import { type HearingOfWords, wordsOf } from './intent-words.ts';
import { LEADER_INTENTS, type UnderstandRole } from './meaning.ts';
import { inOrder, type Places, placesOf, scattered, type Word } from './pattern.ts';
import type { Spelled } from './phrase.ts';
import type { IntentPattern } from './vocabulary.ts';

/** Points of a pattern: a phrase in its order says more than the same words scattered. */
const PHRASE_POINTS = 70;
const KEYWORDS_POINTS = 50;
const WORD_POINTS = 6;
const REPAIR_POINTS = 7;
const FIRST_LANGUAGE_POINTS = 1;
/** What is said beyond the pattern weighs against it: a word we do not know more than one we know from elsewhere. */
const STRANGE_WEIGHT = 1.5;
const OTHER_WEIGHT = 1;
const COVERAGE_MIN = 0.6;
const COVERAGE_POINTS = 40;
/** The best intent must lead the next by this much, or we do not know. */
const MARGIN = 3;

/** Said in passing, before or after what she wants: they count only when nothing else was said. */
const SMALL_INTENTS: readonly string[] = ['no', 'yes', 'thanks', 'greeting'];

/** `words`: how many words of the message its patterns explain. */
export type IntentFound = {
  readonly intent: string;
  readonly why: string;
  readonly points: number;
  readonly words: number;
};

export type Hearing = HearingOfWords & {
  readonly role: UnderstandRole;
  readonly language: string;
  /** How many amounts were said; they speak against every intent that has no use for one. */
  readonly amounts: number;
  readonly amountIntents: ReadonlySet<string>;
};

type Score = { intent: string; points: number; at: Set<number>; why: string };

/** The intent a message's words show best, when they show one well enough and well ahead of any other. */
export const findIntent = (tokens: readonly Spelled[], hearing: Hearing): IntentFound | undefined => {
  const words = wordsOf(tokens, hearing);
  const scores = scoresOf(words, hearing).filter((score) => isAllowed(score, words, hearing));
  const large = scores.filter(({ intent }) => !SMALL_INTENTS.includes(intent));
  const counted = large
    .map((score) => withCoverage(score, words, hearing))
    .filter((score) => score !== undefined);
  const [best, second] = counted.toSorted((a, b) => b.points - a.points);
  const whole =
    hearing.amounts > 0 || large.length === 0 ? undefined : wholeSmall(scores, words, best?.at.size ?? 0);
  if (whole) return asFound(whole);
  if (best) return second && best.points - second.points < MARGIN ? undefined : asFound(best);
  return large.length > 0 || hearing.amounts > 0 ? undefined : smallIntent(scores, words);
};

const asFound = ({ intent, why, points, at }: Score): IntentFound => ({
  intent,
  why,
  points,
  words: at.size,
});

/** "gracias por la ayuda" asks for no help: a small intent that explains everything said, and more than a large one. */
const wholeSmall = (scores: readonly Score[], words: readonly Word[], least: number): Score | undefined => {
  const whole = scores.filter(
    ({ intent, at }) =>
      SMALL_INTENTS.includes(intent) &&
      at.size > least &&
      words.every((word, place) => word.filler || at.has(place)),
  );
  const [only, ...more] = whole;
  return more.length === 0 ? only : undefined;
};

/** The patterns all of whose words were said, in the order of their first words in the message. */
const patternsIn = (places: Places, { vocabulary, role }: Hearing): IntentPattern[] => {
  const orderOf = ({ words: [first = ''] }: IntentPattern): number => places.get(first)?.order ?? 0;
  return [...places.keys()]
    .flatMap((key) => vocabulary.patterns.get(key) ?? [])
    .filter(
      ({ words, intent }) =>
        words.every((word) => places.has(word)) && (role === 'leader' || !LEADER_INTENTS.has(intent)),
    )
    .toSorted((a, b) => orderOf(a) - orderOf(b) || a.order - b.order);
};

const scoresOf = (words: readonly Word[], hearing: Hearing): Score[] => {
  const byIntent = new Map<string, Score>();
  const places = placesOf(words);
  for (const pattern of patternsIn(places, hearing)) {
    const found = pattern.inOrder
      ? inOrder(words, pattern.words, places)
      : scattered(words, pattern.words, places);
    if (!found) continue;
    const points =
      pointsOf(pattern, found.repaired) + (pattern.language === hearing.language ? FIRST_LANGUAGE_POINTS : 0);
    const known = byIntent.get(pattern.intent);
    const at = new Set([...(known?.at ?? []), ...found.at]);
    const better = !known || points > known.points;
    const why = `${pattern.intent}: ${pattern.words.join(' ')} (${pattern.language})`;
    byIntent.set(pattern.intent, {
      intent: pattern.intent,
      at,
      points: better ? points : known.points,
      why: better ? why : known.why,
    });
  }
  return [...byIntent.values()];
};

const pointsOf = (pattern: IntentPattern, repaired: number): number =>
  (pattern.inOrder ? PHRASE_POINTS : KEYWORDS_POINTS) +
  pattern.words.length * WORD_POINTS -
  repaired * REPAIR_POINTS;

const isAllowed = (score: Score, words: readonly Word[], { vocabulary }: Hearing): boolean => {
  const unless = vocabulary.rules.get(score.intent)?.unless;
  if (!unless || unless.size === 0) return true;
  return !words.some((word, at) => !score.at.has(at) && word.keys.some((key) => unless.has(key)));
};

/** The score with points for how much of the message it explains; undefined when that is too little. */
const withCoverage = (score: Score, words: readonly Word[], hearing: Hearing): Score | undefined => {
  const { vocabulary, amounts, amountIntents } = hearing;
  const last = Math.max(...score.at);
  const rules = vocabulary.rules.get(score.intent);
  const free = rules?.free === true;
  const aim = words.findIndex(
    (word, at) => at > last - 1 && word.keys.some((key) => vocabulary.aim.has(key)),
  );
  const spoken = free && aim >= 0 ? words.slice(0, aim) : words;
  let against = amountIntents.has(score.intent) ? 0 : amounts * STRANGE_WEIGHT;
  for (const [at, word] of spoken.entries()) {
    if (score.at.has(at) || word.filler || (word.named && rules?.names === true)) continue;
    against += word.strange ? STRANGE_WEIGHT : OTHER_WEIGHT;
  }
  const matched = score.at.size;
  const coverage = matched / (matched + against);
  if (coverage < COVERAGE_MIN) return undefined;
  return { ...score, points: score.points + COVERAGE_POINTS * coverage };
};

const smallIntent = (scores: readonly Score[], words: readonly Word[]): IntentFound | undefined => {
  const small = scores.filter(({ intent }) => SMALL_INTENTS.includes(intent));
  const said = new Set(small.map(({ intent }) => intent));
  if (said.has('yes') && said.has('no') && !overlaps(small)) return undefined;
  const explained = words.every((word, at) => word.filler || small.some((score) => score.at.has(at)));
  if (!explained) return undefined;
  const alone = small.filter((score) => words.every((word, at) => word.filler || score.at.has(at)));
  const [best] = (alone.length > 0 ? alone : small).toSorted(
    (a, b) => b.at.size * alone.length - a.at.size * alone.length || rank(a) - rank(b),
  );
  return best && asFound(best);
};

/** "no" inside "no gracias" or "sí" inside "así es" are one answer, not two. */
const overlaps = (scores: readonly Score[]): boolean => {
  const yes = scores.find(({ intent }) => intent === 'yes');
  const no = scores.find(({ intent }) => intent === 'no');
  return (
    [...(yes?.at ?? [])].every((at) => no?.at.has(at)) || [...(no?.at ?? [])].every((at) => yes?.at.has(at))
  );
};

const rank = ({ intent }: Score): number => SMALL_INTENTS.indexOf(intent);
