import type { Temporal } from 'temporal-polyfill';
import { offer, type Reply, reply, type Say, say } from '../say.ts';

/** What may be done in an open meeting. */
export const agenda = (on: Temporal.PlainDate, before: readonly Say[] = []): Reply =>
  reply(
    [...before, say('meeting-open.agenda', { date: on })],
    [
      offer('meeting:roll', say('meeting-open.roll')),
      offer('record', say('menu.record')),
      offer('walk', say('menu.walk')),
      offer('pending', say('menu.pending')),
      offer('cover', say('meeting-open.gaps')),
      offer('out', say('meeting-open.out')),
      offer('meeting:count', say('meeting-open.count')),
      offer('closing', say('meeting-open.closing')),
    ],
  );
