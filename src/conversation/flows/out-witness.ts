import { firstName } from '../../domain/group.ts';
import { subtract } from '../../domain/money.ts';
import type { MoneyOut } from '../../domain/money-out.ts';
import type { Contact } from '../contact.ts';
import type { MoneyOutFacts } from '../money-out-facts.ts';
import { contactOf } from '../notices.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { MemberTurn } from '../turn.ts';
import { ofMeeting, outLine } from './out-plan.ts';
import { payoutParts } from './payout-parts.ts';

/**
 * Who may say the next word on money that leaves the box: she who gets it, or another officer where she has no telephone
 * or nobody gets it. When somebody leaves, another officer says it first, if the group has one besides her.
 */
export const witnessesOf = (
  turn: MemberTurn,
  out: Pick<MoneyOutFacts, 'kind' | 'state' | 'by' | 'member'>,
): readonly Contact[] => {
  const others = turn.speaker.company.officers.filter(({ id }) => id !== out.by && id !== out.member?.id);
  const isSecondFirst = out.kind === 'leaving' && out.state === 'proposed' && others.length > 0;
  return !isSecondFirst && out.member && out.member.reach.length > 0 ? [contactOf(out.member)] : others;
};

/** Asks her who gets the money whether she has it, and an officer whether what was written down is so. */
export const outQuestion = (turn: MemberTurn, out: MoneyOutFacts, planned: MoneyOut): Reply => {
  const { officers } = turn.speaker.company;
  const leader = firstName(officers.find(({ id }) => id === out.by)?.name ?? '');
  const isToHer = witnessesOf(turn, out).some(({ id }) => id === out.member?.id);
  const line = outLine({ kind: out.kind, member: out.member, asked: out.amount, words: out.words }, planned);
  return reply(
    [
      ...ofMeeting(out.heldOn),
      isToHer ? toHer(leader, out, planned) : say('out.second', { leader, line: [line] }),
    ],
    [
      offer(`outsaid:yes:${out.id}`, say('loan-hand.got')),
      offer(`outsaid:no:${out.id}`, say('loan-hand.not-got')),
    ],
  );
};

/** What it is for goes with the amount: she says yes to what it will do to what she has saved. */
const toHer = (leader: string, out: MoneyOutFacts, { amount, payout }: MoneyOut): Say => {
  if (payout && amount.minor === 0n) return say('out.yours-nothing', { leader });
  if (payout)
    return say('out.yours-leaving', { leader, amount, parts: payoutParts(payout, amount.currency) });
  return out.kind === 'withdrawal' && out.member
    ? say('out.yours-withdrawal', { leader, amount, rest: subtract(out.member.saved, amount) })
    : say('out.yours-grant', { leader, amount });
};

/** The receipt of money that left the box: to her who got it in her own words, to an officer as it stands in the book. */
export const outReceipt = (
  of: { readonly receipt: bigint; readonly isHers: boolean },
  out: MoneyOutFacts,
  planned: MoneyOut,
): Say[] => {
  const { receipt } = of;
  const { amount, payout } = planned;
  const held = receivedThen(out);
  if (!of.isHers || !out.member) {
    const line = outLine({ kind: out.kind, member: out.member, asked: amount, words: out.words }, planned);
    return [say('out.done', { receipt, line: [line] }), ...held];
  }
  const got = payout
    ? say('out.got-leaving', { receipt, amount, parts: payoutParts(payout, amount.currency) })
    : out.kind === 'withdrawal'
      ? say('out.got-withdrawal', { receipt, amount, rest: subtract(out.member.saved, amount) })
      : say('out.got-grant', { receipt, amount });
  return [got, ...held, say('keep.person')];
};

/** "Es de la reunión del martes 10 de noviembre.", where it is of a past one. */
export const receivedThen = ({ heldOn }: Pick<MoneyOutFacts, 'heldOn'>): Say[] =>
  heldOn ? [say('past.received', { date: heldOn })] : [];
