// One message in JSON, and what it means in JSON: the form of `comadre understand`.

import { z } from 'zod';
import type { Lexicons } from '../conversation/understand/lexicon.ts';
import type { Meaning, RosterEntry } from '../conversation/understand/meaning.ts';
import { understand } from '../conversation/understand/understand.ts';
import { toDecimal } from '../domain/money.ts';

/** A group is smaller by far; this keeps a mistaken file from becoming a slow answer. */
const ROSTER_MAX = 500;
const NAME_CHARS_MAX = 200;
const FAULTS_SAID = 3;

const LANGUAGES = ['es', 'en'] as const;
const ROLES = ['member', 'leader'] as const;
const EXPECTING = ['nothing', 'amount', 'name', 'menu'] as const;

const oneOf = <Value extends string>(values: readonly Value[]) =>
  z.enum(values, { error: `must be one of ${values.map((value) => `"${value}"`).join(', ')}` });

const nameField = z
  .string({ error: 'must be a text' })
  .min(1, { error: 'must not be empty' })
  .max(NAME_CHARS_MAX, { error: `must not be longer than ${NAME_CHARS_MAX} characters` });
const numberField = z
  .int({ error: 'must be a whole number' })
  .min(1, { error: 'must be 1 or more' })
  .optional();

const memberField = z.union([nameField, z.object({ number: numberField, name: nameField })], {
  error: 'must be a name, or an object such as {"number":3,"name":"Ana Ruiz"}',
});

const rosterField = z
  .array(memberField, { error: 'must be a list of names' })
  .max(ROSTER_MAX, { error: `must not have more than ${ROSTER_MAX} members` })
  .transform((members, ctx): RosterEntry[] => {
    const entries = members.map((member, at) =>
      typeof member === 'string'
        ? { number: at + 1, name: member }
        : { number: member.number ?? at + 1, name: member.name },
    );
    const numbers = new Set(entries.map(({ number }) => number));
    if (numbers.size < entries.length)
      ctx.addIssue({ code: 'custom', message: 'has two members with one number' });
    return entries;
  });

const lineSchema = z.object(
  {
    text: z.string({ error: 'must be a text: what was written' }),
    lang: oneOf(LANGUAGES).default('es'),
    role: oneOf(ROLES).default('member'),
    expecting: oneOf(EXPECTING).default('nothing'),
    roster: rosterField.default([]),
  },
  { error: 'must be one JSON object, such as {"text":"saldo","lang":"es","role":"member"}' },
);

export type UnderstoodLine =
  | { readonly ok: true; readonly json: string }
  /** `fault`: what is wrong and where, with what to write instead. */
  | { readonly ok: false; readonly fault: string };

export type LineOptions = { readonly lexicons: Lexicons; readonly explain: boolean };

/**
 * What the message of one line means, as one line of JSON. The line is an object: `text`; `lang` "es" (unless said) or
 * "en", the language she chose; `role` "member" (unless said) or "leader"; `roster`, names or
 * `{"number","name"}`, numbered from 1 where no number is given; `expecting`, what she was asked for. Other fields are
 * left alone.
 *
 * Amounts are decimal strings with two decimals ("150.00"), null where none was said. Names stand as in the roster.
 */
export const understoodLine = (line: string, { lexicons, explain }: LineOptions): UnderstoodLine => {
  const parsed = parseJson(line);
  if (!parsed) return { ok: false, fault: 'is not JSON: write one object, such as {"text":"saldo"}' };
  const read = lineSchema.safeParse(parsed.value);
  if (!read.success) {
    const faults = read.error.issues.slice(0, FAULTS_SAID);
    return { ok: false, fault: faults.map(({ path, message }) => `${placeOf(path)}${message}`).join('; ') };
  }
  const { text, lang, ...context } = read.data;
  const meaning = understand(text, { ...context, language: lang, lexicons });
  return { ok: true, json: JSON.stringify(written(meaning, { roster: context.roster, explain })) };
};

const parseJson = (line: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(line) };
  } catch {
    return undefined;
  }
};

/** "roster[2].name ", or nothing for the line as a whole. */
const placeOf = (path: readonly PropertyKey[]): string => {
  const place = path.reduce<string>(
    (at, key) => (typeof key === 'number' ? `${at}[${key}]` : `${at}${at && '.'}${String(key)}`),
    '',
  );
  return place === '' ? '' : `${place} `;
};

type Writing = { readonly roster: readonly RosterEntry[]; readonly explain: boolean };

/** JSON leaves out what is undefined. */
const written = (meaning: Meaning, { roster, explain }: Writing): object => {
  const names = new Map(roster.map(({ number, name }) => [number, name]));
  return {
    intent: meaning.intent,
    items: meaning.items.map(({ member, purpose, amountMinor }) => ({
      member: names.get(member),
      purpose,
      amount: amountMinor === undefined ? null : toDecimal(amountMinor),
    })),
    amount: meaning.amountMinor === undefined ? undefined : toDecimal(meaning.amountMinor),
    purpose: meaning.purpose,
    code: meaning.code,
    language: meaning.language,
    topic: meaning.topic,
    ambiguous: meaning.ambiguous.map(({ text }) => text),
    unknown: meaning.unknown,
    clarify: meaning.clarify,
    why: explain ? meaning.why : undefined,
  };
};
