import { type Intent, LEADER_INTENTS, type UnderstandRole } from './meaning.ts';
import { type Model, scaleOf, scoresOf, toProbabilities, valueOf } from './model.ts';
import { featuresOf, type ModelWords, NAMED } from './model-features.ts';
import { CH } from './normalise.ts';
import { saysGiven } from './report.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Chosen by cross-validation on the tuned part (`npm run understand:train -- --measure`): see docs/understanding.md. */
const PROBABILITY_MIN = 0.6;
/** What is said in passing before something else must be surer, and so must all that has no use for a number said. */
const SURER_PROBABILITY_MIN = 0.9;
const SMALL: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'yes', 'no']);
const WITH_NUMBERS: ReadonlySet<Intent> = new Set([
  'payment.report',
  'payment.dispute',
  'payment.undo',
  'loan.request',
  'loan.disburse',
  'goal.set',
  'fine',
  'fine.off',
  'capital.in',
  'capital.out',
  'money.out',
  'reminders.on',
  'reminders.group-on',
  'meeting.next',
]);
/**
 * What erases, locks, shuts somebody out, hands an office on, changes what is shown, opens a meeting or asks how the group
 * does it: for plain words alone, and but for the first the model never learns them.
 */
export const PLAIN_WORDS_ONLY: ReadonlySet<Intent> = new Set([
  'erase',
  'data.mine',
  'data.erase',
  'pin.set',
  'discreet.on',
  'discreet.off',
  'recover',
  'role.change',
  'hours.safe',
  'member.suspend',
  'minor',
  'meeting.open',
  'rules.see',
  'savings.take',
  'group.leave',
]);
/** The phrases of danger hear nearly all of it; for the rest a card too many costs little, but not nothing. */
const URGENT_PROBABILITY_MIN = 0.9;
/** The likeliest must lead the next by this much. */
const MARGIN_MIN = 0.3;
/** Less than this share of its words met in training, and a message is not judged by the few we know. */
const MET_SHARE_MIN = 0.6;
/** One word that was met says too little to send a safety card. */
const URGENT_WORDS_MIN = 2;
const REASONS_SHOWN = 3;

/** An intent that the model holds likely. No amount and no member ever comes with it. */
export type Opinion = { readonly intent: Intent; readonly why: string };

export type OpinionOptions = {
  readonly model: Model;
  readonly role: UnderstandRole;
  readonly vocabulary: Vocabulary;
};

/**
 * What a message most likely means, from words that were met in other messages; undefined when that is not certain
 * enough, and then she is asked. Asked only when no phrase of the lexicons decides. A member never gets an intent of
 * leaders. Deterministic; never throws.
 */
export const secondOpinion = (
  words: ModelWords,
  { model, role, vocabulary }: OpinionOptions,
): Opinion | undefined => {
  const features = featuresOf(words);
  const met = metAmong(features, model);
  if (met.words === 0 || met.words < met.of * MET_SHARE_MIN) return undefined;
  const allowed = model.intents.map((intent) => role === 'leader' || !LEADER_INTENTS.has(intent));
  const likely = toProbabilities(scoresOf(features, model), allowed);
  const [best, second] = bestTwo(likely);
  const intent = model.intents[best];
  const probability = likely[best] ?? 0;
  if (intent === undefined || intent === 'unknown' || isForReaders(intent, words, vocabulary))
    return undefined;
  if (probability < leastFor(intent, words) || probability - (likely[second] ?? 0) < MARGIN_MIN)
    return undefined;
  if (intent === 'urgent' && met.words < URGENT_WORDS_MIN) return undefined;
  if (SMALL.has(intent) && features.has(NAMED)) return undefined;
  return { intent, why: `model: ${intent}: ${reasons(features, { model, id: best })}` };
};

const leastFor = (intent: Intent, { amounts }: ModelWords): number => {
  if (intent === 'urgent') return URGENT_PROBABILITY_MIN;
  const odd = SMALL.has(intent) || (amounts.length > 0 && !WITH_NUMBERS.has(intent));
  return odd ? SURER_PROBABILITY_MIN : PROBABILITY_MIN;
};

/** Money is read from what was said, by the readers of reports and of lists: where they see none, neither does the model. */
const isForReaders = (intent: Intent, words: ModelWords, vocabulary: Vocabulary): boolean =>
  PLAIN_WORDS_ONLY.has(intent) ||
  (intent === 'payment.report' && !saysGiven(words, vocabulary)) ||
  (intent === 'payments.record' && words.amounts.length > 0);

/** How many different words a message has, and how many of them were met in training. */
const metAmong = (features: ReadonlySet<string>, model: Model): { words: number; of: number } => {
  let words = 0;
  let of = 0;
  for (const feature of features) {
    if (!feature.startsWith('=') || feature.includes(' ')) continue;
    of += 1;
    if (model.weights.has(feature)) words += 1;
  }
  return { words, of };
};

const bestTwo = (likely: Float64Array): [best: number, second: number] => {
  let best = 0;
  let second = -1;
  for (let id = 1; id < likely.length; id += 1) {
    const probability = likely[id] ?? 0;
    if (probability > (likely[best] ?? 0)) {
      second = best;
      best = id;
    } else if (second < 0 || probability > (likely[second] ?? 0)) second = id;
  }
  return [best, second];
};

/** What weighed most: "abonar +2.1, cuándo +1.4". */
const reasons = (features: ReadonlySet<string>, { model, id }: { model: Model; id: number }): string => {
  const scale = scaleOf(features);
  const weighed = [...features].flatMap((feature) => {
    const weights = model.weights.get(feature);
    const weight = weights?.values[weights.ids.indexOf(id)] ?? 0;
    return weight > 0 ? [{ feature, weight: weight * valueOf(feature) * scale }] : [];
  });
  return weighed
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, REASONS_SHOWN)
    .map(
      ({ feature, weight }) => `${feature.replace(/^[=~]/, '').replaceAll(CH, 'ch')} +${weight.toFixed(1)}`,
    )
    .join(', ');
};
