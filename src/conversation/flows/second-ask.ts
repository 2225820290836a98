import { firstName } from '../../domain/group.ts';
import { asId, type MemberId, type SecondWordId } from '../../domain/ids.ts';
import { partsTotal } from '../../domain/payment.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { sumText } from '../parts.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { Change, SecondWord } from '../second-word.ts';
import type { Session } from '../session.ts';
import { decide, nameAmong, type OfficerTurn } from '../turn.ts';
import { nameOf } from './cover-plan.ts';
import { secondsFor } from './second-who.ts';
import { settlementLines } from './tanda-stop-settle.ts';

/**
 * Whether one officer may not change these alone: where the rules ask for two signatures, and when a meeting ended since
 * and all were told balances that they are part of.
 */
export const needsSecond = (turn: OfficerTurn, receipts: readonly ReceiptFacts[]): boolean =>
  turn.speaker.group.rules.signers === 2 || receipts.some(({ isTold }) => isTold);

/** Everybody a change is about. */
export const concerned = (change: Change<ReceiptFacts>): readonly MemberId[] => {
  switch (change.kind) {
    case 'undo':
      return change.receipts.map(({ memberId }) => memberId);
    case 'correction':
      return [change.receipt.memberId];
    case 'tanda-stop':
    case 'reopen':
      return [];
    default:
      return [change.memberId];
  }
};

/** Nothing changes yet: another officer is asked, and not her whom it is about. */
export const askSecond = (
  turn: OfficerTurn,
  change: Change<ReceiptFacts>,
  session: Partial<Session> = {},
): StepResult => {
  const { me } = turn.speaker;
  const officers = secondsFor(turn, { by: me.id, change });
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const word: Word = { id: asId<SecondWordId>(turn.newId()), by: me.id, change };
  return decide(turn, {
    session,
    events: [{ type: 'second-asked', ...word }],
    notices: tell(officers, 'ask', secondQuestion(turn, word)),
    replies: [
      reply([
        ...(change.kind === 'hands' ? changeLines(turn, change) : []),
        say('second.asked', { name: firstName(officers[0]?.name ?? '') }),
      ]),
    ],
  });
};

type Word = Pick<SecondWord<ReceiptFacts>, 'id' | 'by' | 'change'>;

/** What she is shown of a tanda follows from the book: on another one she is asked again. */
export const shownOf = (turn: OfficerTurn, change: Change<ReceiptFacts>): string =>
  change.kind === 'tanda-stop' ? `:${turn.speaker.group.book.seq}` : '';

export const secondQuestion = (turn: OfficerTurn, { id, by, change }: Word): Reply => {
  const { wants, yes, no } = asksFor(change);
  return reply(
    [
      say(wants, { name: firstName(askedBy(turn, by)) }),
      ...changeLines(turn, change),
      say('second.question'),
    ],
    [offer(`second:yes:${id}${shownOf(turn, change)}`, say(yes)), offer(`second:no:${id}`, say(no))],
  );
};

/** What was voted or given is no change of the book: it is asked in other words. */
const asksFor = ({ kind }: Change<ReceiptFacts>) => {
  switch (kind) {
    case 'hands':
      return { wants: 'hands.second', yes: 'lost.yes', no: 'choice.no' } as const;
    case 'forgive':
      return { wants: 'forgive.second', yes: 'lost.yes', no: 'choice.no' } as const;
    case 'reopen':
      return { wants: 'reopen.second', yes: 'reopen.yes', no: 'choice.no' } as const;
    case 'refund':
      return { wants: 'refund.second', yes: 'choice.yes', no: 'choice.no' } as const;
    case 'suspend':
    case 'let-back':
      return { wants: 'suspend.second', yes: 'choice.yes', no: 'choice.no' } as const;
    case 'pin-reset':
    case 'new-phone':
      return { wants: 'pin-reset.second', yes: 'choice.yes', no: 'choice.no' } as const;
    default:
      return { wants: 'second.wants', yes: 'second.yes', no: 'second.no' } as const;
  }
};

const askedBy = ({ speaker }: OfficerTurn, by: MemberId): string =>
  speaker.company.officers.find((officer) => officer.id === by)?.name ?? speaker.me.name;

/** What is to change, with names and amounts. */
export const changeLines = (turn: OfficerTurn, change: Change<ReceiptFacts>): Say[] => {
  switch (change.kind) {
    case 'undo':
      return change.receipts.map((receipt) => offLine(turn, receipt));
    case 'correction':
      return [
        offLine(turn, change.receipt),
        change.parts
          ? say('correct.will', { sum: [sumText(change.parts)], total: partsTotal(change.parts) })
          : say('correct.nothing'),
      ];
    case 'tanda-stop':
      return settlementLines(turn);
    case 'reopen':
      return [say('reopen.line', { date: change.on })];
    case 'pin-reset':
      return [say('pin-reset.line', { name: nameOf(turn, change.memberId) })];
    case 'suspend':
      return [say('suspend.line', { name: nameOf(turn, change.memberId) })];
    case 'let-back':
      return [say('let-back.line', { name: nameOf(turn, change.memberId) })];
    case 'new-phone':
      return [say('new-phone.line', { name: nameOf(turn, change.memberId) })];
    case 'hands':
      return [say(`hands.line-${change.about}`, { name: nameOf(turn, change.memberId), ...change.hands })];
    case 'forgive':
    case 'refund':
    case 'refund-off':
    case 'cover-off':
      return [
        say(`cover-change.${change.kind}`, { name: nameOf(turn, change.memberId), amount: change.amount }),
      ];
    case 'fine-off':
      return [
        say('fine-off.line', {
          name: nameOf(turn, change.memberId),
          amount: change.amount,
        }),
      ];
  }
};

const offLine = (turn: OfficerTurn, { memberId, receipt, parts }: ReceiptFacts): Say => {
  const member = turn.speaker.company.desk.roster.find(({ id }) => id === memberId);
  return say('second.off-line', {
    receipt: receipt ?? 0n,
    name: member ? nameAmong(turn, member) : '—',
    sum: [sumText(parts)],
  });
};
