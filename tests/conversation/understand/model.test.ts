import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { trainingExamples, wordsOf } from '../../../bench/model-examples.ts';
import { foldsOf, lessonOf } from '../../../bench/model-folds.ts';
import { train } from '../../../bench/model-train.ts';
import { seeded } from '../../../bench/seeded.ts';
import { LEADER_INTENTS } from '../../../src/conversation/understand/meaning.ts';
import { parseModel, scoresOf, toProbabilities } from '../../../src/conversation/understand/model.ts';
import { featuresOf } from '../../../src/conversation/understand/model-features.ts';
import { secondOpinion } from '../../../src/conversation/understand/second-opinion.ts';
import { type Expecting, understand } from '../../../src/conversation/understand/understand.ts';
import { vocabularyOf } from '../../../src/conversation/understand/vocabulary.ts';
import { bareLexicons } from '../../support/bare-lexicons.ts';
import { lexicons } from '../../support/lexicons.ts';
import { corpusTexts, mutated } from '../../support/understand/mutate.ts';
import { judgedCorpus, partOf } from './corpus.ts';
import { roster } from './judge.ts';

const TRAINING_MS = 60_000;
const written = readFileSync(new URL('../../../locales/understand-model.json', import.meta.url), 'utf8');
const vocabulary = vocabularyOf(lexicons);
const words = (text: string) => wordsOf({ text, language: 'es' }, lexicons);

/** "caja" speaks for the group's summary, "pagar" for a report, "multa" for a fine, "cuchillo" for danger. */
const small = parseModel({
  intents: {
    a: 'unknown',
    b: 'group.summary',
    c: 'payment.report',
    d: 'fine',
    e: 'urgent',
    f: 'payments.record',
  },
  bias: 'a0 b0 c0 d0 e0 f0',
  weights: {
    '=kaja': 'b900 a-100',
    '=page': 'c900',
    '=multa': 'd900',
    '=kuchilo': 'e900',
    '=mi': 'a5',
    '=#': 'a5',
    '=lista': 'f900',
  },
});
const opinion = (text: string, role: 'member' | 'leader' = 'member') =>
  secondOpinion(words(text), { model: small, role, vocabulary });

describe('the file of the model', () => {
  const json = { intents: { a: 'help' }, bias: 'a0', weights: { '=menu': 'a150' } };

  test('is read', () => {
    const { intents, weights } = parseModel(json);
    expect([intents, weights.get('=menu')?.values[0]]).toEqual([['help'], 1.5]);
  });

  test.each([
    ['an intent nobody knows', { ...json, intents: { a: 'money.guess' } }, /intents/],
    ['a weight that is no whole number', { ...json, weights: { '=menu': 'a1.5' } }, /weights/],
    [
      'a weight for an intent without a letter',
      { ...json, weights: { '=menu': 'b15' } },
      /"b15" is for an intent/,
    ],
    ['a table more', { ...json, amounts: {} }, /amounts/],
  ])('with %s is refused, and what is wrong is named', (_, wrong, fault) => {
    expect(() => parseModel(wrong)).toThrow(fault);
  });
});

describe('what is trained on', () => {
  const examples = trainingExamples(bareLexicons);
  const { intentsEs, intentsEn, outOfScope, urgent, notUrgent } = judgedCorpus().apart;
  const apart = new Set([intentsEs, intentsEn, outOfScope, urgent, notUrgent].flat().map(({ text }) => text));

  test('is nothing that is held apart', () => {
    const said = examples.filter(({ source }) => source !== 'phrase').map(({ text }) => text);
    expect(said.filter((text) => apart.has(text))).toEqual([]);
    expect(said.filter((text) => partOf(text) === 'tuned').length).toBeGreaterThan(3_000);
  });

  test(
    'gives the very file that ships: after a change to words or corpus run `npm run understand:train`',
    () => {
      const trained = train(examples.map((example) => lessonOf(example, bareLexicons)));
      expect(`${JSON.stringify(trained, null, 2)}\n` === written).toBe(true);
      expect(written.length).toBeLessThan(630_000);
    },
    TRAINING_MS,
  );

  test('near-duplicates are judged by the same fold', () => {
    const sets = ['a b c d', 'd c b a', 'a b c', 'x y z', 'v w'].map((text) => new Set(text.split(' ')));
    const [first, second, third, fourth, fifth] = foldsOf(sets);
    expect([second, third]).toEqual([first, first]);
    expect([fourth, fifth].every((fold) => fold !== undefined && fold < 5)).toBe(true);
  });
});

