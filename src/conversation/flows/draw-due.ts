import type { Temporal } from 'temporal-polyfill';
import type { VoidDraw } from '../../domain/draw/draw.ts';
import { closeWords, lapse } from '../../domain/draw/steps.ts';
import type { Contact } from '../contact.ts';
import type { DrawEvent } from '../draw-event.ts';
import type { DrawFacts } from '../draw-facts.ts';
import type { GroupFacts } from '../group-facts.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { type Reply, reply, say } from '../say.ts';
import { closedEvent, closedNotices } from './draw-close.ts';

/** A draw and those who are told of it. */
type Watched = {
  readonly group: Pick<GroupFacts, 'meeting'>;
  readonly draw: DrawFacts;
  readonly voters: readonly Contact[];
};

/**
 * What the clock does with a draw at `now`: its words are closed when their time is up and they suffice; without the
 * secret in time it is void, which all are told. Undefined while nothing is due.
 */
export const drawDue = (
  { draw: facts, group, voters }: Watched,
  now: Temporal.Instant,
): { readonly event: DrawEvent; readonly notices: readonly Notice[] } | undefined => {
  const { draw } = facts;
  if (draw.type !== 'committed' && draw.type !== 'closed') return undefined;
  const lapsed = lapse(draw, now);
  if (lapsed.type === 'void') {
    const { missing } = lapsed;
    return {
      event: {
        type: 'draw-moved',
        step: { id: facts.id, was: draw.type, state: 'void', words: draw.words.size, missing },
      },
      notices: tell(voters, 'draw', voidReply(lapsed)),
    };
  }
  const closed = closeWords(draw, now);
  if (!closed.ok) return undefined;
  const closing = { facts, closed: closed.value, timeZone: group.meeting.timeZone };
  return { event: closedEvent(closing), notices: closedNotices(closing, voters) };
};

/** A void draw has no result and is not repeated in silence: everybody hears of it. */
const voidReply = ({ missing }: VoidDraw): Reply =>
  reply([say(`draw-void.${missing}`), say('draw-void.kept')]);
