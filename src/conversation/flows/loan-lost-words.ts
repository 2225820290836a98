import type { Loss } from '../../domain/closing/write-off.ts';
import { firstName } from '../../domain/group.ts';
import { type Money, money } from '../../domain/money.ts';
import type { MemberFacts } from '../member-facts.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import type { OfficerTurn } from '../turn.ts';

/** A member whose loans the group ends by vote, and what becomes of them. */
export type Given = { readonly member: MemberFacts; readonly loss: Loss };

const amount = (turn: OfficerTurn, minor: bigint): Money => money(minor, turn.speaker.group.currency);

const shortOf = (turn: OfficerTurn, { loss }: Given): Money => amount(turn, loss.owed - loss.paid);

/** All of it paid by what she saved; interest alone forgiven; or principal that is lost. */
type Ending = 'paid' | 'forgiven' | 'lost';

export const endingOf = ({ lost, forgiven }: Pick<Loss, 'lost' | 'forgiven'>): Ending => {
  if (lost > 0n) return 'lost';
  return forgiven > 0n ? 'forgiven' : 'paid';
};

/** What she owes, what her savings pay, and what becomes of the rest. */
export const lossLines = (turn: OfficerTurn, given: Given): Say[] => [
  say('lost.owed', { name: given.member.name, owed: amount(turn, given.loss.owed) }),
  ...(given.loss.paid > 0n ? [say('lost.paid', { paid: amount(turn, given.loss.paid) })] : []),
  restLine(turn, given),
  ...(isLendersLoss(turn, given) ? [say('lost.lender')] : []),
];

const restLine = (turn: OfficerTurn, given: Given): Say => {
  switch (endingOf(given.loss)) {
    case 'paid':
      return say('lost.all-paid', { left: leftOf(turn, given) });
    case 'forgiven':
      return say('lost.forgiven', { short: shortOf(turn, given) });
    case 'lost':
      return say('lost.short', { short: shortOf(turn, given) });
  }
};

/** What stays hers of her savings. */
const leftOf = (turn: OfficerTurn, { member, loss }: Given): Money =>
  amount(turn, member.saved.minor - loss.paid);

/** What the members are asked, where they vote. */
export const askedOfAll = (turn: OfficerTurn, given: Given): Say => {
  const who = { leader: firstName(turn.speaker.me.name), name: given.member.name };
  switch (endingOf(given.loss)) {
    case 'paid':
      return say('lost.propose-paid', { ...who, amount: amount(turn, given.loss.paid) });
    case 'forgiven':
      return say('lost.propose-forgiven', { ...who, amount: shortOf(turn, given) });
    case 'lost':
      return say('lost.propose', { ...who, amount: shortOf(turn, given) });
  }
};

export const isOfLender = ({ speaker }: OfficerTurn): boolean =>
  speaker.group.rules.product === 'solidarity-credit';

const isLendersLoss = (turn: OfficerTurn, { loss }: Given): boolean => isOfLender(turn) && loss.lost > 0n;

export const doneLine = (turn: OfficerTurn, given: Given): Say => {
  const { name } = given.member;
  switch (endingOf(given.loss)) {
    case 'paid':
      return say('lost.done-paid', { name, amount: amount(turn, given.loss.paid) });
    case 'forgiven':
      return say('lost.done-forgiven', { name, amount: shortOf(turn, given) });
    case 'lost':
      return say('lost.done', { name, amount: shortOf(turn, given) });
  }
};

/**
 * She hears what became of her savings; where the money was the organisation's, its staff hear it too.
 *
 * @param receipt the first entry of it; undefined when nothing was booked
 */
export const lossNotices = (turn: OfficerTurn, given: Given, receipt: bigint | undefined): Notice[] => {
  const { company, group } = turn.speaker;
  return [
    ...tell(
      [contactOf(given.member)],
      'loan',
      reply([...hersLines(turn, given, receipt), say('keep.person')]),
    ),
    ...(isLendersLoss(turn, given)
      ? tell(
          company.staff,
          'answer',
          reply([say('lost.staff', { group: group.name, amount: shortOf(turn, given) })]),
        )
      : []),
  ];
};

const hersLines = (turn: OfficerTurn, given: Given, receipt: bigint | undefined): Say[] => {
  const paid = amount(turn, given.loss.paid);
  const ending = endingOf(given.loss);
  return [
    ...(ending === 'lost' ? [say('lost.yours', { amount: shortOf(turn, given) })] : []),
    ...(ending === 'forgiven' ? [say('lost.yours-forgiven', { amount: shortOf(turn, given) })] : []),
    ...(given.loss.paid > 0n ? [say('lost.yours-paid', { paid })] : []),
    ...(ending === 'paid' ? [say('lost.yours-left', { left: leftOf(turn, given) })] : []),
    ...(receipt === undefined ? [] : [say('lost.receipt', { receipt })]),
  ];
};
