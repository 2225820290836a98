import type { Temporal } from 'temporal-polyfill';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { isPast, type OfficerTurn } from '../turn.ts';

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
