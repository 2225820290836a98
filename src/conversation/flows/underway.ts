import { firstName } from '../../domain/group.ts';
import type { Money } from '../../domain/money.ts';
import { isCapital } from '../../domain/money-out.ts';
import type { Underway } from '../../domain/underway.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';

/** Money left a box and is not in the book: what it would be booked against stays as it is until that is settled. */
export const underwayFirst = (turn: OfficerTurn, underway: readonly Underway[]): StepResult | undefined =>
  underway.length === 0
    ? undefined
    : decide(turn, {
        replies: [
          reply(
            [say('underway.title'), ...underway.map((one) => underwayLine(turn, one)), say('underway.first')],
            [...underway.flatMap((one) => takeBack(turn, one)), offer('no', say('choice.not-now'))],
          ),
        ],
      });

/** What it is and how much. */
export const underwayLine = (turn: OfficerTurn, { kind, memberId, amount, words }: Underway): Say => {
  if (isCapital(kind)) return say(`underway.${kind}`, { amount });
  if (!memberId || kind === 'expense')
    return words === undefined
      ? say('underway.expense', { amount })
      : say('underway.expense-for', { amount, words });
  const { name } = memberById(turn, memberId);
  return kind === 'leaving' ? say('underway.leaving', { name }) : say(`underway.${kind}`, { name, amount });
};

/** What the speaker herself began, she may take back. */
const takeBack = (turn: OfficerTurn, { id, kind, memberId, by }: Underway): Offer[] => {
  if (by !== turn.speaker.me.id) return [];
  if (isCapital(kind)) return [offer(`outsaid:no:${id}`, say('underway.not-so'))];
  const name = memberId ? firstName(memberById(turn, memberId).name) : '';
  return [
    offer(
      kind === 'loan' ? `loan:notgot:${id}` : `outsaid:no:${id}`,
      name === '' ? say('underway.not-spent') : say('underway.not-given', { name }),
    ),
  ];
};

/** To her who was asked whether she has it. */
export const takenBack = (turn: MemberTurn, amount: Money, kind: Underway['kind']): Reply =>
  reply([
    say(isCapital(kind) ? 'underway.called-off' : 'underway.taken-back', {
      leader: firstName(turn.speaker.me.name),
      amount,
    }),
    say('keep.person'),
  ]);
