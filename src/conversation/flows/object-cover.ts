import { firstName } from '../../domain/group.ts';
import { asId, type DisputeId } from '../../domain/ids.ts';
import type { CoverDispute, GivenCover } from '../cover-facts.ts';
import { contactOf, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, say } from '../say.ts';
import { decide, type MemberTurn, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { beyondUs } from './take-back.ts';
import { officersBut } from './vote.ts';

/** What she gave for another's gap, among the receipts that she may object to. */
export const givenChoice = ({ coverId, receipt, amount }: GivenCover) => ({
  receipt,
  offer: offer(`dispute:cover:${coverId}`, say('dispute.one', { receipt, total: amount })),
});

/** Whether it is wrong what she is said to have given for another. */
export const askGiven = (turn: MemberTurn, given: GivenCover): StepResult =>
  decide(turn, {
    flow: { type: 'dispute-cover', coverId: given.coverId },
    replies: [
      reply(
        [
          say('dispute.cover-sure', {
            receipt: given.receipt,
            amount: given.amount,
            name: firstName(given.debtorName),
          }),
        ],
        [
          offer(`dispute:cover-yes:${given.coverId}`, say('choice.not-correct')),
          offer('no', say('choice.is-correct')),
          offer('ask:person', say('dispute.something-else')),
        ],
      ),
    ],
  });

export const pickGiven = (turn: MemberTurn, coverId: string): StepResult | undefined => {
  const { given } = turn.speaker.extra;
  if (!given) return needs({ type: 'receipts' });
  const found = given.find((one) => one.coverId === coverId);
  return found && askGiven(turn, found);
};

/** Opens the objection: the officers and staff hear of it. The cover stands: the group voted it, and two officers wrote it down. */
export const objectToGiven = (turn: MemberTurn, coverId: string): StepResult | undefined => {
  const { me, group, company, extra } = turn.speaker;
  if (!extra.given) return needs({ type: 'receipts' });
  const given = extra.given.find((one) => one.coverId === coverId);
  if (!given) return undefined;
  if (given.isClosed) return decide(turn, { replies: [beyondUs(say('take-back.closed'))] });
  if (given.objection) return decide(turn, { replies: [reply([say('dispute.already')])] });
  // Whose gap it was does not say whether the money was given: where no other officer is left, the staff look at it.
  const officers = officersBut(turn, [me.id, given.debtor]);
  const [leader] = officers;
  const { receipt, amount } = given;
  const id = asId<DisputeId>(turn.newId());
  return decide(turn, {
    replies: [
      reply([
        leader
          ? say('dispute.opened', { receipt, leader: firstName(leader.name) })
          : say('dispute.to-staff', { receipt }),
      ]),
    ],
    events: [{ type: 'cover-disputed', id, memberId: me.id, coverId: given.coverId }],
    notices: [
      ...tell(
        officers,
        'dispute',
        leaderQuestion(id, {
          name: firstName(me.name),
          receipt,
          amount,
          debtor: firstName(given.debtorName),
        }),
      ),
      ...tell(
        company.staff,
        'dispute',
        reply([
          say('dispute.staff', { group: group.name, number: me.number, receipt }),
          ...(leader ? [] : [say('dispute.staff-only')]),
        ]),
      ),
    ],
  });
};

/** What she objected to and has been told of since: she may say that it is right after all. */
export const clearedChoice = ({ coverId, receipt, objection }: GivenCover): Offer[] =>
  objection ? [offer(`dispute:cover-ok:${coverId}`, say('dispute.cleared', { receipt }))] : [];

/** She takes her objection back. Whoever had heard of it hears that too. */
export const clearGiven = (turn: MemberTurn, coverId: string): StepResult | undefined => {
  const { me, group, company, extra } = turn.speaker;
  if (!extra.given) return needs({ type: 'receipts' });
  const given = extra.given.find((one) => one.coverId === coverId);
  if (!given) return undefined;
  if (!given.objection) return decide(turn, { replies: [reply([say('correct.already')])] });
  const { receipt } = given;
  return decide(turn, {
    replies: [reply([say('dispute.cleared-done', { receipt })])],
    events: [{ type: 'cover-dispute-kept', id: given.objection, by: me.id }],
    notices: [
      ...tell(
        officersBut(turn, [me.id, given.debtor]),
        'answer',
        reply([say('dispute.cleared-told', { name: firstName(me.name), receipt })]),
      ),
      ...tell(
        company.staff,
        'dispute',
        reply([say('dispute.cleared-staff', { group: group.name, number: me.number, receipt })]),
      ),
    ],
  });
};

const leaderQuestion = (
  id: DisputeId,
  said: Readonly<Record<'name' | 'debtor', string>> & Pick<GivenCover, 'receipt' | 'amount'>,
): Reply =>
  reply(
    [say('dispute.cover-leader', said), say('dispute.cover-stands', { debtor: said.debtor })],
    leaderOffers(id),
  );

const leaderOffers = (id: DisputeId): Offer[] => [
  offer('cover', say('meeting-open.gaps')),
  offer(`keep:cover:${id}`, say('choice.keep')),
];

/** The first such objection that this officer may look at: not her own, nor about money that was given for her. */
export const coverObjection = (turn: OfficerTurn): StepResult | undefined => {
  const dispute = objectionsFor(turn)[0];
  if (!dispute) return undefined;
  const nameOf = (id: CoverDispute['memberId']): string => nameAmong(turn, memberById(turn, id));
  return decide(turn, {
    replies: [
      leaderQuestion(dispute.id, {
        name: nameOf(dispute.memberId),
        debtor: nameOf(dispute.debtor),
        receipt: dispute.receipt,
        amount: dispute.amount,
      }),
    ],
  });
};

const objectionsFor = ({ speaker: { me, extra, company } }: OfficerTurn): readonly CoverDispute[] =>
  (extra.coverDisputes ?? []).filter(
    ({ memberId, debtor }) =>
      memberId !== me.id &&
      debtor !== me.id &&
      company.desk.roster.some(({ id }) => id === memberId) &&
      company.desk.roster.some(({ id }) => id === debtor),
  );

/** The officer looked and what is written is right: she is told, with the way to a person. */
export const keepGiven = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (!extra.coverDisputes) return needs({ type: 'disputes' });
  const dispute = extra.coverDisputes.find((one) => one.id === id);
  if (!dispute) return decide(turn, { replies: [reply([say('correct.already')])] });
  if (!objectionsFor(turn).includes(dispute)) return decide(turn, { replies: [reply([say('ask.own')])] });
  const member = memberById(turn, dispute.memberId);
  const { receipt } = dispute;
  return decide(turn, {
    replies: [reply([say('keep.done', { receipt, name: nameAmong(turn, member) })])],
    events: [{ type: 'cover-dispute-kept', id: dispute.id, by: me.id }],
    notices: tell(
      [contactOf(member)],
      'answer',
      reply([say('keep.member', { leader: firstName(me.name), receipt }), say('keep.person')]),
    ),
  });
};
