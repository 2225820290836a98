import { isStillThere } from '../../domain/ledger/take-back.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { isStillHeld } from '../tanda-payer.ts';
import type { OfficerTurn } from '../turn.ts';

/**
 * Why receipts cannot be taken back together; undefined when they can. What was shared out at a closing, what left the
 * box since, and what belongs to somebody who left, is beyond a stroke of the pen.
 */
export const cannotTakeBack = (turn: OfficerTurn, receipts: readonly ReceiptFacts[]): Reply | undefined => {
  const why = whyNot(turn, receipts);
  return why && beyondUs(why);
};

/** Said with the way to somebody who can look at it. */
export const beyondUs = (why: Say): Reply =>
  reply([why, say('take-back.person')], [offer('ask:person', say('menu.person'))]);

const whyNot = (turn: OfficerTurn, receipts: readonly ReceiptFacts[]): Say | undefined => {
  if (receipts.some(({ isClosed }) => isClosed)) return say('take-back.closed');
  const payers = receipts.map((receipt) => ({
    receipt,
    member: turn.speaker.company.desk.roster.find(({ id }) => id === receipt.memberId),
  }));
  if (payers.some(({ member }) => !member)) return say('take-back.left');
  const isHeld = payers.every(({ receipt, member }) => member && isStillHeld(turn, receipt, member.number));
  if (!isHeld) return say('undo.handed');
  const runs = new Set(payers.flatMap(({ member }) => member?.loans.map(({ id }) => `loan/${id}`) ?? []));
  const paid = receipts.flatMap(({ postings }) => postings.map(({ credit }) => credit));
  if (paid.some((account) => account.startsWith('loan/') && !runs.has(account))) return say('take-back.loan');
  return isStillThere(receipts) ? undefined : say('take-back.gone');
};
