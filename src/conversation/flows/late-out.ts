import type { Temporal } from 'temporal-polyfill';
import type { StepResult } from '../outcome.ts';
import { isPast, type OfficerTurn } from '../turn.ts';
import type { Intent, SaidDay } from '../understand/meaning.ts';
import { outInWords, startCapital } from './out.ts';

/** So many of her last words may name the day: "de la reunión del martes 10 de noviembre". */
const DAY_WORDS_MAX = 9;

const IS_OUT: ReadonlySet<Intent> = new Set(['money.out', 'capital.in', 'capital.out']);

/**
 * "gasto 50 de copias del domingo pasado", "retiro de Ana 100 de la reunión pasada": what was said of the box's money, and the day
 * it ends with. A weekday alone is not taken for a past meeting: "la comida del domingo" is no day of the book.
 */
export const outAndDay = (
  turn: OfficerTurn,
): { readonly said: SaidDay; readonly rest: string } | undefined => {
  if (turn.input.type !== 'words' || !IS_OUT.has(turn.input.meaning.intent)) return undefined;
  const words = turn.input.text.trim().split(/\s+/u);
  for (let at = Math.max(1, words.length - DAY_WORDS_MAX); at < words.length; at += 1) {
    const said = dayIn(turn, words.slice(at).join(' '));
    if (said) return { said, rest: words.slice(0, at).join(' ') };
  }
  return undefined;
};

/** The day, where these words are nothing but one: of a meeting that is named, or said so that it can only be over. */
const dayIn = (turn: OfficerTurn, words: string): SaidDay | undefined => {
  const meeting = turn.read(words).ofDay;
  if (meeting) return meeting.rest === '' ? meeting.said : undefined;
  const day = LISTS.map((list) => turn.read(`${list} ${words}`).ofDay).find((found) => found?.rest === '');
  return day && (day.said.type !== 'weekday' || day.said.isLast) ? day.said : undefined;
};

/** A day is read behind what it is the day of, in either language. */
const LISTS = ['lista', 'list'];

/** What left a box, or came in for loans, in words; undefined where it is neither. `on`: of which meeting it is. */
export const outOf = (turn: OfficerTurn, text: string, on: Temporal.PlainDate): StepResult | undefined => {
  const meaning = turn.read(text);
  if (!IS_OUT.has(meaning.intent)) return undefined;
  const said = { ...turn, input: { type: 'words' as const, text, meaning } };
  const past = isPast(turn, on) ? on : undefined;
  if (meaning.intent === 'money.out') return outInWords(said, past);
  const kind = meaning.intent === 'capital.in' ? 'capital-in' : 'capital-back';
  return startCapital(said, { kind, on: past });
};
