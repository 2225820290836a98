import type { ClosedDraw, CommittedDraw } from '../../domain/draw/draw.ts';
import { closeWords } from '../../domain/draw/steps.ts';
import { isOfficer } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { Contact } from '../contact.ts';
import type { DrawEvent } from '../draw-event.ts';
import type { DrawFacts } from '../draw-facts.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { MemberTurn } from '../turn.ts';
import { gatheredLines, localTime } from './draw-texts.ts';

/** What a draw's closing is decided from, whether somebody's word or the clock closes it. */
export type Closing = {
  readonly facts: DrawFacts;
  readonly closed: ClosedDraw;
  readonly timeZone: string;
};

/** The step that closes the words. It holds only while the draw has just these words. */
export const closedEvent = ({ facts, closed }: Closing): DrawEvent => ({
  type: 'draw-moved',
  step: { id: facts.id, was: 'committed', state: 'closed', words: closed.words.size },
});

/** All words shown to one member, before anybody knows the secret. Officers but the one who began it may open it. */
export const closedReply = ({ facts, closed, timeZone }: Closing, mayOpen: boolean): Reply =>
  reply(
    [
      say(closed.plan.by === 'dice' ? 'draw-closed.title-dice' : 'draw-closed.title'),
      ...gatheredLines({ ...facts, draw: closed }),
      say('draw-closed.next', localTime(closed.plan.revealUntil, timeZone)),
      ...(mayOpen ? [say('draw-reveal.question')] : []),
    ],
    mayOpen ? [offer(`draw:yes:${facts.id}`, say('draw-reveal.yes'))] : [],
  );

/** Tells everybody else that the words are closed, and which they are. */
export const closedNotices = (closing: Closing, to: readonly Contact[]): Notice[] =>
  to.flatMap((contact) => tell([contact], 'draw', closedReply(closing, mayOpen(closing.facts, contact))));

const mayOpen = ({ begunBy }: DrawFacts, { id, role }: Contact): boolean =>
  role !== 'staff' && isOfficer(role) && id !== begunBy;

/** What follows for all when nothing is missing any more; undefined while something is. */
export const closeIfComplete = (
  turn: MemberTurn,
  facts: DrawFacts,
  draw: CommittedDraw,
): { readonly event: DrawEvent; readonly own: Reply; readonly notices: Notice[] } | undefined => {
  const { me, group, extra } = turn.speaker;
  const closed = closeWords(draw, turn.snapshot.now);
  if (!closed.ok) return undefined;
  const closing = { facts, closed: closed.value, timeZone: group.meeting.timeZone };
  return {
    event: closedEvent(closing),
    own: closedReply(closing, isOfficer(me.role) && me.id !== facts.begunBy),
    notices: closedNotices(closing, others(extra.voters ?? [], me.id)),
  };
};

/** Everybody but the one who is answered anyway. */
export const others = (all: readonly Contact[], me: MemberId): Contact[] =>
  all.filter((contact) => contact.id !== me);
