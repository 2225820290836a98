import type { MemberId } from '../../domain/ids.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, needs, type Turn } from '../turn.ts';
import { ask, closedWords } from './ask-pin.ts';
import type { PinFlow, PinTold } from './pin-facts.ts';

/** Not this one: how it is said does not depend on whether it was looked at. */
export const pinWrong = (turn: Turn, flow: PinFlow, told: PinTold): StepResult => {
  const closed = told.type === 'wrong' ? told.closed : [];
  const { snapshot, session } = turn;
  if (closed.length > 0 && snapshot.speaker.type === 'member' && !snapshot.speaker.company)
    return needs({ type: 'company' });
  const notices = closedNotice(turn, closed);
  const late = lateWords(turn, told);
  if (late) {
    const replies = [{ ...late, lines: [say('pin.wrong'), ...late.lines] }];
    return decide(turn, { session: { waiting: undefined }, notices, replies });
  }
  const lines = [say('pin.wrong'), say('pin.ask')];
  const result = ask(turn, { ask: 'open', kind: flow.kind, first: '' }, { lines, waiting: session.waiting });
  return result.type === 'decided' ? { ...result, outcome: { ...result.outcome, notices } } : result;
};

const lateWords = (turn: Turn, told: PinTold): Reply | undefined => {
  if (told.type !== 'wrong') return closedWords(turn);
  return told.isShut && told.closed.length > 0
    ? reply([say('pin.blocked')])
    : closedWords(turn, told.waitUntil);
};

/**
 * The officers of her group hear whose PIN was tried too often on this telephone, and that two of them can open it again once
 * they have seen her. Of another group's, its officers find it in what waits for them.
 */
export const closedNotice = (
  { snapshot: { speaker } }: Turn,
  closed: readonly MemberId[],
): readonly Notice[] => {
  if (speaker.type !== 'member' || !speaker.company) return [];
  const { company, group, seats } = speaker;
  return seats
    .filter(({ memberId, groupId }) => groupId === group.id && closed.includes(memberId))
    .flatMap(({ memberId, name }) =>
      tell(
        company.officers.filter(({ id }) => id !== memberId),
        'ask',
        closedQuestion({ id: memberId, name }),
      ),
    );
};

/** What an officer is asked of a PIN that is closed. */
export const closedQuestion = ({ id, name }: { readonly id: MemberId; readonly name: string }): Reply =>
  reply(
    [say('pin-reset.needed', { name }), say('pin-reset.how')],
    [offer(`pinreset:${id}`, say('pin-reset.yes'))],
  );
