import { isPinShaped } from '../../domain/pin.ts';
import type { IncomingMessage } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { type Reply, reply, type Say, say, takenBack } from '../say.ts';
import type { Waiting } from '../session.ts';
import { decide, needs, type Turn } from '../turn.ts';
import { normalise } from '../understand/normalise.ts';
import type { PinFlow, View } from './pin-facts.ts';
import { askDigits } from './pin-pad.ts';
import { LOCKED } from './unlocked.ts';

/** So many numbers of a chat are remembered while she chooses one. */
const SHOWN_MAX = 9;
/** What it is called, in whichever language she writes. */
const NAMES: ReadonlySet<string> = new Set(['nip', 'pin']);
/** A text with a PIN in it is not longer. */
const PIN_TEXT_CHARS_MAX = 60;

/** The digits of what she wrote, where they may be a PIN: alone, or between words while it is a PIN that is spoken of. */
export const digitsIn = (turn: Turn, text: string): string | undefined => {
  if (isPinShaped(text.trim())) return text.trim();
  const digits = text.replace(/\D/gu, '');
  if (text.length > PIN_TEXT_CHARS_MAX || !isPinShaped(digits)) return undefined;
  return turn.session.flow.type === 'pin' || isNamed(turn) ? digits : undefined;
};

/** She says that it is her PIN: then it answers no question, whichever is open. */
const isNamed = ({ body, input }: Turn): boolean =>
  (input.type === 'words' && input.meaning.intent === 'pin.set') ||
  (body.type === 'text' && body.text.split(' ').some((word) => NAMES.has(normalise(word))));

/**
 * Digits written in the chat. While she is asked for her PIN they are not taken; and where they are her PIN, and no number
 * is an answer to anything or she names it, whoever reads along knows it now: she sets another at once. An amount in a chat is
 * no guess: a few are looked at in a day, and none of them closes anything.
 */
export const pinWritten = (turn: Turn, message: IncomingMessage, digits: string): StepResult | undefined => {
  const { pin, pinTold: told } = turn.snapshot;
  const { flow } = turn.session;
  const isAsked = flow.type === 'pin';
  const isAnswer = flow.type !== 'idle' && !isNamed(turn);
  if (!isAsked && (isAnswer || !(pin?.has || pin?.isShared))) return undefined;
  if (isAsked && flow.ask !== 'open')
    return notHere(turn, message, { ...flow, shown: [...flow.shown, digits].slice(-SHOWN_MAX) });
  if (!told) return needs({ type: 'pin', check: { do: 'look', digits } });
  if (told.type === 'right') return seen(turn, message, { view: told.view, digits });
  return isAsked ? notHere(turn, message, flow) : undefined;
};

/** Her message goes where the platform lets us take it away. */
const gone = ({ canErase }: Turn, { messageId }: IncomingMessage): Reply[] =>
  canErase ? [takenBack({ hers: messageId })] : [];

/** A PIN is not written here. */
export const notHere = (turn: Turn, message: IncomingMessage, flow: PinFlow): StepResult =>
  decide(turn, {
    flow,
    session: { offered: turn.session.offered },
    replies: [
      ...gone(turn, message),
      reply([say(flow.way === 'link' ? 'pin.not-here-page' : 'pin.not-here')]),
    ],
  });

/**
 * Another one in the place of the one that others know: of her who gave the second, the second, so that nobody who made her give
 * it sets what opens everything, or learns which of them it was.
 */
export const setAnother = (
  turn: Turn,
  view: View,
  how: {
    readonly lines: readonly Say[];
    readonly waiting: Waiting | undefined;
    readonly shown: readonly string[];
  },
): StepResult => {
  const { speaker } = turn.snapshot;
  const session = {
    ...LOCKED,
    waiting: how.waiting,
    ...(speaker.type === 'member' && { as: speaker.me.id }),
  };
  if (turn.pinWay === 'none') return decide(turn, { session, replies: [reply(how.lines)] });
  const kind = view === 'all' ? 'pin' : 'other';
  const asked = askDigits(turn, { ask: 'new', kind, first: '', shown: how.shown }, [
    ...how.lines,
    say('pin.rules'),
  ]);
  return decide(turn, { flow: asked.flow, events: asked.events, session, replies: [asked.reply] });
};

/** Whoever reads it could set another one: it is she who does, while she holds the telephone. */
const seen = (
  turn: Turn,
  message: IncomingMessage,
  { view, digits }: { readonly view: View; readonly digits: string },
): StepResult => {
  const { speaker } = turn.snapshot;
  const erased = gone(turn, message);
  const stays = erased.length === 0;
  const lines = [say('pin.seen'), say(stays ? 'pin.seen-stays' : 'pin.seen-gone')];
  const result = setAnother(turn, view, { lines, waiting: undefined, shown: [digits] });
  if (result.type !== 'decided' || speaker.type !== 'member') return result;
  const { outcome } = result;
  const kind = view === 'all' ? ('pin' as const) : ('other' as const);
  const known = { type: 'pin-known', memberId: speaker.me.id, kind, stays } as const;
  return {
    ...result,
    outcome: {
      ...outcome,
      events: [known, ...outcome.events],
      replies: [...erased, ...outcome.replies],
    },
  };
};
