import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, needs, type Turn } from '../turn.ts';
import { ask, closedWords } from './ask-pin.ts';
import type { PinFlow, PinTold } from './pin-facts.ts';

/** Not this one: how it is said does not depend on whether it was looked at. */
export const pinWrong = (turn: Turn, flow: PinFlow, told: PinTold): StepResult => {
  const closed = told.type === 'wrong' && told.closed.length > 0;
  const { snapshot, session } = turn;
  if (closed && snapshot.speaker.type === 'member' && !snapshot.speaker.company)
    return needs({ type: 'company' });
  const late = closed ? blockedReply : closedWords(turn, told.type === 'wrong' ? told.waitUntil : undefined);
  if (!late) {
    const lines = [say('pin.wrong'), say('pin.ask')];
    return ask(turn, { ask: 'open', kind: flow.kind, first: '' }, { lines, waiting: session.waiting });
  }
  return decide(turn, {
    session: { waiting: undefined },
    notices: closed ? closedNotice(turn) : [],
    replies: [{ ...late, lines: [say('pin.wrong'), ...late.lines] }],
  });
};

const blockedReply: Reply = reply([say('pin.blocked')]);

/** Her officers hear that somebody tried, and that two of them can open it again once they have seen her. */
export const closedNotice = ({ snapshot: { speaker } }: Turn) => {
  if (speaker.type !== 'member' || !speaker.company) return [];
  const { me, company } = speaker;
  const officers = company.officers.filter(({ id }) => id !== me.id);
  const lines = [say('pin-reset.needed', { name: me.name }), say('pin-reset.how')];
  return tell(officers, 'ask', reply(lines, [offer(`pinreset:${me.id}`, say('pin-reset.yes'))]));
};