describe('an opinion', () => {
  test('says which words weighed most', () => {
    expect(opinion('mi caja')?.why).toMatch(/^model: group\.summary: kaja \+\d\.\d$/);
  });

  test.each([
    ['is given for words that were met', 'mi caja', 'group.summary'],
    ['is not given when most words were never met', 'la caja del zapatero viejo', undefined],
    ['is not given when two intents are near', 'caja pagué 100', undefined],
    ['is not given for nothing', '', undefined],
    ['is never a report without an amount', 'pagué', undefined],
    ['is never a report that is asked', '¿pagué 100?', undefined],
    ['is a report when money was given', 'pagué 100', 'payment.report'],
    ['is no alarm for one word', 'cuchillo', undefined],
  ])('%s', (_, text, intent) => {
    expect(opinion(text, 'member')?.intent).toBe(intent);
  });

  test("a member gets none of the leaders' intents", () => {
    expect([opinion('multa', 'leader')?.intent, opinion('multa', 'member')?.intent]).toEqual([
      'fine',
      undefined,
    ]);
  });

  test('is never a list when amounts were said: the reader of lists has seen none', () => {
    expect([opinion('lista', 'leader')?.intent, opinion('lista 100', 'leader')]).toEqual([
      'payments.record',
      undefined,
    ]);
  });

  test('has probabilities that add up to one, none for what is not allowed', () => {
    const allowed = small.intents.map((intent) => !LEADER_INTENTS.has(intent));
    const likely = toProbabilities(scoresOf(featuresOf(words('mi caja')), small), allowed);
    expect(likely.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 12);
    expect(likely[small.intents.indexOf('fine')]).toBe(0);
  });
});

describe('in a message', () => {
  const count = Number(process.env['COMADRE_FUZZ_COUNT'] ?? 4_000);
  const seed = Number(process.env['COMADRE_FUZZ_SEED'] ?? Date.now() % 1_000_000);
  const hear = (text: string, role: 'member' | 'leader', expecting: Expecting = 'nothing') =>
    understand(text, { language: 'es', role, roster, expecting, lexicons });
  const isOfModel = (why: readonly string[]): boolean => why.some((reason) => reason.startsWith('model: '));

  test(`it brings no amount, no item and no leader's intent (${count} texts, COMADRE_FUZZ_SEED=${seed})`, () => {
    const draw = seeded(seed);
    const corpus = corpusTexts();
    let given = 0;
    for (let n = 0; n < count; n += 1) {
      const text = mutated(corpus, draw);
      const role = n % 2 === 0 ? 'member' : 'leader';
      const { intent, items, amountMinor, purpose, clarify, why } = hear(text, role);
      if (!isOfModel(why)) continue;
      given += 1;
      expect({ text, items, amountMinor, purpose }).toEqual({ text, items: [] });
      expect(role === 'leader' || !LEADER_INTENTS.has(intent), text).toBe(true);
      if (intent === 'payment.report') expect(clarify, text).toBe(true);
    }
    expect(given).toBeGreaterThan(count / 100);
  });

  test('it is not asked where an amount or a name is waited for', () => {
    const decided = corpusTexts().filter((text) => isOfModel(hear(text, 'member').why));
    expect(decided.length).toBeGreaterThan(20);
    const waited = decided.flatMap((text) => [hear(text, 'member', 'amount'), hear(text, 'member', 'name')]);
    expect(waited.filter(({ why, intent }) => isOfModel(why) && intent !== 'urgent')).toEqual([]);
  });
});
