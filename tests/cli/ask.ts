import { answerText, type JsonQuestion } from '../../src/cli/json-question.ts';
import type { Wording } from '../domain/loan/wording.ts';

type Row = Record<'date' | 'principal' | 'interest' | 'due' | 'balance', string> & { readonly n: number };

/** What `comadre loan-schedule` answers. */
export type ScheduleAnswer = {
  readonly rows: readonly Row[];
  readonly totals: Record<'principal' | 'interest' | 'due', string>;
};

/** The answer to a question, as another program reads it. */
export const answered = <Asked>(question: JsonQuestion<Asked>, asked: object): unknown => {
  const answer = answerText(question, JSON.stringify(asked));
  if (!answer.ok) throw new Error(answer.fault);
  return JSON.parse(answer.json);
};

/** The terms of a loan as the command is asked; a first date of its own is a part of the first period there. */
export const scheduleAsked = ({ firstDue, ...wording }: Wording): object =>
  firstDue === undefined ? wording : { ...wording, dayCount: `${wording.dayCount}, first period 17/31` };
