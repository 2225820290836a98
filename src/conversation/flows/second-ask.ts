import { firstName } from '../../domain/group.ts';
import { asId, type MemberId, type SecondWordId } from '../../domain/ids.ts';
import { partsTotal } from '../../domain/payment.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { sumText } from '../parts.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { Change, SecondWord } from '../second-word.ts';
import type { Session } from '../session.ts';
import { decide, nameAmong, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { settlementLines } from './tanda-stop-settle.ts';

/**
 * Whether one officer may not change these alone: where the rules ask for two signatures, and when a meeting ended since
 * and all were told balances that they are part of.
 */
export const needsSecond = (turn: OfficerTurn, receipts: readonly ReceiptFacts[]): boolean =>
  turn.speaker.group.rules.signers === 2 || receipts.some(({ isTold }) => isTold);

/** Nothing changes yet: another officer is asked, and not her whose fine it is. */
export const askSecond = (
  turn: OfficerTurn,
  change: Change<ReceiptFacts>,
  session: Partial<Session> = {},
): StepResult => {
  const { me } = turn.speaker;
  const officers = otherOfficers(turn, change.kind === 'fine-off' ? { id: change.memberId } : undefined);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const word: SecondWord<ReceiptFacts> = { id: asId<SecondWordId>(turn.newId()), by: me.id, change };
  return decide(turn, {
    session,
    events: [{ type: 'second-asked', ...word }],
    notices: tell(officers, 'ask', secondQuestion(turn, word)),
    replies: [reply([say('second.asked', { name: firstName(officers[0]?.name ?? '') })])],
  });
};

/** What she is shown of a tanda follows from the book: on another one she is asked again. */
export const shownOf = (turn: OfficerTurn, change: Change<ReceiptFacts>): string =>
  change.kind === 'tanda-stop' ? `:${turn.speaker.group.book.seq}` : '';

export const secondQuestion = (turn: OfficerTurn, { id, by, change }: SecondWord<ReceiptFacts>): Reply =>
  reply(
    [
      say('second.wants', { name: firstName(askedBy(turn, by)) }),
      ...changeLines(turn, change),
      say('second.question'),
    ],
    [
      offer(`second:yes:${id}${shownOf(turn, change)}`, say('second.yes')),
      offer(`second:no:${id}`, say('second.no')),
    ],
  );

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
    case 'fine-off':
      return [
        say('fine-off.line', {
          name: nameAmong(turn, memberById(turn, change.memberId)),
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
