import { isId } from '../../domain/ids.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, type OfficerTurn } from '../turn.ts';

/** Asks an officer about somebody at the door: she knows the face, the bot does not. */
export const admitQuestion = (newcomer: {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly known: boolean;
}): Reply =>
  reply(
    [
      newcomer.known
        ? say('admit.known', { name: newcomer.name, number: newcomer.number })
        : say('admit.question', { name: newcomer.name }),
    ],
    [
      offer(`admit:yes:${newcomer.id}`, say('choice.known')),
      offer(`admit:no:${newcomer.id}`, say('choice.unknown')),
    ],
  );

/** A leader's yes or no to somebody who came with the group's code: she knows the face, the bot does not. */
export const admit = (turn: OfficerTurn, answer: string, memberId: string): StepResult | undefined => {
  const newcomer = turn.speaker.company.desk.newcomers.find((n) => n.id === memberId);
  if (!isId(memberId)) return undefined;
  if (!newcomer) return decide(turn, { replies: [reply([say('admit.already')])] });
  if (answer === 'yes') {
    return decide(turn, {
      replies: [reply([say('admit.done', { name: newcomer.name })])],
      notices: tell(
        [newcomer],
        'join',
        reply(
          [say('admit.welcome')],
          [offer('ask:savings', say('menu.savings')), offer('ask:menu', say('menu.all'))],
        ),
      ),
      events: [
        {
          type: 'member-changed',
          memberId: newcomer.id,
          was: 'pending',
          state: 'active',
          consented: true,
        },
      ],
    });
  }
  return decide(turn, {
    replies: [reply([say('admit.refused', { name: newcomer.name })])],
    events: [{ type: 'newcomer-gone', memberId: newcomer.id, by: turn.speaker.me.id }],
  });
};

/** Who only waits for a leader's yes goes as she came, at once: nobody has said yes to her yet. */
export const goesAgain = (turn: MemberTurn, words: readonly Say[]): StepResult => {
  const { id } = turn.speaker.me;
  return decide(turn, {
    session: { as: undefined, offered: [], posted: undefined, meeting: false },
    events: [{ type: 'newcomer-gone', memberId: id, by: id }],
    replies: [reply(words)],
  });
};
