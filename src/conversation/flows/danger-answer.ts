import { firstName } from '../../domain/group.ts';
import type { DangerId } from '../../domain/ids.ts';
import type { DangerSummary, StaffDanger } from '../danger-facts.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { dayAndTime } from './safe-words.ts';

/** The way back to all of them. */
export const toList = () => offer('danger', say('danger.list'));

/** With what is known of one of them; she is told when it is gone, or not hers to see. */
export const withDanger = (
  turn: StaffTurn,
  id: DangerId,
  then: (danger: StaffDanger) => StepResult,
): StepResult => {
  const { danger } = turn.staff;
  if (!danger) return needs({ type: 'danger', id });
  return danger === 'none'
    ? decide(turn, { replies: [reply([say('danger.gone')], [toList()])] })
    : then(danger);
};

/** The same, of one that nobody has closed. */
export const withOpen = (
  turn: StaffTurn,
  id: DangerId,
  then: (danger: StaffDanger) => StepResult,
): StepResult =>
  withDanger(turn, id, (danger) =>
    danger.state === 'open'
      ? then(danger)
      : decide(turn, { replies: [reply([say('danger.closed-already')], [toList()])] }),
  );

/** When she may be written to, as she said. */
export const safeWords = ({ safe, safeFrom, timeZone }: DangerSummary): Say => {
  if (!safeFrom) return say('danger.safe-she');
  return safe === 'now' ? say('danger.safe-now') : say('danger.safe-from', dayAndTime(safeFrom, timeZone));
};

/** Why she cannot be written to now. Undefined: she can. */
const whyNot = (turn: StaffTurn, danger: StaffDanger): Say | undefined => {
  if (danger.member.reach.length === 0) return say('danger.unreachable');
  const { safeFrom } = danger;
  const isSafe = safeFrom
    ? turn.snapshot.now.since(safeFrom).sign >= 0
    : danger.lines.some(({ by }) => by === undefined);
  return isSafe ? undefined : say('danger.too-early', { safe: [safeWords(danger)] });
};

/** Asks for the words to her, where she can be written to now. */
export const askForAnswer = (turn: StaffTurn, danger: StaffDanger): StepResult => {
  const no = whyNot(turn, danger);
  if (no) return decide(turn, { replies: [reply([no], [toList()])] });
  return decide(turn, {
    flow: { type: 'danger-answer', dangerId: danger.id },
    replies: [
      reply(
        [say('danger.answer-write', { name: firstName(danger.member.name) })],
        [offer('no', say('choice.cancel'))],
      ),
    ],
  });
};

/** Her words wait for the member behind a sentence that tells nothing. Who answers looks after her from then on. */
export const answer = (turn: StaffTurn, id: DangerId, words: string): StepResult =>
  withOpen(turn, id, (danger) => {
    const no = whyNot(turn, danger);
    if (no) return decide(turn, { replies: [reply([no], [toList()])] });
    const { staffId } = turn.staff;
    return decide(turn, {
      groupId: danger.groupId,
      replies: [
        reply(
          [say(danger.isStopped ? 'danger.sent-quiet' : 'danger.sent')],
          [offer(`danger:close:${danger.id}`, say('talks.close')), toList()],
        ),
      ],
      events: [
        ...(danger.assigned ? [] : [{ type: 'danger-assigned', id: danger.id, to: staffId } as const]),
        { type: 'danger-said', id: danger.id, line: { id: turn.newId(), by: staffId, words } },
      ],
      // Of a kind that many messages are of: nothing that is kept of it says what it was.
      notices: tell([danger.member], 'answer', reply([], [offer('danger:see', say('danger.see'))])),
    });
  });
