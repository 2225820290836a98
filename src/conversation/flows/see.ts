import { firstName, hasPlace } from '../../domain/group.ts';
import { askPin } from '../access/ask-pin.ts';
import { isPretended, viewOf } from '../access/unlocked.ts';
import { isQuietKind } from '../closed.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, needs } from '../turn.ts';
import { meetingLine } from './ask.ts';
import { waitsForHer } from './danger-words.ts';

const REMINDERS: ReadonlySet<string> = new Set(['reminder', 'late']);

/**
 * "Ver": what waits closed goes out now, behind her PIN where she has one. In discreet mode, and to whoever gave the other
 * PIN, only what tells nothing of money does; of the rest it is said that it is seen at the meeting. What is written to her in
 * danger is nothing of the meeting's: in discreet mode she is shown the way to it.
 */
export const see = (turn: AskTurn): StepResult => {
  const view = viewOf(turn.snapshot);
  if (view === 'locked') return askPin(turn);
  const { waits = [], pin } = turn.snapshot;
  if (waits.length === 0) {
    return decide(turn, { replies: [reply([say('closed.none')], [offer('ask:menu', say('menu.all'))])] });
  }
  const isHushed = view === 'discreet' || pin?.isDiscreet === true;
  if (isHushed && mayBeDanger(turn, waits) && !turn.speaker.extra.danger)
    return needs({ type: 'own-danger' });
  const kinds = isHushed ? waits.filter(isQuietKind) : waits;
  const lines = isHushed ? hushed(turn, waits) : shown(waits);
  return decide(turn, {
    events: [shownEvent(turn, kinds)],
    replies: [
      ...(lines.length > 0 ? [reply(lines)] : []),
      ...(isHushed && mayBeDanger(turn, waits) ? inDanger(turn) : []),
    ],
  });
};

/** What is written to her in danger is told of by a notice that many others are of. */
const mayBeDanger = ({ speaker, snapshot }: AskTurn, waits: readonly string[]): boolean =>
  waits.includes('answer') && hasPlace(speaker.me.state) && !isPretended(snapshot);

/** The notice that waits on, as she would have had it. */
const inDanger = ({ speaker: { me, extra } }: AskTurn): Reply[] =>
  extra.danger && waitsForHer(extra.danger)
    ? [reply([say('notice.opener', { name: firstName(me.name) })], [offer('danger:see', say('danger.see'))])]
    : [];

/** What goes out of what waits. */
export const shownEvent = (turn: AskTurn, kinds: readonly string[]): DomainEvent => ({
  type: 'notices-shown',
  memberId: turn.speaker.me.id,
  kinds,
});

/** A reminder may hold no more when she looks: then nothing comes, and she is not left wondering. */
const shown = (waits: readonly string[]): Say[] =>
  waits.every((kind) => REMINDERS.has(kind)) ? [say('closed.reminder')] : [];

/** Of a meeting anybody may know who holds the telephone. */
const hushed = (turn: AskTurn, waits: readonly string[]): Say[] => [
  ...(waits.some((kind) => REMINDERS.has(kind)) ? [meetingLine(turn)] : []),
  ...(waits.every((kind) => REMINDERS.has(kind) || isQuietKind(kind)) ? [] : [say('discreet.answer')]),
];
