import type { Temporal } from 'temporal-polyfill';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { currentMeeting, decide, isPast, type OfficerTurn } from '../turn.ts';

/** What may be done in an open meeting: in a tanda the round is handed over, elsewhere there are loans and savings. */
export const agenda = (turn: OfficerTurn, on: Temporal.PlainDate, before: readonly Say[] = []): Reply => {
  const past = isPast(turn, on) ? on.toString() : undefined;
  const isTanda = turn.speaker.group.tanda !== undefined;
  return reply(
    [...before, say('meeting-open.agenda', { date: on })],
    [
      offer('meeting:roll', say('meeting-open.roll')),
      offer(past ? `record:${past}` : 'record', say('menu.record')),
      offer(past ? `walk:on:${past}` : 'walk', say('menu.walk')),
      offer('pending', say('menu.pending')),
      ...(isTanda
        ? [offer('round', say('menu.round')), offer('turns', say('menu.turns'))]
        : [offer('cover', say('meeting-open.gaps')), offer('out', say('meeting-open.out'))]),
      offer('meeting:count', say('meeting-open.count')),
      offer('closing', say(isTanda ? 'tanda-stop.menu' : 'meeting-open.closing')),
      offer('meeting:lesson', say('meeting-open.lesson')),
    ],
  );
};

/** Without an open meeting nothing else of it can be done. */
export const askToOpen = (turn: OfficerTurn): StepResult => {
  const date = currentMeeting(turn);
  const [question, yes] = wasClosed(turn)
    ? [say('reopen.question', { date }), offer('meeting:reopen', say('reopen.ask'))]
    : [say('meeting-open.question', { date }), offer('meeting:open:yes', say('meeting-open.yes'))];
  return decide(turn, { replies: [reply([question], [yes, offer('no', say('choice.not-now'))])] });
};

/** Whether the current meeting was held and closed. */
export const wasClosed = (turn: OfficerTurn): boolean =>
  turn.speaker.extra.lastClosed?.equals(currentMeeting(turn)) ?? false;
