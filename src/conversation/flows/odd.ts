import { Temporal } from 'temporal-polyfill';
import type { Role } from '../../domain/group.ts';
import type { OddEvidence } from '../../domain/odd/signs.ts';
import type { OddGroup } from '../odd-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';

/** So many fit one message. */
const SHOWN = 8;
const DAYS_SHOWN = 6;
/** Of fewer payments it says nothing that nobody objected to one. */
const BOOKED_MIN = 5;

const ROLES: Readonly<Record<Role, Say>> = {
  leader: say('my-file.role-leader'),
  treasurer: say('my-file.role-treasurer'),
  secretary: say('my-file.role-secretary'),
  member: say('my-file.role-member'),
};

/** Staff write "qué se ve raro", or press it: what is worth a look with which group. Undefined: something else was said. */
export const oddSaid = (turn: StaffTurn): StepResult | undefined => {
  const { input } = turn;
  const isAsked =
    input.type === 'choice'
      ? input.verb === 'odd'
      : input.type === 'words' && turn.staffWork(input.text)?.type === 'odd';
  if (!isAsked) return undefined;
  const { odd } = turn.staff;
  if (!odd) return needs({ type: 'odd' });
  const [groupId = '', sign = ''] = input.type === 'choice' ? input.args : [];
  const group = odd.find((one) => one.groupId === groupId);
  const seen = group?.findings.find((one) => one.sign === sign);
  return group && seen ? show(turn, group, seen) : list(turn, odd);
};

const list = (turn: StaffTurn, odd: readonly OddGroup[]): StepResult => {
  const all = odd.flatMap((group) => group.findings.map((seen) => ({ group, seen })));
  if (all.length === 0) return decide(turn, { replies: [reply([say('odd.none')])] });
  const more = all.length - SHOWN;
  return decide(turn, {
    replies: [
      reply(
        [
          say('odd.title'),
          ...all
            .slice(0, SHOWN)
            .map(({ group, seen }, at) =>
              say('odd.line', { n: at + 1, group: group.name, what: [say(`odd.${seen.sign}`)] }),
            ),
          ...(more > 0 ? [say('odd.more', { count: more })] : []),
          say('odd.look'),
        ],
        all
          .slice(0, SHOWN)
          .map(({ group, seen }, at) =>
            offer(`odd:${group.groupId}:${seen.sign}`, say('odd.see', { n: at + 1 })),
          ),
      ),
    ],
  });
};

/** One of them, with days and offices, and why it may be nothing. That somebody looked is written down. */
const show = (turn: StaffTurn, group: OddGroup, seen: OddEvidence): StepResult => {
  const { groupId, name } = group;
  const days = seen.days.toSorted((a, b) => Temporal.PlainDate.compare(a, b)).slice(-DAYS_SHOWN);
  return decide(turn, {
    events: [{ type: 'audited', by: turn.staff.staffId, action: 'odd-seen', subject: `group/${groupId}` }],
    replies: [
      reply(
        [
          say('odd.of', { group: name, what: [say(`odd.${seen.sign}`)] }),
          say('odd.times', { count: seen.times, among: seen.among }),
          say('odd.days', { days: days.map((date) => say('odd.day', { date })) }),
          ...(seen.roles.length > 0
            ? [say('odd.roles', { roles: seen.roles.map((role) => ROLES[role]) })]
            : []),
          ...unobjected(group),
          say('odd.may', { why: [say(`odd.${seen.sign}-may`)] }),
          say('odd.look'),
        ],
        [offer('odd', say('odd.list'))],
      ),
    ],
  });
};

/**
 * That nobody ever objects is no sign by itself, since so it is in most groups; beside one it is worth knowing: members may not dare to,
 * or not read what they are sent.
 */
const unobjected = ({ booked, objections }: OddGroup): Say[] =>
  objections === 0 && booked >= BOOKED_MIN ? [say('odd.unobjected', { count: booked })] : [];

/** For staff, once a week: in which groups there is something new to look at; what it is they see when they ask. */
export const oddNews = (groups: readonly string[]): Reply =>
  reply(
    [say('odd.news', { count: groups.length, groups: groups.map((group) => say('odd.group', { group })) })],
    [offer('odd', say('odd.list'))],
  );
