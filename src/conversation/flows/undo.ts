import { localDate } from '../../domain/calendar.ts';
import { asId, type EntryId } from '../../domain/ids.ts';
import { reverseReceipt } from '../booking.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Signatures } from '../line.ts';
import { reversedNotice } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { sumText } from '../parts.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, reply, say } from '../say.ts';
import { decide, nameAmong, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { askSecond, needsSecond } from './second-ask.ts';
import { cannotTakeBack } from './take-back.ts';

/** A leader takes back her last list, within the day it was written, whichever meeting it was of: each entry is reversed, none is deleted. */
export const startUndo = (turn: OfficerTurn): StepResult => {
  const { lists } = turn.speaker.extra;
  if (!lists) return needs({ type: 'lists' });
  const last = lastList(turn, lists);
  const [first] = last;
  if (!first) return decide(turn, { replies: [reply([say('undo.none')])] });
  const cannot = cannotTakeBack(turn, last);
  if (cannot) return decide(turn, { replies: [cannot] });
  return decide(turn, {
    flow: {
      type: 'undo-confirm',
      batch: first.batch,
      entries: last.flatMap((r) => (r.entryId ? [r.entryId] : [])),
    },
    replies: [
      reply(
        [
          say('undo.title', { count: last.length }),
          ...last.map((r) =>
            say('undo.line', {
              receipt: r.receipt ?? 0n,
              name: nameAmong(turn, memberById(turn, r.memberId)),
              sum: [sumText(r.parts)],
            }),
          ),
          say('undo.question'),
        ],
        [offer(`undo:yes:${first.batch}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

const lastList = (turn: OfficerTurn, lists: readonly ReceiptFacts[]): ReceiptFacts[] => {
  const { timeZone } = turn.speaker.group.meeting;
  const today = lists.filter((r) => r.decidedAt && localDate(r.decidedAt, timeZone).equals(todayOf(turn)));
  const last = today.filter((r) => r.batch === today[0]?.batch);
  return last.toSorted((a, b) => ((a.receipt ?? 0n) < (b.receipt ?? 0n) ? -1 : 1));
};

export const confirmUndo = (turn: OfficerTurn, batch: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'undo-confirm' || flow.batch !== batch) return undefined;
  const { lists } = turn.speaker.extra;
  if (!lists) return needs({ type: 'lists' });
  const shown = new Set(flow.entries);
  const still = lastList(turn, lists).filter((r) => shown.has(r.entryId ?? asId<EntryId>(turn.newId())));
  if (still.length === 0) return decide(turn, { replies: [reply([say('undo.none')])] });
  const cannot = cannotTakeBack(turn, still);
  if (cannot) return decide(turn, { replies: [cannot] });
  if (needsSecond(turn, still)) return askSecond(turn, { kind: 'undo', receipts: still });
  const signed = { author: turn.speaker.me.id, witness: undefined };
  return takenBack(turn, still, { signed, events: [], notices: [] });
};

/** Each receipt is reversed, and who it is of is told. */
export const takenBack = (
  turn: OfficerTurn,
  receipts: readonly ReceiptFacts[],
  of: {
    readonly signed: Signatures;
    readonly events: readonly DomainEvent[];
    readonly notices: readonly Notice[];
  },
): StepResult =>
  decide(turn, {
    events: [
      ...of.events,
      ...receipts.flatMap((r) => reverseReceipt(turn, r, { reason: 'undo', signed: of.signed })),
      // What she objected to is gone: there is nothing left to look at.
      ...receipts
        .filter(({ disputed }) => disputed)
        .map(
          ({ paymentId }): DomainEvent => ({
            type: 'dispute-decided',
            paymentId,
            state: 'corrected',
            by: of.signed.author,
          }),
        ),
    ],
    notices: [
      ...receipts.flatMap((r) => reversedNotice(turn, memberById(turn, r.memberId), r)),
      ...of.notices,
    ],
    replies: [reply([say('undo.done', { count: receipts.length })], [offer('record', say('menu.record'))])],
  });
