import { askWhose } from '../access/ask-pin.ts';
import { viewOf } from '../access/unlocked.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';
import { menu } from './ask.ts';

/** One address, several groups: which book does she mean? */
export const seatQuestion = (turn: MemberTurn): StepResult => {
  const { pin, address } = turn.snapshot;
  const { unlocked } = address.session;
  // Where one of them has a PIN, it says who is there, and nobody is shown who else writes from here.
  if (pin?.has || pin?.isShared) {
    const isOpen = unlocked?.as === turn.speaker.me.id && viewOf(turn.snapshot) !== 'locked';
    return isOpen ? menu(turn) : askWhose(turn);
  }
  return decide(turn, {
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
};

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
