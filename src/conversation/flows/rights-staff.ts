import { localDate } from '../../domain/calendar.ts';
import { daysLeft, type Right } from '../../domain/rights.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import type { OpenRequest } from '../rights-facts.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';

/** So many fit one message; the rest comes up as these are answered. */
const SHOWN = 8;

const KINDS: Readonly<Record<Right, Say>> = {
  access: say('rights.access'),
  rectification: say('rights.rectification'),
  cancellation: say('rights.cancellation'),
  opposition: say('rights.opposition'),
};

/** Staff press or write "solicitudes": what they have to see to, with the days that are left. Undefined: none of ours. */
export const staffRightsSaid = (turn: StaffTurn): StepResult | undefined => {
  const { input } = turn;
  if (input.type !== 'choice' || input.verb !== 'rights') return undefined;
  const [number = '', answer = ''] = input.args;
  const { requests } = turn.staff;
  if (!requests) return needs({ type: 'open-rights' });
  const one = requests.find((request) => String(request.number) === number);
  if (!one) return list(turn, requests);
  if (answer === '') return see(turn, one);
  return answered(turn, one, answer === 'done' ? 'done' : 'refused');
};

const list = (turn: StaffTurn, requests: readonly OpenRequest[]): StepResult => {
  if (requests.length === 0) return decide(turn, { replies: [reply([say('rights.none')])] });
  const shown = requests.slice(0, SHOWN);
  return decide(turn, {
    replies: [
      reply(
        [say('rights.open', { count: requests.length }), ...shown.map((request) => lineOf(turn, request))],
        shown.map(({ number }) => offer(`rights:${number}`, say('rights.one', { number }))),
      ),
    ],
  });
};

/** By her number: a list is read over a shoulder. */
const lineOf = (turn: StaffTurn, { number, right, due, memberNumber, groupName }: OpenRequest): Say => {
  const left = daysLeft(due, localDate(turn.snapshot.now, turn.staff.timeZone));
  const of = { number, what: [KINDS[right]], member: memberNumber, group: groupName };
  return left < 0
    ? say('rights.line-late', { ...of, count: -left })
    : say('rights.line', { ...of, count: left });
};

/** One of them, with the name it is about: that somebody looked is written down. */
const see = (turn: StaffTurn, one: OpenRequest): StepResult =>
  decide(turn, {
    events: [
      { type: 'audited', by: turn.staff.staffId, action: 'request-seen', subject: `member/${one.memberId}` },
    ],
    replies: [
      reply(
        [
          lineOf(turn, one),
          say('rights.of', { name: one.memberName }),
          ...(one.name === undefined ? [] : [say('rights.new-name', { name: one.name })]),
          ...(one.isTaken ? [say('rights.name-taken')] : []),
        ],
        [
          offer(`rights:${one.number}:done`, say(one.name === undefined ? 'rights.done' : 'rights.set-name')),
          offer(`rights:${one.number}:refused`, say('rights.refuse')),
        ],
      ),
    ],
  });

/** She was promised an answer: she hears it, and whom to ask why. Officers hear by which name she is in their book now. */
const answered = (turn: StaffTurn, one: OpenRequest, state: 'done' | 'refused'): StepResult => {
  const { staffId: by, programmeId } = turn.staff;
  const { number, name, her } = one;
  const isRenamed = state === 'done' && name !== undefined;
  return decide(turn, {
    groupId: one.groupId,
    events: [{ type: 'right-answered', id: one.id, state, by, programmeId }],
    notices: [
      ...tell([isRenamed ? { ...her, name } : her], 'rights', told(one, state)),
      ...(isRenamed
        ? tell(
            one.officers,
            'rights',
            reply([say('rights.officers-name', { number: one.memberNumber, group: one.groupName, name })]),
          )
        : []),
    ],
    replies: [
      reply([
        say(state === 'done' ? 'rights.is-done' : 'rights.is-refused', { number }),
        ...(her.reach.length === 0 ? [say('rights.tell-her')] : []),
      ]),
    ],
  });
};

const told = ({ name }: OpenRequest, state: 'done' | 'refused'): Reply => {
  if (state === 'refused')
    return reply([say('rights.her-refused')], [offer('ask:person', say('menu.person'))]);
  return reply([name === undefined ? say('rights.her-done') : say('rights.her-name', { name })]);
};
