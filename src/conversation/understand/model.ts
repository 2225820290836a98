import { z } from 'zod';
import { INTENTS, type Intent } from './meaning.ts';

/** Weights are written in hundredths, so that a difference between two models can be read. */
export const WEIGHT_UNIT = 0.01;
/** How much a whole word, two words in a row, and a run of letters count. */
const WORD_VALUE = 1;
const PAIR_VALUE = 0.7;
const RUN_VALUE = 0.4;

const WEIGHTS = /^[A-Za-zα-ω]-?\d{1,4}(?: [A-Za-zα-ω]-?\d{1,4})*$/u;

const modelSchema = z.strictObject({
  /** A letter for each intent, in the order of its scores. */
  intents: z.record(z.string().regex(/^[A-Za-zα-ω]$/u), z.enum(INTENTS)),
  bias: z.string().regex(WEIGHTS),
  /** A feature to letters of intents, each with its weight in hundredths: "a120 c-35". */
  weights: z.record(z.string().min(1).max(50), z.string().regex(WEIGHTS)),
});

/** How much one feature says for and against intents: `ids` are places in `Model.intents`. */
export type Weights = { readonly ids: Uint8Array; readonly values: Float64Array };

/** A linear text classifier: what each feature of a message says for and against each intent. */
export type Model = {
  readonly intents: readonly Intent[];
  readonly bias: Float64Array;
  readonly weights: ReadonlyMap<string, Weights>;
};

/**
 * The model of `locales/understand-model.json`, from its parsed JSON.
 *
 * @throws z.ZodError naming the key when the file has a shape we do not know
 * @throws Error when a weight is for a letter without an intent
 */
export const parseModel = (json: unknown): Model => {
  const { intents, bias, weights } = modelSchema.parse(json);
  const letters = Object.keys(intents);
  const read = (text: string): Weights => {
    const words = text.split(' ');
    const ids = words.map((word) => letters.indexOf(word.charAt(0)));
    const strange = ids.indexOf(-1);
    if (strange >= 0)
      throw new Error(`locales/understand-model.json: "${words[strange]}" is for an intent it does not name`);
    return {
      ids: Uint8Array.from(ids),
      values: Float64Array.from(words, (word) => Number(word.slice(1)) * WEIGHT_UNIT),
    };
  };
  const own = read(bias);
  const byIntent = new Float64Array(letters.length);
  for (const [n, id] of own.ids.entries()) byIntent[id] = own.values[n] ?? 0;
  return {
    intents: Object.values(intents),
    bias: byIntent,
    weights: new Map(Object.entries(weights).map(([feature, text]) => [feature, read(text)])),
  };
};

/** What a feature counts for, before the message's length is taken out. */
export const valueOf = (feature: string): number => {
  if (feature.startsWith('~')) return RUN_VALUE;
  return feature.includes(' ') ? PAIR_VALUE : WORD_VALUE;
};

/** By how much every value is multiplied, so that a long message counts no more than a short one. Above zero. */
export const scaleOf = (features: ReadonlySet<string>): number => {
  let squares = 0;
  for (const feature of features) squares += valueOf(feature) ** 2;
  return 1 / Math.sqrt(squares);
};

/** The score of each intent, in the order of `model.intents`: higher is likelier. */
export const scoresOf = (features: ReadonlySet<string>, model: Model): Float64Array => {
  const scores = Float64Array.from(model.bias);
  const scale = scaleOf(features);
  for (const feature of features) {
    const weights = model.weights.get(feature);
    if (!weights) continue;
    const value = valueOf(feature) * scale;
    const { ids, values } = weights;
    for (let n = 0; n < ids.length; n += 1) {
      const id = ids[n] ?? 0;
      scores[id] = (scores[id] ?? 0) + (values[n] ?? 0) * value;
    }
  }
  return scores;
};

/** Turns scores into probabilities that add up to one, in place; what is not allowed gets none. */
export const toProbabilities = (scores: Float64Array, allowed: readonly boolean[]): Float64Array => {
  let best = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < scores.length; id += 1)
    if (allowed[id] === true) best = Math.max(best, scores[id] ?? best);
  let sum = 0;
  for (let id = 0; id < scores.length; id += 1) {
    const part = allowed[id] === true ? exponential((scores[id] ?? 0) - best) : 0;
    scores[id] = part;
    sum += part;
  }
  for (let id = 0; id < scores.length; id += 1) scores[id] = (scores[id] ?? 0) / sum;
  return scores;
};

const HALVINGS = 10;

/** e^x for x ≤ 0, nearly: by multiplication alone, so that every machine gets the same last digit. */
const exponential = (x: number): number => {
  let power = Math.max(0, 1 + x / 2 ** HALVINGS);
  for (let n = 0; n < HALVINGS; n += 1) power *= power;
  return power;
};
