import type { IncomingMessage } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { Offered } from '../session.ts';
import { decide, isMemberTurn, isOfficerTurn, type Turn } from '../turn.ts';
import { normalise } from '../understand/normalise.ts';
import { pending } from './pending.ts';

/** "Sí" and "no" are an answer to any question, also where just these are its labels. */
const WORD_CHARS_MIN = 4;

/**
 * "1" or "sí" while more than one question waits for her: each of them has a 1 and a yes, and a message may have crossed
 * with hers. Nothing is done for a woman she did not mean: what waits is asked about once more, one at a time and in full
 * words where it can be. A button says by itself which question it answers, and so does a word that only one of them has.
 */
export const whichQuestion = (turn: Turn, { body }: IncomingMessage): StepResult | undefined => {
  const { session, input } = turn;
  if (body.type !== 'text' || input.type !== 'choice' || !isAmbiguous(turn, body.text)) return undefined;
  const alone: Turn = { ...turn, session: { ...session, others: [] } };
  const choices = session.offered.map(({ payload, label }) => offer(payload, say('asked.one', { label })));
  // Her own question stays open; the one that came meanwhile waits where all do.
  if (session.flow.type !== 'idle') {
    return decide(alone, { flow: session.flow, replies: [reply([say('asked.meanwhile')], choices)] });
  }
  return waiting(alone) ?? decide(alone, { replies: [reply([say('asked.several')], choices)] });
};

const isAmbiguous = (turn: Turn, text: string): boolean => {
  const others = (turn.session.others ?? []).filter((other) => mayBeOpen(turn, other));
  if (others.length === 0) return false;
  const word = normalise(text);
  const isLabel = (choices: readonly Offered[]): boolean =>
    choices.some(({ label }) => normalise(label) === word);
  return word.length < WORD_CHARS_MIN || !isLabel(turn.session.offered) || others.some(isLabel);
};

/** The same question again is no other one; nor is one about a payment that has been decided. */
const mayBeOpen = ({ session, snapshot: { speaker } }: Turn, choices: readonly Offered[]): boolean => {
  const [verb, , id] = choices[0]?.payload.split(':') ?? [];
  // That there is something to see is no question.
  if (
    verb === undefined ||
    verb === 'see' ||
    choices.some(({ payload }) => session.offered.some((o) => o.payload === payload))
  ) {
    return false;
  }
  const desk = speaker.type === 'member' ? speaker.company?.desk : undefined;
  return verb !== 'pay' || desk === undefined || desk.waiting.some((payment) => payment.id === id);
};

/** What waits for an officer, from the first on; undefined where the last question is none of that kind. */
const waiting = (turn: Turn): StepResult | undefined => {
  const { speaker } = turn.snapshot;
  if (speaker.type !== 'member') return undefined;
  const member = { ...turn, speaker };
  if (!isMemberTurn(member) || !isOfficerTurn(member)) return undefined;
  const result = pending(member);
  if (result.type === 'needs') return result;
  const [first, ...more] = result.outcome.replies;
  const isOfThem = first?.offers.some(({ payload }) => sameKind(payload, turn.session.offered));
  if (!first || !isOfThem) return undefined;
  const replies = [{ ...first, lines: [say('asked.in-turn'), ...first.lines] }, ...more];
  return { ...result, outcome: { ...result.outcome, replies } };
};

const sameKind = (payload: string, offered: readonly Offered[]): boolean =>
  offered.some((one) => one.payload.split(':')[0] === payload.split(':')[0]);
