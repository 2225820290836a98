// A command that reads one question in JSON from standard input and answers in JSON on standard output. It opens no
// database and reads no settings, so that programs of others can ask it as often as they like.

import type { z } from 'zod';

/** @param form what may be asked; what it refuses is said in one line and nothing is answered */
export type JsonQuestion<Asked> = {
  readonly form: z.ZodType<Asked>;
  readonly answer: (asked: Asked) => unknown;
};

export type JsonAnswer =
  | { readonly ok: true; readonly json: string }
  /** `fault` is one line: what is wrong, where, what to write. */
  | { readonly ok: false; readonly fault: string };

/** 10,000 weights of the longest kind fit several times. */
const QUESTION_CHARS_MAX = 2_000_000;
const FAULTS_SAID = 3;
const FAULT_CHARS_MAX = 300;

/** Answers a question, or says what is wrong with it. */
export const answerText = <Asked>(question: JsonQuestion<Asked>, text: string): JsonAnswer => {
  const asked = readJson(text);
  if (asked === undefined)
    return wrong('the question is not JSON: write one object, such as {"total":"100"}');
  const read = question.form.safeParse(asked.value);
  if (!read.success) return wrong(read.error.issues.slice(0, FAULTS_SAID).map(inWords).join('; '));
  return { ok: true, json: JSON.stringify(question.answer(read.data)) };
};

/** The command. Exit 0 with the answer, or 2 with one line on standard error. */
export const answerStdin = async <Asked>(question: JsonQuestion<Asked>): Promise<number> => {
  const text = await readStdin();
  const answer =
    text === undefined
      ? wrong(`the question is longer than ${QUESTION_CHARS_MAX} characters`)
      : answerText(question, text);
  if (answer.ok) process.stdout.write(`${answer.json}\n`);
  else process.stderr.write(`${answer.fault}\n`);
  return answer.ok ? 0 : 2;
};

/** All of it, or undefined when it is too long. Read to its end even then: whoever writes it is not cut off. */
const readStdin = async (): Promise<string | undefined> => {
  let text: string | undefined = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) {
    if (text !== undefined) text += String(piece);
    if (text !== undefined && text.length > QUESTION_CHARS_MAX) text = undefined;
  }
  return text;
};

const readJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** What was sent may hold line ends and be of any length; a fault is one line that fits a screen. */
const wrong = (fault: string): JsonAnswer => {
  const line = fault.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return { ok: false, fault: line.length > FAULT_CHARS_MAX ? `${line.slice(0, FAULT_CHARS_MAX)}…` : line };
};

const inWords = (issue: z.core.$ZodIssue): string => {
  const place = issue.path.reduce<string>(
    (at, key) => (typeof key === 'number' ? `${at}[${key}]` : `${at}${at === '' ? '' : '.'}${String(key)}`),
    '',
  );
  const at = place === '' ? 'the question' : place;
  if (place === '' && issue.code === 'invalid_type') return `${at} must be one JSON object`;
  if (issue.code === 'unrecognized_keys') {
    return `${at} has a field that is not known, ${issue.keys.map((key) => `"${key}"`).join(', ')}: leave it out`;
  }
  return `${at} ${issue.message}`;
};
