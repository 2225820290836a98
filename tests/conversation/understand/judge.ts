import { readAmount } from '../../../src/conversation/understand/amount.ts';
import type { Meaning, RosterEntry } from '../../../src/conversation/understand/meaning.ts';
import { resolveName } from '../../../src/conversation/understand/name.ts';
import { type Expecting, understand } from '../../../src/conversation/understand/understand.ts';
import { parseDecimal, toDecimal } from '../../../src/domain/money.ts';
import { lexicons } from '../../support/lexicons.ts';

/** What the rows of the corpus files say; each string is one message. A file has the tables it needs. */
type Tables = {
  readonly intentsEs: [intent: string, role: string, text: string][];
  readonly intentsEn: [intent: string, role: string, text: string][];
  readonly outOfScope: [role: string, text: string][];
  readonly urgent: string[];
  readonly notUrgent: string[];
  readonly amounts: [text: string, expected: string][];
  readonly names: [text: string, expected: string][];
  readonly listsEs: [text: string, expected: string][];
  readonly listsEn: [text: string, expected: string][];
};
export type Corpus = Partial<Tables>;
export type Table = keyof Tables;
/** The judged rows of every table. */
export type Judged = Record<Table, Row[]>;

export const roster: RosterEntry[] = [
  'Petra Gómez',
  'Consuelo Ruiz',
  'Refugio Díaz',
  'Guadalupe Pérez',
  'Esperanza Luna',
  'Yolanda Cruz',
  'Ana López',
  'Juana Méndez',
  'Micaela Sántiz',
  'María Santos',
  'María Elena Torres',
  'Rosario Jiménez',
  'Concepción Flores',
  'Antonia Reyes',
  'Patricia Vega',
  'Rosa Molina',
  'Mercedes Ortiz',
].map((name, index) => ({ number: index + 1, name }));

/** One row of a table: the message, what it should mean and what it means, in the same short writing. */
export type Row = { readonly text: string; readonly expected: string; readonly actual: string };

type Hearing = { readonly language?: 'es' | 'en'; readonly role?: string; readonly expecting?: Expecting };

export const hear = (
  text: string,
  { language = 'es', role = 'member', expecting = 'nothing' }: Hearing = {},
): Meaning =>
  understand(text, { language, role: role === 'leader' ? 'leader' : 'member', roster, expecting, lexicons });

const amountOf = (text: string): string => {
  const reading = readAmount(text, lexicons);
  if (reading.type === 'amount') return toDecimal(reading.minor);
  return reading.type === 'none' ? '-' : '?';
};

const nameOf = (text: string): string => {
  const reading = resolveName(text, roster, lexicons);
  if (reading.type === 'member') return String(reading.number);
  return reading.type === 'ambiguous' ? reading.candidates.join(',') : '?';
};

const decimal = (written: string): string => toDecimal(parseDecimal(written) ?? -1n);

/** "R all:pay=100 1:unpaid ! ?": R a list, A absences; one word an item; -1 nothing of her; ! clarify; ? something unknown; & ambiguous. */
const listOf = (meaning: Meaning): string => {
  const kind =
    meaning.intent === 'payments.record' ? 'R' : meaning.intent === 'attendance' ? 'A' : meaning.intent;
  const items = meaning.items.map(({ member, purpose, amountMinor }) =>
    amountMinor === undefined ? `${member}:${purpose}` : `${member}:${purpose}=${toDecimal(amountMinor)}`,
  );
  const ambiguous = meaning.ambiguous.map(({ candidates }) => `&${candidates.join(',')}`);
  const marks = [...(meaning.clarify ? ['!'] : []), ...(meaning.unknown.length > 0 ? ['?'] : [])];
  return [kind, ...[...items, ...ambiguous].toSorted(), ...marks].join(' ');
};

const expectedList = (written: string): string => {
  const [kind = '', ...words] = written.split(' ');
  const items = words.filter((word) => /^\d/.test(word));
  const all = words.find((word) => word.startsWith('all:'))?.slice('all:'.length);
  const left = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
  const named = new Set([...left, ...items.map((item) => item.split(':')[0])]);
  const others = all
    ? roster.filter(({ number }) => !named.has(String(number))).map(({ number }) => `${number}:${all}`)
    : [];
  const full = [...items, ...others].map((item) => {
    const [what = '', amount] = item.split('=');
    return amount === undefined ? what : `${what}=${decimal(amount)}`;
  });
  const ambiguous = words.filter((word) => word.startsWith('&'));
  const marks = [...new Set(words.filter((word) => word === '!' || word === '?'))];
  return [kind, ...[...full, ...ambiguous].toSorted(), ...marks].join(' ');
};

const LANGUAGES = ['es', 'en'] as const;

const intentRows = (rows: Corpus['intentsEs'], language: 'es' | 'en'): Row[] =>
  (rows ?? []).map(([expected, role, text]) => ({
    text,
    expected,
    actual: hear(text, { language, role }).intent,
  }));

const listRows = (rows: Corpus['listsEs'], language: 'es' | 'en'): Row[] =>
  (rows ?? []).map(([text, expected]) => ({
    text,
    expected: expectedList(expected),
    actual: listOf(hear(text, { language, role: 'leader' })),
  }));

/** Danger must be heard, and calm left alone, whichever language her dialogue is in. */
const dangerRows = (texts: readonly string[] | undefined, expected: boolean): Row[] =>
  (texts ?? []).map((text) => {
    const heard = LANGUAGES.map((language) => hear(text, { language, role: 'leader' }).intent === 'urgent');
    const right = heard.every((urgent) => urgent === expected);
    return { text, expected: String(expected), actual: String(right ? expected : !expected) };
  });

const chatterRow = ([role, text]: [string, string]): Row => {
  const intents = LANGUAGES.map((language) => hear(text, { language, role }).intent);
  return { text, expected: 'unknown', actual: intents.find((intent) => intent !== 'unknown') ?? 'unknown' };
};

/** The rows of each table of a corpus. */
export const rowsOf = (corpus: Corpus): Judged => ({
  intentsEs: intentRows(corpus.intentsEs, 'es'),
  intentsEn: intentRows(corpus.intentsEn, 'en'),
  outOfScope: (corpus.outOfScope ?? []).map(chatterRow),
  urgent: dangerRows(corpus.urgent, true),
  notUrgent: dangerRows(corpus.notUrgent, false),
  amounts: (corpus.amounts ?? []).map(([text, expected]) => ({
    text,
    expected: /^\d/.test(expected) ? decimal(expected) : expected,
    actual: amountOf(text),
  })),
  names: (corpus.names ?? []).map(([text, expected]) => ({ text, expected, actual: nameOf(text) })),
  listsEs: listRows(corpus.listsEs, 'es'),
  listsEn: listRows(corpus.listsEn, 'en'),
});
