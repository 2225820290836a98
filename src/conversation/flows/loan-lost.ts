import { writeOff } from '../../domain/closing/close-cycle.ts';
import { firstName } from '../../domain/group.ts';
import { isId, type LoanId } from '../../domain/ids.ts';
import { settlement } from '../../domain/loan/standing.ts';
import { money } from '../../domain/money.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { MemberFacts } from '../snapshot.ts';
import { decide, needs, type OfficerTurn, todayOf } from '../turn.ts';

/**
 * The group voted that what a member owes is lost: one officer says so, another one says the same, and only then it is a
 * loss of the group's earnings. The borrower is neither of them.
 */
export const loanLost = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  const { extra, me, company } = turn.speaker;
  const member = company.desk.roster.find((one) => one.id === memberId);
  if (!isId(memberId) || !member) return undefined;
  if (!extra.closing) return needs({ type: 'closing' });
  if (member.id === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  const debts = settlement(member.loans, todayOf(turn)).filter((debt) => debt.principal > 0n);
  if (debts.length === 0) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const { lostVotes } = extra.closing;
  const said = debts.every((debt) =>
    lostVotes.some((vote) => vote.loanId === debt.loanId && vote.memberId !== me.id),
  );
  return said ? bookLoss(turn, member, debts) : askSecond(turn, member, debts);
};

type Debts = ReturnType<typeof settlement>;

const askSecond = (turn: OfficerTurn, member: MemberFacts, debts: Debts): StepResult => {
  const { me } = turn.speaker;
  const officers = otherOfficers(turn, member);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: debts.map(
      ({ loanId }): DomainEvent => ({
        type: 'vote-cast',
        subjectId: loanId,
        vote: { memberId: me.id, yes: true },
      }),
    ),
    notices: tell(officers, 'ask', lostQuestion(turn, member, debts)),
    replies: [reply([say('vote.asked', { name: firstName(officers[0]?.name ?? '') })])],
  });
};

const lostQuestion = (turn: OfficerTurn, member: MemberFacts, debts: Debts): Reply =>
  reply(
    [
      say('lost.question', {
        leader: firstName(turn.speaker.me.name),
        name: member.name,
        amount: principalOf(turn, debts),
      }),
    ],
    [offer(`lost:${member.id}`, say('lost.yes')), offer('no', say('choice.no'))],
  );

const principalOf = (turn: OfficerTurn, debts: Debts) =>
  money(
    debts.reduce((all, debt) => all + debt.principal, 0n),
    turn.speaker.group.currency,
  );

const bookLoss = (turn: OfficerTurn, member: MemberFacts, debts: Debts): StepResult => {
  const { me, extra } = turn.speaker;
  const first = extra.closing?.lostVotes.find(
    (vote) => vote.loanId === debts[0]?.loanId && vote.memberId !== me.id,
  );
  const entryOf = (loanId: LoanId, principal: bigint): DomainEvent => ({
    type: 'entry-posted',
    entry: decidedEntry(turn, {
      kind: 'write-off',
      key: `write-off/${loanId}`,
      author: first?.memberId ?? me.id,
      postings: writeOff(loanId, principal),
    }),
  });
  return decide(turn, {
    events: debts.flatMap(({ loanId, principal }): DomainEvent[] => [
      entryOf(loanId, principal),
      { type: 'loan-lost', loanId },
    ]),
    replies: [
      reply(
        [say('lost.done', { name: member.name, amount: principalOf(turn, debts) })],
        [offer('closing', say('meeting-open.closing'))],
      ),
    ],
  });
};
