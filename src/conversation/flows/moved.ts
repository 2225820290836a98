import { firstName } from '../../domain/group.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Reply, reply, say } from '../say.ts';
import { EMPTY_SESSION } from '../session.ts';
import { decide, needs, type Turn } from '../turn.ts';

/**
 * The number has another owner, or she has another number: from now on this address speaks for nobody, and nothing of
 * hers goes there. Who writes from it is told nothing of her; her officers hear that she needs her code again.
 *
 * @param replies what is said to whoever wrote, if anything
 */
export const addressMoved = (turn: Turn, replies: readonly Reply[] = []): StepResult => {
  const { speaker } = turn.snapshot;
  const gone = { moved: true, session: EMPTY_SESSION, replies };
  if (speaker.type !== 'member') return decide(turn, gone);
  const { me, company } = speaker;
  if (!company) return needs({ type: 'company' });
  const others = company.officers.filter(({ id }) => id !== me.id);
  return decide(turn, {
    ...gone,
    notices: tell(
      others,
      'join',
      reply([say('moved.officers', { name: firstName(me.name), number: me.number })]),
    ),
  });
};
