import { Temporal } from 'temporal-polyfill';
import { localDate } from '../../domain/calendar.ts';
import { firstName } from '../../domain/group.ts';
import { asId, type BroadcastId } from '../../domain/ids.ts';
import { isQuietTime } from '../../domain/quiet-hours.ts';
import type { Contact } from '../contact.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { looked, momentOf, preview } from './broadcast-preview.ts';
import { zonesOf } from './broadcast-ways.ts';

type Checking = Extract<Flow, { type: 'broadcast-check' }>;

/**
 * "Enviar 34": she says how many, so that it cannot go by a slip. When that is not how many it comes to now, nothing
 * goes and she is shown what it is.
 */
export const sendBroadcast = (turn: StaffTurn, flow: Checking, count: number): StepResult => {
  const seen = looked(turn, flow);
  if ('type' in seen) return seen;
  const { facts } = seen;
  if (facts.reached !== count || facts.reached === 0) {
    return preview(turn, flow, [say('send.other-count', { said: count, count: facts.reached })]);
  }
  if (flow.at !== undefined && isOver(turn, flow.at, zonesOf(facts))) {
    return preview(turn, withoutMoment(flow), [say('send.moment-over')]);
  }
  return facts.reached > turn.secondAbove
    ? askSecond(turn, flow, facts.reached)
    : made(turn, { flow, people: facts.reached, state: 'ready' });
};

const withoutMoment = ({ type, content, audience }: Checking): Checking => ({ type, content, audience });

/** Another person of the staff looks at what goes to many. */
const askSecond = (turn: StaffTurn, flow: Checking, people: number): StepResult => {
  const others = othersOf(turn);
  if (others === undefined) return needs({ type: 'staff' });
  if (others.length === 0) {
    return decide(turn, {
      flow,
      session: { offered: turn.session.offered },
      replies: [reply([say('send.no-second', { count: turn.secondAbove })])],
    });
  }
  return made(turn, { flow, people, state: 'waiting', others });
};

/** The others of the staff who can be told; undefined while they are not known. */
const othersOf = (turn: StaffTurn): readonly Contact[] | undefined =>
  turn.staff.all?.filter(({ id, reach }) => id !== turn.staff.staffId && reach.length > 0);

const made = (
  turn: StaffTurn,
  of: {
    readonly flow: Checking;
    readonly people: number;
    readonly state: 'ready' | 'waiting';
    readonly others?: readonly Contact[];
  },
): StepResult => {
  const { flow, people, state, others = [] } = of;
  const id = asId<BroadcastId>(turn.newId());
  const { staffId: by, programmeId, name } = turn.staff;
  return decide(turn, {
    events: [
      {
        type: 'broadcast-made',
        id,
        programmeId,
        by,
        state,
        content: flow.content,
        audience: flow.audience,
        people,
        at: flow.at === undefined ? undefined : Temporal.PlainDateTime.from(flow.at),
      },
    ],
    replies: [reply([said({ flow, people, state })], [offer('sent:list', say('menu.sent'))])],
    notices: tell(
      others,
      'broadcast-report',
      reply(
        [say('send.second-asked', { name: firstName(name), count: people })],
        [offer(`send:see:${id}`, say('send.see'))],
      ),
    ),
  });
};

const said = (of: {
  readonly flow: Checking;
  readonly people: number;
  readonly state: 'ready' | 'waiting';
}): Say => {
  if (of.state === 'waiting') return say('send.second-waits', { count: of.people });
  return of.flow.at === undefined
    ? say('send.going', { count: of.people })
    : say('send.scheduled', { count: of.people, ...momentOf(of.flow.at) });
};

/** "Mañana a las 9": the hour on the wall of each group. */
export const setMoment = (turn: StaffTurn, flow: Checking, text: string): StepResult => {
  const { places, preview: facts } = turn.staff.broadcasts;
  if (!places) return needs({ type: 'places' });
  if (!facts)
    return needs({ type: 'audience', programmeId: turn.staff.programmeId, audience: flow.audience });
  const zones = zonesOf(facts);
  const today = localDate(turn.snapshot.now, zones[0] ?? turn.staff.timeZone);
  const moment = turn.moment(text, today);
  const at = moment?.date.toPlainDateTime(moment.time).toString({ smallestUnit: 'minute' });
  if (!moment || at === undefined) return again(turn, flow, say('send.not-understood'));
  if (isQuietTime(moment.time)) return again(turn, flow, say('send.moment-night'));
  if (isOver(turn, at, zones)) return again(turn, flow, say('send.moment-over'));
  if (moment.date.since(today).days > DAYS_AHEAD_MAX) {
    return again(turn, flow, say('send.moment-far', { count: DAYS_AHEAD_MAX }));
  }
  return preview(turn, { ...flow, at });
};

/** Farther ahead nobody knows who is in which group. */
const DAYS_AHEAD_MAX = 90;

/** Whether a wall time has passed in one of the zones. */
export const isOver = (turn: StaffTurn, at: string, timeZones: readonly string[]): boolean =>
  timeZones.some(
    (zone) =>
      Temporal.Instant.compare(
        Temporal.PlainDateTime.from(at).toZonedDateTime(zone).toInstant(),
        turn.snapshot.now,
      ) <= 0,
  );

const again = (turn: StaffTurn, flow: Checking, why: Say): StepResult =>
  decide(turn, {
    flow,
    session: { offered: turn.session.offered },
    replies: [reply([why, say('send.how')])],
  });

/** Kept for another time, to be sent as it is or changed. */
export const saveBroadcast = (turn: StaffTurn, flow: Checking): StepResult => {
  const { staffId: by, programmeId } = turn.staff;
  const { content, audience } = flow;
  const id = asId<BroadcastId>(turn.newId());
  return decide(turn, {
    flow,
    events: [
      {
        type: 'broadcast-made',
        id,
        programmeId,
        by,
        state: 'saved',
        content,
        audience,
        people: 0,
        at: undefined,
      },
    ],
    session: { offered: turn.session.offered },
    replies: [reply([say('send.saved')])],
  });
};
