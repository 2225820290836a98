import type { MemberId } from '../../domain/ids.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { MemberTurn } from '../turn.ts';

/** Whose loan is asked for: of her who writes, or of a member without a telephone, whom an officer asks for. */
export type Whom = { readonly who: MemberFacts; readonly isHers: boolean };

export const herself = ({ speaker: { me } }: MemberTurn): Whom => ({ who: me, isHers: true });

/** Of the question that is open; undefined where who was asked for has a telephone by now, or left the group. */
export const whomOf = (turn: MemberTurn): Whom | undefined => {
  const { flow } = turn.session;
  const id = 'for' in flow ? flow.for : undefined;
  if (id === undefined) return herself(turn);
  const who = turn.speaker.company.desk?.roster.find((member) => member.id === id);
  return who && hasNoTelephone(who) ? { who, isHers: false } : undefined;
};

/** No telephone of hers is in the chat: she cannot ask herself, and nobody can ask her. */
export const hasNoTelephone = ({ reach }: Pick<MemberFacts, 'reach'>): boolean => reach.length === 0;

/** As it is kept beside an open question. */
export const forWhom = ({ who, isHers }: Whom): { readonly for?: MemberId } =>
  isHers ? {} : { for: who.id };
