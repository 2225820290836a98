import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';
import { LOCKED } from './unlocked.ts';

/** She says that she has none: the seat of the one who has none, or which of them she means. */
export const withoutPin = (turn: Turn): StepResult => {
  const { speaker, pin } = turn.snapshot;
  const seats =
    speaker.type === 'member' ? speaker.seats.filter((s) => pin?.without.includes(s.memberId)) : [];
  const [only, ...more] = seats;
  const session = LOCKED;
  if (!only) return decide(turn, { session, replies: [reply([say('done.expired')])] });
  if (more.length === 0) {
    return decide(turn, {
      session: { ...session, as: only.memberId },
      replies: [reply([say('seat.chosen', { group: only.groupName })], [offer('ask:menu', say('menu.all'))])],
    });
  }
  const choices = seats.map((s) => offer(`seat:${s.memberId}`, say('seat.one', { group: s.groupName })));
  return decide(turn, { flow: { type: 'seat' }, session, replies: [reply([say('seat.question')], choices)] });
};
