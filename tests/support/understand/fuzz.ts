// One damaged message after the other is understood, and what comes out is held against what is written.

import { drawn, seeded } from '../../../bench/seeded.ts';
import { TEXT_CHARS_MAX } from '../../../src/conversation/message.ts';
import {
  INTENTS,
  LEADER_INTENTS,
  type Meaning,
  type RosterEntry,
} from '../../../src/conversation/understand/meaning.ts';
import { type UnderstandContext, understand } from '../../../src/conversation/understand/understand.ts';
import { AMOUNT_MINOR_MAX } from '../../../src/domain/money.ts';
import { lexicons } from '../lexicons.ts';
import { corpusTexts, mutated } from './mutate.ts';
import { saysAmount } from './oracle.ts';

const GIVEN = 'María Ana Rosa Guadalupe Petra Carmen Beatriz Juana Elena Socorro Refugio Consuelo'.split(' ');
const SURNAMES = 'Hernández García Martínez López Pérez de_la_Cruz Ruiz Ñáñez'.split(' ');

/** Invented groups: nobody, six, and forty of whom many share a name. */
const ROSTERS: readonly (readonly RosterEntry[])[] = [0, 6, 40].map((size) =>
  Array.from({ length: size }, (_, n) => ({
    number: n + 1,
    name: `${GIVEN[n % GIVEN.length]} ${SURNAMES[(n * 5) % SURNAMES.length]?.replaceAll('_', ' ')}`,
  })),
);

export type Fuzzed = {
  readonly count: number;
  /** How many of the meanings had an amount: where there are none nothing was tried. */
  readonly withAmount: number;
  /** Each names its message, so that it can be tried again. */
  readonly faults: readonly string[];
};

/**
 * Understands `count` messages drawn with `seed`: the same again for the same seed and corpus. A fault is an exception,
 * an amount that is not written, or anything that is not of the text or the group.
 */
export const fuzz = (count: number, seed: number): Fuzzed => {
  const draw = seeded(seed);
  const texts = corpusTexts();
  const faults: string[] = [];
  let withAmount = 0;
  for (let n = 0; n < count; n += 1) {
    const text = mutated(texts, draw);
    const context: UnderstandContext = {
      language: drawn(['es', 'en'], draw),
      role: drawn(['member', 'leader'], draw),
      expecting: drawn(['menu', 'amount', 'name', 'nothing'], draw),
      roster: drawn(ROSTERS, draw),
      lexicons,
    };
    const fault = faultOf(text, context, () => (withAmount += 1));
    if (fault === undefined) continue;
    const { lexicons: _, roster, ...rest } = context;
    faults.push(`${fault}: ${JSON.stringify({ text, ...rest, members: roster.length })}`);
  }
  return { count, withAmount, faults };
};

const faultOf = (text: string, context: UnderstandContext, counted: () => void): string | undefined => {
  try {
    const meaning = understand(text, context);
    const amounts = [meaning.amountMinor, ...meaning.items.map(({ amountMinor }) => amountMinor)].filter(
      (amount) => amount !== undefined,
    );
    if (amounts.length > 0) counted();
    const read = text.slice(0, TEXT_CHARS_MAX);
    const unwritten = amounts.find((amount) => amount > AMOUNT_MINOR_MAX || !saysAmount(read, amount));
    if (unwritten !== undefined) return `the amount ${unwritten} is not written`;
    return foreign(meaning, read, context);
  } catch (error) {
    return String(error);
  }
};

/** What does not come from the text or the group, or is not hers to say. */
const foreign = (meaning: Meaning, text: string, { role, roster }: UnderstandContext): string | undefined => {
  const numbers = new Set(roster.map(({ number }) => number));
  const members = [
    ...meaning.items.map(({ member }) => member),
    ...meaning.ambiguous.flatMap(({ candidates }) => candidates),
  ];
  if (members.some((member) => !numbers.has(member))) return 'a member is not of the group';
  if (!INTENTS.includes(meaning.intent)) return 'the intent is none';
  if (role === 'member' && (meaning.items.length > 0 || LEADER_INTENTS.has(meaning.intent)))
    return 'a member recorded';
  const fragments = [...meaning.unknown, ...meaning.ambiguous.map((name) => name.text)];
  return fragments.every((fragment) => text.includes(fragment)) ? undefined : 'a fragment is not of the text';
};
