import { telephoneOnCard } from '../../domain/telephone.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, needs, type Turn } from '../turn.ts';
import { joinWithCode } from './arrive.ts';

/**
 * A contact card. Only her own number counts, shared by herself: the platform vouches that she has it. When it stands on the
 * list of a group, beside somebody who has not come in yet, it opens the same invitation as her code would. Anybody else's
 * number, and what was passed on, is refused; no number is kept.
 */
export const contactCame = (
  turn: Turn,
  card: { readonly phone: string; readonly own: boolean },
): StepResult => {
  const telephone = card.own ? telephoneOnCard(card.phone) : undefined;
  if (telephone === undefined) return stay(turn, 'unread.contact');
  const { invite, speaker } = turn.snapshot;
  if (!invite) return needs({ type: 'invite', code: telephone });
  const opens = invite !== 'none' && invite.usable && invite.member && !invite.member.claimed;
  if (opens) return joinWithCode(turn, telephone);
  return stay(turn, speaker.type === 'stranger' ? 'contact.unlisted' : 'contact.known');
};

const stay = (turn: Turn, key: 'unread.contact' | 'contact.unlisted' | 'contact.known'): StepResult =>
  decide(turn, { session: turn.session, flow: turn.session.flow, replies: [reply([say(key)])] });
