import { firstName } from '../../domain/group.ts';
import type { DangerId } from '../../domain/ids.ts';
import { isPretended } from '../access/unlocked.ts';
import type { DangerWords, OwnDanger } from '../danger-facts.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';
import { ago } from './ago.ts';
import { type DangerTurn, withDanger } from './danger-turn.ts';
import { isRecent, isTalk } from './talk.ts';

/** Asks for what she wants to tell them. Undefined: she has asked for nobody. */
export const askForWords = (turn: DangerTurn): StepResult | undefined =>
  openOf(turn.danger)
    ? decide(turn, {
        flow: { type: 'danger-words' },
        replies: [reply([say('danger.write')], [offer('no', say('choice.not-now'))])],
      })
    : undefined;

/**
 * Her words to them: danger too, and all that is no command of the bot. Undefined: a command, or said so late that the telephone
 * may be in other hands.
 */
export const wordsSaid = (
  turn: MemberTurn,
  ended: (turn: DangerTurn) => StepResult,
): StepResult | undefined => {
  const { input } = turn;
  if (input.type !== 'words' || !isRecent(turn)) return undefined;
  const { text, meaning } = input;
  const isUrgent = meaning.intent === 'urgent';
  if (!isUrgent && !isTalk(text, meaning.intent)) return undefined;
  return withDanger(turn, (own) => {
    const open = openOf(own.danger);
    if (!open) return ended(own);
    // Her word was the last one before: they know already that there is something to read.
    const isTold = open.lines.length > 0 && open.lines.at(-1)?.by === undefined;
    return decide(turn, {
      flow: { type: 'danger-words' },
      replies: [reply([say('danger.passed'), say('talk.more'), ...(isUrgent ? [say('urgent.danger')] : [])])],
      events: [{ type: 'danger-said', id: open.id, line: { id: turn.newId(), by: undefined, words: text } }],
      notices: isTold ? [] : toThem(own.danger, open.id, say('danger.staff-wrote')),
    });
  });
};

/**
 * What they wrote to her since she wrote last: shown because she pressed for it, and only where she asked. To whoever gave the
 * second PIN nobody has written.
 */
export const seeWords = (turn: DangerTurn): StepResult => {
  const { now } = turn.snapshot;
  const lines = isPretended(turn.snapshot) ? [] : newOnes(turn.danger);
  return decide(turn, {
    replies: [
      reply(
        lines.length > 0
          ? lines.map(({ by = '', words, at }) =>
              say('talks.line', { name: firstName(by), ago: [ago(at, now)], words }),
            )
          : [say('danger.no-words')],
        openOf(turn.danger)
          ? [offer('danger:say', say('talks.answer')), offer('no', say('choice.not-now'))]
          : [],
      ),
    ],
  });
};

/** Whether they wrote to her and she has not answered. */
export const waitsForHer = (danger: OwnDanger): boolean => newOnes(danger).length > 0;

const newOnes = ({ last }: OwnDanger): readonly DangerWords[] => {
  const lines = last?.lines ?? [];
  return lines.slice(lines.findLastIndex(({ by }) => by === undefined) + 1);
};

/**
 * She needs nobody any more, or somebody made her say so: those who are trained for it are told. Where nothing was open she is
 * answered the same.
 */
export const callOff = (turn: DangerTurn): StepResult => {
  const open = openOf(turn.danger);
  return decide(turn, {
    replies: [reply([say('danger.off-done')])],
    events: open ? [{ type: 'danger-closed', id: open.id, by: undefined }] : [],
    notices: open ? toThem(turn.danger, open.id, say('danger.staff-off')) : [],
  });
};

/** What she asked for and nobody has closed. */
export const openOf = ({ last }: OwnDanger): OwnDanger['last'] => (last?.state === 'open' ? last : undefined);

/** To her who looks after it; to all of them while nobody does, or while that one is not to be reached. */
export const toThem = (danger: OwnDanger, id: DangerId, line: Say): Notice[] => {
  const { people } = danger;
  const own = people.filter((person) => person.id === openOf(danger)?.assignedTo);
  const what = reply([line], [offer(`danger:open:${id}`, say('danger.see'))]);
  return tell(own.length > 0 ? own : people, 'help', what);
};
