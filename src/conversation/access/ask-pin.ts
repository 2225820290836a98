import type { IncomingBody } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { Waiting } from '../session.ts';
import { decide, type Turn } from '../turn.ts';
import { type AskedFor, askDigits } from './pin-pad.ts';

/**
 * What she asked for needs her PIN: it is asked for, and what she asked for waits meanwhile. Where her programme wants a
 * PIN and she has none, she sets one first.
 */
export const askPin = (turn: Turn): StepResult => {
  if (turn.snapshot.pin?.has) return askWhose(turn);
  const lines = [say('pin.required'), say('pin.rules')];
  return ask(turn, { ask: 'new', kind: 'pin', first: '' }, { lines, waiting: waitingFor(turn) });
};

/** A PIN of this telephone is asked for: whose it is says who is there, whoever spoke last. */
export const askWhose = (turn: Turn): StepResult => {
  const closed = closedWords(turn);
  if (closed) return decide(turn, { session: { waiting: undefined }, replies: [closed] });
  return ask(
    turn,
    { ask: 'open', kind: 'pin', first: '' },
    { lines: [say('pin.ask')], waiting: waitingFor(turn) },
  );
};

/** Asks for digits, and keeps what waits for them. Where she cannot type any without a trace, she is told. */
export const ask = (
  turn: Turn,
  what: AskedFor,
  how: { readonly lines: readonly Say[]; readonly waiting: Waiting | undefined },
): StepResult => {
  if (turn.pinWay === 'none') {
    return decide(turn, { session: { waiting: undefined }, replies: [reply([say('pin.no-way')])] });
  }
  const { flow, reply: asked, events } = askDigits(turn, what, how.lines);
  return decide(turn, { flow, events, session: { waiting: how.waiting }, replies: [asked] });
};

/**
 * After too many wrong ones: in how many minutes, or by whom, it can be tried again. The same words as after one more.
 * Undefined while the PIN of anybody here may be tried.
 */
export const closedWords = (turn: Turn, waitUntil = turn.snapshot.pin?.waitUntil) => {
  const { pin, now } = turn.snapshot;
  if (pin?.isShut) return reply([say('pin.blocked')], [offer('pinreset', say('pin.tell-leader'))]);
  if (waitUntil === undefined) return undefined;
  const minutes = Math.ceil(waitUntil.since(now).total('minutes'));
  return minutes > 0 ? reply([say('pin.wait', { count: minutes })]) : undefined;
};

/** What she wrote or pressed, to be answered afterwards; of what she said while she was asked, the question before it. */
const waitingFor = (turn: Turn): Waiting | undefined => {
  const { session, snapshot, body } = turn;
  if (snapshot.speaker.type !== 'member' || !isKept(body)) return undefined;
  const { flow, offered } =
    session.flow.type === 'pin' ? (session.waiting ?? { flow: { type: 'idle' }, offered: [] }) : session;
  return { by: snapshot.speaker.me.id, body, flow, offered };
};

const isKept = (body: IncomingBody): body is Waiting['body'] =>
  body.type === 'text' || body.type === 'button';
