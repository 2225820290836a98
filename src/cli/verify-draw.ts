import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { loadLocales } from '../app/load-locales.ts';
import { type Content, createContent } from '../content/render.ts';
import { checkRecord, type DrawRecord, RECORD_FORMAT, type RecordFault } from '../domain/draw/record.ts';
import { ROOT } from '../start.ts';
import { sha256 } from '../store/sha256.ts';
import { complain, print } from './command.ts';

/** A group is 30 women; these keep a file of nonsense from being drawn for hours. */
const LOTS_MAX = 200;
const CHARS_MAX = 200_000;
const LINE_CHARS_MAX = 200;
const FAULTS_SAID = 3;

const NUMBER = { error: 'must be a number of the roster, from 1 to 9999' };
const NUMBERS = { error: `must be a list of at most ${LOTS_MAX} numbers of the roster` };
const HASH = { error: 'must be 64 digits of 0-9 and a-f' };
const LOTS = { error: 'must be a list of at least two numbers of the roster' };
const WORDS = { error: 'must be a list such as [{"number":1,"word":"mango"}]' };
const LINE = { error: `must be a text of 1 to ${LINE_CHARS_MAX} characters` };

const number = z.int(NUMBER).min(1, NUMBER).max(9_999, NUMBER);
const numbers = z.array(number, NUMBERS).max(LOTS_MAX, NUMBERS);
const hash = z.string(HASH).regex(/^[0-9a-f]{64}$/, HASH);
const line = z.string(LINE).min(1, LINE).max(LINE_CHARS_MAX, LINE);

const recordSchema: z.ZodType<DrawRecord> = z.strictObject({
  format: z.literal(RECORD_FORMAT, { error: `must be "${RECORD_FORMAT}"` }),
  purpose: z.enum(['turns', 'gift'], { error: 'must be "turns" or "gift"' }),
  commit: hash,
  follows: hash.nullable(),
  lots: numbers.min(2, LOTS),
  words: z.array(z.strictObject({ number, word: line }), WORDS).max(LOTS_MAX, WORDS),
  dice: line.nullable(),
  secret: line.nullable(),
  order: numbers.nullable(),
});

const LANGUAGES = ['es', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/**
 * Draws again from a published record and says whether the order is the published one, in the reader's language.
 *
 * @param file a file of JSON, or "-" for standard input
 * @returns 0 correct, 1 something does not fit, 2 not a record; then one line on standard error
 */
export const verifyDrawCommand = async (
  file: string,
  options: { readonly language: string },
): Promise<number> => {
  const language = LANGUAGES.find((known) => known === options.language);
  if (!language) return refused(`--language is one of: ${LANGUAGES.join(', ')}.`);
  const text = await (file === '-' ? readStdin() : readFile(file, 'utf8')).catch(() => undefined);
  if (text === undefined) return refused(`${file} cannot be read: give a file, or - for standard input.`);
  const record = readRecord(text);
  if (typeof record === 'string') return refused(record);
  const { order, faults } = checkRecord(sha256, record);
  const content = createContent(loadLocales(new URL('locales/', ROOT)).texts);
  if (order) print(content.sentence({ key: 'draw.order', with: { order: order.join(', ') } }, language));
  for (const fault of faults) print(faultText(content, fault, language));
  if (faults.length === 0) print(content.sentence({ key: 'draw.correct', with: {} }, language));
  return faults.length === 0 ? 0 : 1;
};

const faultText = (content: Content, fault: RecordFault, language: Language): string =>
  content.sentence({ key: `draw.fault.${fault.type}`, with: valuesOf(fault) }, language);

const valuesOf = (fault: RecordFault): Readonly<Record<string, string | number>> => {
  if ('numbers' in fault) return { numbers: fault.numbers.join(', ') };
  if ('published' in fault) return { published: fault.published.join(', ') };
  return 'min' in fault ? { min: fault.min } : {};
};

const refused = (sentence: string): number => {
  complain(sentence);
  return 2;
};

/** The record, or one line that says what is wrong with it and where. */
const readRecord = (text: string): DrawRecord | string => {
  if (text.length > CHARS_MAX) return `It is longer than ${CHARS_MAX} characters: that is not one draw.`;
  const json = parseJson(text);
  if (!json)
    return 'It is not JSON. Give the record as the group received it, from the first { to the last }.';
  const read = recordSchema.safeParse(json.value);
  if (read.success) return read.data;
  const said = read.error.issues.slice(0, FAULTS_SAID).map((issue) => {
    const place = issue.path.map(String).join('.');
    return `${place === '' ? 'the record' : place}: ${issue.message}`;
  });
  return `It is not the record of a draw. ${said.join('; ').replace(/\s+/g, ' ')}`;
};

const parseJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const readStdin = async (): Promise<string> => {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) {
    text += String(piece);
    if (text.length > CHARS_MAX) break;
  }
  return text;
};
