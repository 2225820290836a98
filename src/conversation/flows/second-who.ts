import type { MemberId } from '../../domain/ids.ts';
import { holdersOf } from '../../domain/office.ts';
import type { Contact } from '../contact.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import type { Change, SecondWord } from '../second-word.ts';
import type { OfficerTurn } from '../turn.ts';

/** Whom a change is about, where it is not hers to ask for or to say yes to. */
export const notHers = (change: Change<ReceiptFacts>): MemberId | undefined => {
  switch (change.kind) {
    case 'fine-off':
    case 'hands':
    case 'forgive':
    case 'pin-reset':
    case 'suspend':
    case 'let-back':
    case 'new-phone':
    case 'cover-off':
      return change.memberId;
    case 'undo':
    case 'correction':
    case 'tanda-stop':
    case 'reopen':
    case 'refund':
    case 'refund-off':
      return undefined;
  }
};

/**
 * The officers who may say the second word on a change: not her who asked for it, nor whom it is about, and none where it is for
 * staff to say. What hands decided about an
 * office she who holds it does not count, as long as two others can: she alone stops nothing.
 */
export const secondsFor = (
  turn: OfficerTurn,
  { by, change, toStaff = false }: Pick<SecondWord<ReceiptFacts>, 'by' | 'change'> & { toStaff?: boolean },
): readonly Contact[] => {
  if (toStaff) return [];
  const others = turn.speaker.company.officers.filter(({ id }) => id !== by && id !== notHers(change));
  if (change.kind !== 'hands' || change.about !== 'office') return others;
  const kept = others.filter(({ id }) => !isHolder(turn, id));
  return kept.length > 0 ? kept : others;
};

/** Whether she who speaks holds the office that is voted on, and two others can count. */
export const isHolderKept = (turn: OfficerTurn): boolean => {
  const { me, company, extra } = turn.speaker;
  const counting = company.officers.filter(
    ({ id }) => !isHolder(turn, id) && id !== extra.election?.open?.candidate.id,
  );
  return isHolder(turn, me.id) && counting.length >= 2;
};

const isHolder = ({ speaker }: OfficerTurn, id: string): boolean => {
  const { open, holders = [] } = speaker.extra.election ?? {};
  return open !== undefined && holdersOf(open.office, holders).some((one) => one.id === id);
};
