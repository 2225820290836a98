import { firstName } from '../../domain/group.ts';
import { asId, type DangerId, isId } from '../../domain/ids.ts';
import type { DangerSummary, StaffDanger } from '../danger-facts.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { ago } from './ago.ts';
import { answer, askForAnswer, safeWords, toList, withDanger, withOpen } from './danger-answer.ts';

/**
 * Who asked for help in danger, for those who are trained for it: the list, one of them, a word to her. To everybody else of the
 * staff there is no such thing, whatever they write or press. Undefined: something else was said.
 */
export const staffDangerSaid = (turn: StaffTurn): StepResult | undefined => {
  const { input } = turn;
  const { flow } = turn.session;
  if (turn.staff.role !== 'safeguarding') return undefined;
  if (input.type === 'choice') return input.verb === 'danger' ? chosen(turn, input.args) : undefined;
  if (input.type !== 'words') return undefined;
  if (flow.type === 'danger-answer' && input.meaning.intent !== 'cancel')
    return answer(turn, flow.dangerId, input.text);
  return flow.type === 'idle' && input.meaning.intent === 'urgent' ? list(turn) : undefined;
};

const chosen = (turn: StaffTurn, [what = '', id = '']: readonly string[]): StepResult | undefined => {
  if (what === '') return list(turn);
  if (!isId(id)) return undefined;
  const dangerId = asId<DangerId>(id);
  switch (what) {
    case 'open':
      return withDanger(turn, dangerId, (danger) => show(turn, danger));
    case 'answer':
      return withOpen(turn, dangerId, (danger) => askForAnswer(turn, danger));
    case 'take':
      return withOpen(turn, dangerId, (danger) => take(turn, danger));
    case 'close':
      return withOpen(turn, dangerId, (danger) => close(turn, danger));
    default:
      return undefined;
  }
};

/** The open ones, the oldest first, and nobody's name: that is seen by opening one. */
const list = (turn: StaffTurn): StepResult => {
  const { dangers } = turn.staff;
  if (!dangers) return needs({ type: 'dangers' });
  if (dangers.count === 0) return decide(turn, { replies: [reply([say('danger.none')])] });
  return decide(turn, {
    replies: [
      reply(
        [
          say('danger.title', { count: dangers.count }),
          ...dangers.first.map((one, at) =>
            say('danger.one', {
              n: at + 1,
              ago: [ago(one.askedAt, turn.snapshot.now)],
              safe: [safeWords(one)],
              who: [whose(turn, one)],
            }),
          ),
        ],
        dangers.first.map(({ id }, at) => offer(`danger:open:${id}`, say('danger.pick', { n: at + 1 }))),
      ),
    ],
  });
};

const show = (turn: StaffTurn, danger: StaffDanger): StepResult => {
  const { now } = turn.snapshot;
  const name = firstName(danger.member.name);
  const isOwn = danger.assigned?.id === turn.staff.staffId;
  return decide(turn, {
    groupId: danger.groupId,
    replies: [
      reply(
        [
          say('danger.head', { name, group: danger.groupName }),
          say('danger.facts', {
            ago: [ago(danger.askedAt, now)],
            safe: [safeWords(danger)],
            who: [whose(turn, danger)],
          }),
          ...danger.lines.map(({ by, words, at }) =>
            say('talks.line', { name: by === undefined ? name : firstName(by), ago: [ago(at, now)], words }),
          ),
          ...(danger.state === 'closed' ? [say('danger.closed-already')] : []),
        ],
        danger.state === 'open'
          ? [
              offer(`danger:answer:${danger.id}`, say('danger.say')),
              ...(isOwn ? [] : [offer(`danger:take:${danger.id}`, say('danger.take'))]),
              offer(`danger:close:${danger.id}`, say('talks.close')),
            ]
          : [toList()],
      ),
    ],
    events: [audited(turn, danger, 'danger-read')],
  });
};

const whose = (turn: StaffTurn, { assigned }: DangerSummary): Say => {
  if (!assigned) return say('talks.nobody');
  return assigned.id === turn.staff.staffId
    ? say('talks.yours')
    : say('talks.of', { name: firstName(assigned.name) });
};

const take = (turn: StaffTurn, danger: StaffDanger): StepResult =>
  decide(turn, {
    groupId: danger.groupId,
    replies: [
      reply(
        [say('danger.taken', { name: firstName(danger.member.name) })],
        [offer(`danger:answer:${danger.id}`, say('danger.say')), toList()],
      ),
    ],
    events: [
      { type: 'danger-assigned', id: danger.id, to: turn.staff.staffId },
      audited(turn, danger, 'danger-taken'),
    ],
  });

/** The member is told nothing. */
const close = (turn: StaffTurn, danger: StaffDanger): StepResult =>
  decide(turn, {
    groupId: danger.groupId,
    replies: [reply([say('danger.closed')], [toList()])],
    events: [
      { type: 'danger-closed', id: danger.id, by: turn.staff.staffId },
      audited(turn, danger, 'danger-closed'),
    ],
  });

/** Not by her id: whoever reads what was looked up about her, on her own telephone too, learns nothing of it. */
const audited = (turn: StaffTurn, { id }: DangerSummary, action: string): DomainEvent => ({
  type: 'audited',
  by: turn.staff.staffId,
  action,
  subject: `danger/${id}`,
});
