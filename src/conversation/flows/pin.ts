import { ask, askPin } from '../access/ask-pin.ts';
import { nothingTold } from '../access/discreet.ts';
import { viewOf } from '../access/unlocked.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, say } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';

/** So long discreet mode goes on after she took it back. */
const DISCREET_HOURS = 24;

const NEW = { ask: 'new', kind: 'pin', first: '' } as const;

/**
 * "mi NIP": she has none and sets one, or gives it first, and then changes it, takes it away, or sets the other one. In discreet
 * mode it is answered as to the other one: nobody learns from it which of the two she gave.
 */
export const pinSaid = (turn: AskTurn): StepResult => {
  const { pin } = turn.snapshot;
  if (turn.pinWay === 'none') return decide(turn, { replies: [reply([say('pin.no-way')])] });
  if (!pin?.has) return ask(turn, NEW, { lines: [say('pin.what'), say('pin.rules')], waiting: undefined });
  const view = viewOf(turn.snapshot);
  if (view === 'discreet') return nothingTold(turn);
  if (view === 'locked') return askPin(turn);
  if (pin.isDiscreet) return nothingTold(turn);
  return decide(turn, { replies: [reply([say('pin.menu')], choices(pin.isRequired))] });
};

const choices = (isRequired: boolean): Offer[] => [
  offer('pinset:new', say('pin.change')),
  ...(isRequired ? [] : [offer('pinset:off', say('pin.remove'))]),
  offer('pinset:other', say('pin.other')),
];

/** What she chose there. Undefined: none of ours. */
export const pinVerb = (turn: AskTurn, what: string): StepResult | undefined => {
  const { pin } = turn.snapshot;
  const view = viewOf(turn.snapshot);
  if (view === 'discreet') return nothingTold(turn);
  if (pin?.has && view === 'locked') return askPin(turn);
  if (pin?.has && pin.isDiscreet) return nothingTold(turn);
  switch (what) {
    case 'new':
      return ask(turn, NEW, { lines: [say('pin.rules')], waiting: undefined });
    case 'off':
      return pin?.has && !pin.isRequired ? removed(turn) : undefined;
    case 'other':
      return pin?.has ? other(turn) : undefined;
    default:
      return undefined;
  }
};

const removed = (turn: AskTurn): StepResult =>
  decide(turn, {
    session: { unlocked: undefined },
    events: [{ type: 'pin-removed', memberId: turn.speaker.me.id }],
    replies: [reply([say('pin.removed')])],
  });

/** A second number, for when she is made to show what she has: with it everything is answered as in discreet mode. */
const other = (turn: AskTurn): StepResult =>
  ask(
    turn,
    { ...NEW, kind: 'other' },
    { lines: [say('pin.other-what'), say('pin.rules')], waiting: undefined },
  );

/** "modo discreto": what she asks about money is not answered in the chat any more. */
export const discreetOn = (turn: AskTurn): StepResult => setDiscreet(turn, true);

/**
 * Off again, in a day: whoever makes her write it sees the same until then, whichever PIN she gave, and she may take it back.
 * To the other PIN it is said, and not done.
 */
export const discreetOff = (turn: AskTurn): StepResult =>
  viewOf(turn.snapshot) === 'locked' ? askPin(turn) : setDiscreet(turn, false);

const setDiscreet = (turn: AskTurn, on: boolean): StepResult => {
  const isPretended = viewOf(turn.snapshot) === 'discreet';
  const until = on ? undefined : turn.snapshot.now.add({ hours: DISCREET_HOURS });
  return decide(turn, {
    events: isPretended ? [] : [{ type: 'discreet-set', memberId: turn.speaker.me.id, until }],
    replies: [reply([say(on ? 'discreet.on' : 'discreet.off')])],
  });
};
