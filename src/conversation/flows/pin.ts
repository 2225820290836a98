import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../domain/ids.ts';
import { ask, askPin } from '../access/ask-pin.ts';
import { nothingTold } from '../access/discreet.ts';
import { isPretended, LOCKED, viewOf } from '../access/unlocked.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, say, takenBack } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';

const NEW = { ask: 'new', kind: 'pin', first: '' } as const;

/** "mi NIP": she has none and sets one, or gives it first, and then changes it, takes it away, or sets the other one. */
export const pinSaid = (turn: AskTurn): StepResult => {
  const { pin } = turn.snapshot;
  if (turn.pinWay === 'none') return decide(turn, { replies: [reply([say('pin.no-way')])] });
  if (!pin?.has) return ask(turn, NEW, { lines: [say('pin.what'), say('pin.rules')], waiting: undefined });
  const view = viewOf(turn.snapshot);
  if (view === 'discreet') return nothingTold(turn);
  if (view === 'locked') return askPin(turn);
  const id = turn.newId();
  return decide(turn, { replies: [{ ...reply([say('pin.menu')], choices(pin.isRequired, id)), id }] });
};

/** @param menuId the message they stand under: it goes, where it can, when she sets the second one */
const choices = (isRequired: boolean, menuId: string): Offer[] => [
  offer('pinset:new', say('pin.change')),
  ...(isRequired ? [] : [offer('pinset:off', say('pin.remove'))]),
  offer(`pinset:other:${menuId}`, say('pin.other')),
];

/** What she chose there. Undefined: none of ours. */
export const pinVerb = (turn: AskTurn, what: string, menuId: string): StepResult | undefined => {
  const { pin } = turn.snapshot;
  const view = viewOf(turn.snapshot);
  if (view === 'discreet') return nothingTold(turn);
  if (pin?.has && view === 'locked') return askPin(turn);
  switch (what) {
    case 'new':
      return ask(turn, NEW, { lines: [say('pin.rules')], waiting: undefined });
    case 'off':
      return pin?.has && !pin.isRequired ? removed(turn) : undefined;
    case 'other':
      return pin?.has ? other(turn, menuId) : undefined;
    default:
      return undefined;
  }
};

const removed = (turn: AskTurn): StepResult =>
  decide(turn, {
    session: LOCKED,
    events: [{ type: 'pin-removed', memberId: turn.speaker.me.id }],
    replies: [reply([say('pin.removed')])],
  });

/**
 * A second number, for when she is made to show what she has: with it everything is answered as in discreet mode. The menu that
 * names it does not stay in the chat.
 */
const other = (turn: AskTurn, menuId: string): StepResult => {
  const lines = [say('pin.other-what'), say('pin.rules')];
  const result = ask(turn, { ...NEW, kind: 'other' }, { lines, waiting: undefined });
  if (result.type !== 'decided' || turn.pinWay !== 'keypad' || !isId(menuId)) return result;
  const { outcome } = result;
  return {
    ...result,
    outcome: { ...outcome, replies: [takenBack({ ours: menuId }), ...outcome.replies] },
  };
};

/** Turned off, it ends so much later: nobody who makes her do it sees an amount by that. */
const DISCREET_HOURS = 24;

/** "modo discreto": what her PIN opens is not answered in the chat any more. */
export const discreetOn = (turn: AskTurn): StepResult => setDiscreet(turn, undefined);

/** Off again, from tomorrow on. */
export const discreetOff = (turn: AskTurn): StepResult => {
  const { now } = turn.snapshot;
  if (viewOf(turn.snapshot) === 'all') return decide(turn, { replies: [reply([say('discreet.is-off')])] });
  return setDiscreet(turn, now.add({ hours: DISCREET_HOURS }));
};

/** To whoever gave the other PIN it is said in the same words, and not done. */
const setDiscreet = (turn: AskTurn, until: Temporal.Instant | undefined): StepResult => {
  return decide(turn, {
    events: isPretended(turn.snapshot) ? [] : [{ type: 'discreet-set', memberId: turn.speaker.me.id, until }],
    replies: [reply([say(until ? 'discreet.off' : 'discreet.on')])],
  });
};
