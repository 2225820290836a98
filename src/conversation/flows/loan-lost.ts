import { type LossRefusal, lossPostings } from '../../domain/closing/write-off.ts';
import { firstName } from '../../domain/group.ts';
import { isId } from '../../domain/ids.ts';
import { isOwing } from '../../domain/loan/standing.ts';
import { hersOf } from '../../domain/underway.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { lossOf } from './loan-loss.ts';
import { askLoss, isReply, lossStage, type Proposed } from './loan-lost-vote.ts';
import {
  askedOfAll,
  doneLine,
  endingOf,
  type Given,
  isOfLender,
  lossLines,
  lossNotices,
} from './loan-lost-words.ts';
import { memberNamedIn } from './loan-plan.ts';
import { underwayFirst } from './underway.ts';

/** "dar por perdido el préstamo de Teresa": at any meeting, not only when the cycle closes. */
export const startLost = (turn: OfficerTurn): StepResult => {
  const text = turn.input.type === 'words' ? turn.input.text : '';
  const named = memberNamedIn(turn, text);
  const seen = named && loanLost(turn, named.id);
  if (seen) return seen;
  const { desk } = turn.speaker.company;
  const borrowers = desk.roster.filter(({ id, loans }) => id !== turn.speaker.me.id && isOwing(loans));
  if (borrowers.length === 0) return decide(turn, { replies: [reply([say('plan.nobody')])] });
  return decide(turn, {
    replies: [
      reply(
        [say('lost.who')],
        [
          ...borrowers.map(({ id, name }) => offer(`lost:${id}`, say('plan.one', { name }))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

/**
 * What a member owes is given up by the group: by the vote of its members where they decide on loans, and always by the
 * word of two officers, neither of them the borrower. It is shown first, to the centavo; `say` is an officer's word on
 * just what she was shown.
 */
export const loanLost = (turn: OfficerTurn, what: string, shown = ''): StepResult | undefined => {
  const { extra, me, company, group } = turn.speaker;
  const memberId = what === 'say' ? (shown.split('.')[0] ?? '') : what;
  const member = company.desk.roster.find((one) => one.id === memberId);
  if (!isId(memberId) || !member) return undefined;
  const loss = lossOf(turn, member);
  if (!loss) return needs({ type: 'closing' });
  if (!extra.voters) return needs({ type: 'voters' });
  if (member.id === me.id) return said(turn, say('loan-decide.own'));
  if (company.desk.waiting.some((payment) => payment.memberId === member.id))
    return decide(turn, {
      replies: [reply([say('refusal.payments_waiting')], [offer('pending', say('menu.pending'))])],
    });
  const underway = underwayFirst(turn, hersOf(member.id, group.underway));
  if (underway) return underway;
  if (!loss.ok) return said(turn, lossRefusalText(loss.refusal));
  return decideLoss(turn, { member, loss: loss.value }, what === 'say' ? shown : undefined);
};

const said = (turn: OfficerTurn, what: Say): StepResult => decide(turn, { replies: [reply([what])] });

const lossRefusalText = (refusal: LossRefusal): Say => {
  switch (refusal.type) {
    case 'nothing_owed':
      return say('refusal.nothing_owed');
    case 'not_in_the_book':
      return say('refusal.not_in_the_book');
  }
};

/** Shows it, asks the others, or books it: nothing follows a word that was given to other figures. */
const decideLoss = (turn: OfficerTurn, given: Given, shown: string | undefined): StepResult => {
  const proposed: Proposed = { about: given.member.id, loanId: given.loss.loans[0]?.loanId };
  const stage = lossStage(turn, proposed);
  if (isReply(stage)) return decide(turn, { replies: [stage] });
  if (shown !== asShown(turn, given))
    return decide(turn, {
      replies: [
        reply(
          [...lossLines(turn, given), say(stage.question)],
          [offer(`lost:say:${asShown(turn, given)}`, say(stage.yes)), offer('no', say('choice.no'))],
        ),
      ],
    });
  return stage.type === 'book'
    ? bookLoss(turn, given, stage.proposer)
    : askLoss(turn, proposed, {
        what: askedOfAll(turn, given),
        second: secondQuestion(turn, given),
      });
};

/** The book and the day that it was worked out from: on any other, another amount may be lost. */
const asShown = (turn: OfficerTurn, { member }: Given): string =>
  `${member.id}.${turn.speaker.group.book.seq}.${todayOf(turn).dayOfYear}`;

const secondQuestion = (turn: OfficerTurn, given: Given): Reply =>
  reply(
    [
      say('cover.second', { leader: firstName(turn.speaker.me.name) }),
      ...lossLines(turn, given),
      say('lost.was-it-so'),
    ],
    [offer(`lost:say:${asShown(turn, given)}`, say('lost.yes')), offer('no', say('choice.no'))],
  );

const bookLoss = (turn: OfficerTurn, given: Given, proposer: MemberFacts['id']): StepResult => {
  const { member, loss } = given;
  const { group, me } = turn.speaker;
  const entries = loss.loans.flatMap((loan): DomainEvent[] => {
    const postings = lossPostings(member.id, loan, group.rules);
    if (postings.length === 0) return [];
    const key = `write-off/${loan.loanId}`;
    const entry = decidedEntry(turn, { kind: 'write-off', key, author: proposer, postings });
    return [{ type: 'entry-posted', entry }];
  });
  const state = endingOf(loss) === 'paid' ? 'repaid' : 'written_off';
  const [first] = loss.loans;
  return decide(turn, {
    events: [
      ...entries,
      ...loss.loans.map(({ loanId }): DomainEvent => ({ type: 'loan-lost', loanId, state })),
      // Where nothing is booked no entry names the second officer: her word is kept with the votes.
      ...(first && entries.length === 0
        ? [
            {
              type: 'vote-cast' as const,
              subjectId: first.loanId,
              vote: { memberId: me.id, yes: true },
            },
          ]
        : []),
    ],
    notices: lossNotices(turn, given, entries.length > 0 ? group.book.seq + 1n : undefined),
    replies: [
      reply([doneLine(turn, given)], isOfLender(turn) ? [] : [offer('closing', say('meeting-open.closing'))]),
    ],
  });
};
