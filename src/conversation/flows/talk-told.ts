import type { TalkId } from '../../domain/ids.ts';
import type { Contact } from '../contact.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { AnswersTold } from '../talk-event.ts';
import type { AnswersHeard, OwnTalk } from '../talk-facts.ts';
import type { MemberTurn } from '../turn.ts';

export type TalkTurn = MemberTurn & { readonly talk: OwnTalk };

/** So long after they heard of an answer to a message to many, staff hear of no other one: then of all of them together. */
export const ANSWERS_MINUTES = 10;

/** That she wrote, for whoever looks after it: by her number, since no row says who read a notice. */
export const wroteNotice = (turn: TalkTurn, id: TalkId): Notice[] => {
  const { me, group } = turn.speaker;
  return tell(
    listeners(turn),
    'talk',
    reply(
      [say('talk.staff', { number: me.number, group: group.name })],
      [offer(`talks:open:${id}`, say('talks.see'))],
    ),
  );
};

/** That more have answered a message to many. */
export const moreAnswered = (staff: readonly Contact[], of: { number: number; count: number }): Notice[] =>
  tell(staff, 'talk', reply([say('talk.more-answered', of)], [offer('talks', say('talks.list'))]));

/**
 * Whether staff hear of her answer to a message to many at once or together with others. Undefined: it answers none, or is
 * one person's to look after, or more words of what waits already.
 */
export const answeredTo = (turn: TalkTurn, answering: AnswersHeard | undefined): AnswersTold | undefined => {
  const { open } = turn.talk;
  if (!answering || open?.isTold || open?.assignedTo !== undefined) return undefined;
  const { id, toldAt, untold } = answering;
  const isLong = toldAt === undefined || turn.snapshot.now.since(toldAt).total('minutes') >= ANSWERS_MINUTES;
  return { id, was: toldAt, tells: isLong && untold === 0 };
};

/** Whoever looks after it; all of the staff while nobody does, or while that person is not to be reached. */
export const listeners = ({ talk, speaker }: TalkTurn): readonly Contact[] => {
  const { staff } = speaker.company;
  const own = staff.filter(({ id, reach }) => id === talk.open?.assignedTo && reach.length > 0);
  return own.length > 0 ? own : staff;
};
