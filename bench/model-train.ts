// Trains the model of understanding: multinomial logistic regression by stochastic gradient descent with AdaGrad and L2.
// The same examples give the same bytes: the order is drawn from a fixed seed, and only + − × ÷ √ are used.

import { INTENTS } from '../src/conversation/understand/meaning.ts';
import { scaleOf, toProbabilities, valueOf, WEIGHT_UNIT } from '../src/conversation/understand/model.ts';
import { seeded } from './seeded.ts';

/** One message of the training. `intent`: its place in INTENTS. `allowed`: what its author may mean. */
export type Lesson = {
  readonly features: ReadonlySet<string>;
  readonly intent: number;
  readonly allowed: readonly boolean[];
};

const EPOCHS = 12;
const RATE = 0.3;
const BIAS_RATE = 0.02;
const L2 = 1e-4;
const FIRST_SQUARE = 1e-2;
const SEED = 1;
/** Pairs of words and runs of letters that only one message has say nothing about others. */
const COUNT_MIN = 2;
/** Chatter is endless and we have little of it: what we have counts double. */
const UNKNOWN_WEIGHT = 2;
/** Weights nearer to zero than this, in hundredths, are left out of the file. */
const KEPT_MIN = 66;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZαβγδεζηθικλμνξοπρστυφχψω';

/** What `parseModel` reads. */
export type ModelJson = {
  readonly intents: Record<string, string>;
  readonly bias: string;
  readonly weights: Record<string, string>;
};

/** The features worth learning, each with its place. */
const indexOf = (lessons: readonly Lesson[]): Map<string, number> => {
  const count = new Map<string, number>();
  for (const { features } of lessons)
    for (const feature of features) count.set(feature, (count.get(feature) ?? 0) + 1);
  const isWord = (feature: string): boolean => !feature.startsWith('~') && !feature.includes(' ');
  const kept = [...count].filter(([feature, times]) => times >= COUNT_MIN || isWord(feature));
  return new Map(kept.map(([feature], place) => [feature, place]));
};

type Row = { readonly places: Int32Array; readonly values: Float64Array };

const rowOf = ({ features }: Lesson, index: ReadonlyMap<string, number>): Row => {
  const known = [...features].filter((feature) => index.has(feature));
  const scale = scaleOf(features);
  return {
    places: Int32Array.from(known, (feature) => index.get(feature) ?? 0),
    values: Float64Array.from(known, (feature) => valueOf(feature) * scale),
  };
};

const shuffle = (order: number[], draw: () => number): void => {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(draw() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
};

/** The weights of the model: feature by feature, in hundredths, without what is near zero. */
export const train = (lessons: readonly Lesson[]): ModelJson => {
  const index = indexOf(lessons);
  const rows = lessons.map((lesson) => rowOf(lesson, index));
  const weights = new Float64Array(index.size * INTENTS.length);
  const squares = new Float64Array(weights.length).fill(FIRST_SQUARE);
  const bias = new Float64Array(INTENTS.length);
  const order = lessons.map((_, at) => at);
  const draw = seeded(SEED);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, draw);
    for (const at of order) learn(lessons[at]!, rows[at]!, { weights, squares, bias });
  }
  return jsonOf(index, weights, bias);
};

type State = { weights: Float64Array; squares: Float64Array; bias: Float64Array };

const learn = (lesson: Lesson, { places, values }: Row, { weights, squares, bias }: State): void => {
  const intents = INTENTS.length;
  const scores = Float64Array.from(bias);
  for (let n = 0; n < places.length; n += 1) {
    const first = places[n]! * intents;
    for (let id = 0; id < intents; id += 1) scores[id]! += weights[first + id]! * values[n]!;
  }
  toProbabilities(scores, lesson.allowed);
  const unknown = INTENTS[lesson.intent] === 'unknown' ? UNKNOWN_WEIGHT : 1;
  for (let id = 0; id < intents; id += 1) {
    if (!lesson.allowed[id]) continue;
    const error = (scores[id]! - (id === lesson.intent ? 1 : 0)) * unknown;
    bias[id]! -= BIAS_RATE * error;
    if (Math.abs(error) < 1e-5) continue;
    for (let n = 0; n < places.length; n += 1) {
      const place = places[n]! * intents + id;
      const slope = error * values[n]! + L2 * weights[place]!;
      squares[place]! += slope * slope;
      weights[place]! -= (RATE * slope) / Math.sqrt(squares[place]!);
    }
  }
};

/** The middle one of some numbers. */
const middleOf = (numbers: Float64Array): number => numbers.toSorted()[numbers.length >> 1]!;

/** What a feature says alike of every intent decides nothing: it is taken off, so that few weights are left. */
const jsonOf = (index: ReadonlyMap<string, number>, weights: Float64Array, bias: Float64Array): ModelJson => {
  const written = (of: Float64Array, keptMin: number): string => {
    const middle = middleOf(of);
    return Array.from(of, (weight) => Math.round((weight - middle) / WEIGHT_UNIT))
      .map((hundredths, id) => (Math.abs(hundredths) < keptMin ? '' : `${LETTERS.charAt(id)}${hundredths}`))
      .filter((word) => word !== '')
      .join(' ');
  };
  const features = [...index]
    .map(([feature, place]) => {
      const from = place * INTENTS.length;
      return [feature, written(weights.subarray(from, from + INTENTS.length), KEPT_MIN)] as const;
    })
    .filter(([, text]) => text !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    intents: Object.fromEntries(INTENTS.map((intent, id) => [LETTERS.charAt(id), intent])),
    bias: written(bias, 0),
    weights: Object.fromEntries(features),
  };
};
