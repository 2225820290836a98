import { firstName } from '../../domain/group.ts';
import { asId, isId, type MeetingId, type MemberId } from '../../domain/ids.ts';
import type { DomainEvent } from '../domain-event.ts';
import { contactOf, otherOfficers, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, reply, say } from '../say.ts';
import type { SecondWord } from '../second-word.ts';
import { currentMeeting, decide, needs, type OfficerTurn } from '../turn.ts';
import { correctedTo } from './corrected.ts';
import { memberOf } from './cover-book.ts';
import { coverOffSaid } from './cover-off.ts';
import { refundOffSaid, refundSaid } from './cover-refund.ts';
import { forgivingSaid } from './forgive.ts';
import { handsSaid } from './hands.ts';
import { newPhoneSaid } from './new-phone.ts';
import { pinResetSaid } from './pin-reset.ts';
import { changeLines, secondQuestion, shownOf } from './second-ask.ts';
import { notHers, secondsFor } from './second-who.ts';
import { suspendedSaid } from './suspend.ts';
import { cannotTakeBack } from './take-back.ts';
import { endTanda } from './tanda-stop-settle.ts';
import { takenBack } from './undo.ts';

/** The second officer's word on a change that another one asked for. With it the change is made, and not before. */
export const secondSaid = (
  turn: OfficerTurn,
  [answer = '', id = '', shown = '']: readonly string[],
): StepResult | undefined => {
  const { me, extra } = turn.speaker;
  if (!isId(id) || (answer !== 'yes' && answer !== 'no' && answer !== 'see')) return undefined;
  if (!extra.seconds) return needs({ type: 'seconds' });
  const word = extra.seconds.find((one) => one.id === id);
  if (!word) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (word.toStaff) return decide(turn, { replies: [reply([say('new-phone.to-staff')])] });
  if (word.by === me.id) return decide(turn, { replies: [reply([say('count.other-officer')])] });
  if (word.change.kind === 'hands' && word.change.about === 'office') {
    if (!extra.election) return needs({ type: 'election' });
    if (!secondsFor(turn, word).some(({ id }) => id === me.id))
      return decide(turn, { replies: [reply([say('office.own')])] });
  }
  if (notHers(word.change) === me.id) return decide(turn, { replies: [reply([say('ask.own')])] });
  if (answer === 'see') return decide(turn, { replies: [secondQuestion(turn, word)] });
  if (answer === 'no') return refused(turn, word);
  // Nothing is changed that was not shown: what has changed since is shown before she says yes to it.
  const now = shownOf(turn, word.change);
  if (now !== '' && now !== `:${shown}`) return decide(turn, { replies: [secondQuestion(turn, word)] });
  return made(turn, word);
};

const refused = (turn: OfficerTurn, word: SecondWord<ReceiptFacts>): StepResult =>
  decide(turn, {
    events: [said(turn, word, 'refused')],
    notices: toOfficers(turn, word, 'second.denied'),
    replies: [reply([say('second.left')])],
  });

const said = (
  turn: OfficerTurn,
  { id }: SecondWord<ReceiptFacts>,
  state: 'done' | 'refused',
): DomainEvent => ({
  type: 'second-said',
  id,
  state,
  witness: turn.speaker.me.id,
});

/** Every officer hears what became of it. */
const toOfficers = (
  turn: OfficerTurn,
  { change }: SecondWord<ReceiptFacts>,
  key: 'second.done' | 'second.denied',
): Notice[] =>
  tell(
    otherOfficers(turn),
    'answer',
    reply([say(key, { name: firstName(turn.speaker.me.name) }), ...changeLines(turn, change)]),
  );

const made = (turn: OfficerTurn, word: SecondWord<ReceiptFacts>): StepResult => {
  const { change } = word;
  const signed = { author: word.by, witness: turn.speaker.me.id };
  const done = { events: [said(turn, word, 'done')], notices: toOfficers(turn, word, 'second.done') };
  if (change.kind === 'tanda-stop') return endTanda(turn, { by: word.by, events: done.events, notices: [] });
  if (change.kind === 'fine-off') return fineOff(turn, change, done);
  const moved = (state: 'done' | 'refused') => said(turn, word, state);
  switch (change.kind) {
    case 'hands':
      return handsSaid(turn, { by: word.by, change }, moved);
    case 'forgive':
      return forgivingSaid(turn, { ...word, change }, moved);
    case 'refund':
      return refundSaid(turn, { ...word, change }, moved);
    case 'refund-off':
      return refundOffSaid(turn, { ...word, change }, moved);
    case 'cover-off':
      return coverOffSaid(turn, { by: word.by, change }, moved);
    case 'reopen':
      return opened(turn, word.by, done);
    case 'pin-reset':
      return pinResetSaid(turn, change.memberId, done);
    case 'suspend':
    case 'let-back':
      return suspendedSaid(turn, change, done);
    case 'new-phone':
      return newPhoneSaid(turn, { id: word.id, memberId: change.memberId }, done.events);
    case 'undo':
    case 'correction':
      break;
  }
  const receipts = change.kind === 'undo' ? change.receipts : [change.receipt];
  // One that was corrected since, or was never booked, is not taken back twice.
  if (receipts.some(({ state }) => state !== 'confirmed')) return refused(turn, word);
  const cannot = cannotTakeBack(turn, receipts);
  if (cannot) return decide(turn, { replies: [cannot] });
  return change.kind === 'undo'
    ? takenBack(turn, receipts, { signed, ...done })
    : correctedTo(turn, change, { signed, ...done });
};

/** The meeting is open for both; the roll and the count of the one that was closed stay as they were. */
const opened = (turn: OfficerTurn, by: MemberId, { events, notices }: Done): StepResult => {
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting !== 'none') return decide(turn, { events, replies: [reply([say('loan-decide.already')])] });
  const id = asId<MeetingId>(turn.newId());
  return decide(turn, {
    events: [...events, { type: 'meeting-opened', id, on: currentMeeting(turn), late: false, by }],
    notices,
    replies: [reply([say('second.thanks')], [offer('meeting', say('meeting-open.go-on'))])],
  });
};

type Done = { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] };

const fineOff = (
  turn: OfficerTurn,
  change: Extract<SecondWord<ReceiptFacts>['change'], { kind: 'fine-off' }>,
  { events, notices }: Done,
): StepResult => {
  const member = memberOf(turn, change.memberId);
  if (!member || member.fined.minor < change.amount.minor)
    return decide(turn, { replies: [reply([say('fine-off.none')])] });
  return decide(turn, {
    events,
    notices: [
      ...notices,
      ...tell([contactOf(member)], 'fine', reply([say('fined.off', { amount: change.amount })])),
    ],
    replies: [reply([say('second.thanks')])],
  });
};
