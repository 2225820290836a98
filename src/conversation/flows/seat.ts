import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';

/** One address, several groups: which book does she mean? */
export const seatQuestion = (turn: MemberTurn): StepResult =>
  decide(turn, {
    flow: { type: 'seat' },
    replies: [
      reply(
        [say('seat.question')],
        turn.speaker.seats.map((seat) =>
          offer(`seat:${seat.memberId}`, say('seat.one', { group: seat.groupName })),
        ),
      ),
    ],
  });

export const seatChoice = (turn: MemberTurn, memberId: string): StepResult | undefined => {
  const seat = turn.speaker.seats.find((s) => s.memberId === memberId);
  if (!seat) return undefined;
  return decide(turn, {
    session: { as: seat.memberId },
    replies: [
      reply(
        [say('seat.chosen', { group: seat.groupName })],
        [offer('ask:savings', say('menu.savings')), offer('ask:menu', say('menu.all'))],
      ),
    ],
  });
};
