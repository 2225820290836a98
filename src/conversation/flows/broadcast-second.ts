import { firstName } from '../../domain/group.ts';
import type { BroadcastFacts } from '../broadcast-facts.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { looked, momentOf } from './broadcast-preview.ts';
import { audited } from './broadcast-seen.ts';
import { isOver } from './broadcast-send.ts';
import { zonesOf } from './broadcast-ways.ts';

/** The second person looks at what another one made: the same as its author saw. */
export const secondLooks = (turn: StaffTurn, id: string, before: readonly Say[] = []): StepResult =>
  withWaiting(turn, id, (one) => {
    const seen = looked(turn, seenBy(one));
    if ('type' in seen) return seen;
    const { facts, replies } = seen;
    return decide(turn, {
      flow: { type: 'broadcast-second', id },
      events: audited(turn, seenBy(one), facts),
      replies: [
        ...(before.length > 0 ? [] : replies.messages),
        reply(
          [
            ...before,
            say('send.second-by', { name: firstName(one.author.name) }),
            ...replies.facts,
            one.at === undefined
              ? say('send.order-second', { count: facts.reached })
              : say('send.order-second-at', { count: facts.reached, ...momentOf(seenBy(one).at ?? '') }),
          ],
          [offer(`send:refuse:${id}`, say('send.refuse'))],
        ),
      ],
    });
  });

const seenBy = ({ content, audience, at, author }: BroadcastFacts) => ({
  content,
  audience,
  author: author.name,
  ...(at && { at: at.toString({ smallestUnit: 'minute' }) }),
});

/** "Enviar 120", from the second person. */
export const secondAnswer = (
  turn: StaffTurn,
  { id }: Extract<Flow, { type: 'broadcast-second' }>,
  count: number,
): StepResult =>
  withWaiting(turn, id, (one) => {
    const seen = looked(turn, seenBy(one));
    if ('type' in seen) return seen;
    const { reached } = seen.facts;
    if (reached !== count)
      return secondLooks(turn, id, [say('send.other-count', { said: count, count: reached })]);
    const { at } = seenBy(one);
    if (at !== undefined && isOver(turn, at, zonesOf(seen.facts))) return tooLate(turn, one);
    return moved(turn, one, {
      state: 'ready',
      said:
        at === undefined
          ? say('send.second-done', { number: one.number })
          : say('send.scheduled', { count: reached, ...momentOf(at) }),
      told: at === undefined ? 'send.second-yes' : 'send.second-yes-at',
    });
  });

/** Its hour has passed while it waited for her: it does not go at some other one. */
const tooLate = (turn: StaffTurn, one: BroadcastFacts): StepResult =>
  moved(turn, one, {
    state: 'cancelled',
    said: say('send.second-late', { name: firstName(one.author.name) }),
    told: 'send.second-late-told',
  });

/** She wants it not to go. */
export const secondRefuses = (turn: StaffTurn, id: string): StepResult =>
  withWaiting(turn, id, (one) =>
    moved(turn, one, {
      state: 'cancelled',
      said: say('send.refused', { number: one.number }),
      told: 'send.second-no',
    }),
  );

const moved = (
  turn: StaffTurn,
  one: BroadcastFacts,
  to: {
    readonly state: 'ready' | 'cancelled';
    readonly said: Say;
    readonly told: 'send.second-yes' | 'send.second-yes-at' | 'send.second-no' | 'send.second-late-told';
  },
): StepResult => {
  const { all } = turn.staff;
  if (!all) return needs({ type: 'staff' });
  const { staffId: by, programmeId, name } = turn.staff;
  return decide(turn, {
    events: [{ type: 'broadcast-moved', id: one.id, programmeId, by, was: 'waiting', state: to.state }],
    replies: [reply([to.said])],
    notices: tell(
      all.filter(({ id }) => id === one.author.id),
      'broadcast-report',
      reply([say(to.told, { name: firstName(name), number: one.number })]),
    ),
  });
};

/** One that waits for a second person who is not its author. */
const withWaiting = (turn: StaffTurn, id: string, then: (one: BroadcastFacts) => StepResult): StepResult => {
  const { one } = turn.staff.broadcasts;
  if (one === undefined) return needs({ type: 'broadcast', of: id });
  if (one === 'none' || one.state !== 'waiting')
    return decide(turn, { replies: [reply([say('send.not-waiting')])] });
  if (one.author.id === turn.staff.staffId)
    return decide(turn, { replies: [reply([say('send.own-second')])] });
  return then(one);
};
