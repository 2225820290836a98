import { isPersonal, roughly } from '../../domain/broadcast/audience.ts';
import { localDate } from '../../domain/calendar.ts';
import { firstName } from '../../domain/group.ts';
import type { BroadcastFacts } from '../broadcast-facts.ts';
import { againOffers, reportLines } from '../broadcast-report.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { beginning } from './broadcast-beginning.ts';
import { momentOf } from './broadcast-preview.ts';

/** What was sent, the newest first. */
export const sentBroadcasts = (turn: StaffTurn): StepResult => {
  const { sent } = turn.staff.broadcasts;
  if (!sent) return needs({ type: 'broadcasts' });
  if (sent.length === 0) {
    return decide(turn, { replies: [reply([say('send.none')], [offer('send:new', say('menu.broadcast'))])] });
  }
  return decide(turn, {
    replies: [
      reply(
        [say('send.list')],
        sent.map((one) =>
          offer(
            `sent:show:${one.number}`,
            say('send.list-one', { number: one.number, text: beginning(one.content) }),
          ),
        ),
      ),
    ],
  });
};

/** What is kept for another time. */
export const savedBroadcasts = (turn: StaffTurn): StepResult => {
  const { saved } = turn.staff.broadcasts;
  if (!saved) return needs({ type: 'saved' });
  if (saved.length === 0) return decide(turn, { replies: [reply([say('send.none-saved')])] });
  return decide(turn, {
    replies: [
      reply(
        [say('send.saved-list')],
        saved.map((one) =>
          offer(
            `sent:show:${one.number}`,
            say('send.list-one', { number: one.number, text: beginning(one.content) }),
          ),
        ),
      ),
    ],
  });
};

/** One of them: what it says, who sent it when, what became of it, and what can be done. */
export const showBroadcast = (turn: StaffTurn, number: number): StepResult =>
  withOne(turn, number, (one) => {
    if (one.state === 'saved') return showSaved(turn, one);
    return decide(turn, {
      replies: [
        reply(
          [
            titleOf(turn, one),
            say('send.text', { text: beginning(one.content) }),
            stateOf(one),
            ...reportOf(one),
          ],
          [
            ...(isUnderWay(one) ? [offer(`sent:stop:${number}`, say('send.stop'))] : []),
            ...againOffers(one),
            offer(`sent:use:${number}`, say('send.use')),
          ],
        ),
      ],
    });
  });

const showSaved = (turn: StaffTurn, { number, content }: BroadcastFacts): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [say('send.text', { text: content.es ?? content.en ?? content.lessonId ?? '' })],
        [
          offer(`sent:use:${number}`, say('send.use-saved')),
          offer(`sent:forget:${number}`, say('send.forget')),
        ],
      ),
    ],
  });

const titleOf = (turn: StaffTurn, { number, author, createdAt }: BroadcastFacts): Say => {
  const zone = turn.staff.timeZone;
  const local = createdAt.toZonedDateTimeISO(zone);
  return say('send.title', {
    number,
    name: firstName(author.name),
    date: localDate(createdAt, zone),
    time: local.toPlainTime(),
  });
};

const stateOf = ({ state, at }: BroadcastFacts): Say =>
  state === 'ready' && at
    ? say('send.state-scheduled', momentOf(at.toString({ smallestUnit: 'minute' })))
    : say(`send.state-${state === 'saved' ? 'ready' : state}`);

const reportOf = ({ counts, answered, audience }: BroadcastFacts): Say[] => [
  ...(counts.all > 0 ? reportLines(counts, audience) : []),
  ...(answered > 0
    ? [say('send.answered', { count: isPersonal(audience) ? roughly(answered) : answered })]
    : []),
];

const isUnderWay = ({ state }: BroadcastFacts): boolean =>
  state === 'waiting' || state === 'ready' || state === 'sending';

const canRetry = (one: BroadcastFacts): boolean => againOffers(one).length > 0;

/** "Cancelar": the one that is under way; which of them, when there are several. */
export const cancelBroadcast = (turn: StaffTurn, number: number | undefined): StepResult => {
  if (number !== undefined) return withOne(turn, number, (one) => stop(turn, one));
  const { sent } = turn.staff.broadcasts;
  if (!sent) return needs({ type: 'broadcasts' });
  const underWay = sent.filter(isUnderWay);
  const [only, ...more] = underWay;
  if (!only) return decide(turn, { replies: [reply([say('send.none-going')])] });
  if (more.length === 0) return stop(turn, only);
  return decide(turn, {
    replies: [
      reply(
        [say('send.stop-which')],
        underWay.map((one) =>
          offer(
            `sent:stop:${one.number}`,
            say('send.list-one', { number: one.number, text: beginning(one.content) }),
          ),
        ),
      ),
    ],
  });
};

/** What has not gone out by now stays here. */
const stop = (turn: StaffTurn, one: BroadcastFacts): StepResult => {
  if (!isUnderWay(one)) return decide(turn, { replies: [reply([say('send.over', { number: one.number })])] });
  const { staffId: by, programmeId } = turn.staff;
  return decide(turn, {
    events: [{ type: 'broadcast-moved', id: one.id, programmeId, by, was: one.state, state: 'cancelled' }],
    replies: [
      reply([
        say('send.stopped', { number: one.number }),
        say(one.state === 'sending' ? 'send.stopped-midway' : 'send.stopped-before'),
      ]),
    ],
  });
};

/** Those that failed go out once more, or were left behind when it was stopped, and no others. */
export const retryBroadcast = (turn: StaffTurn, number: number | undefined): StepResult => {
  if (number === undefined) {
    const { sent } = turn.staff.broadcasts;
    if (!sent) return needs({ type: 'broadcasts' });
    const failed = sent.find(canRetry);
    return failed ? retry(turn, failed) : decide(turn, { replies: [reply([say('send.nothing-failed')])] });
  }
  return withOne(turn, number, (one) => retry(turn, one));
};

const retry = (turn: StaffTurn, one: BroadcastFacts): StepResult => {
  if (!canRetry(one)) return decide(turn, { replies: [reply([say('send.nothing-failed')])] });
  const { staffId: by, programmeId } = turn.staff;
  return decide(turn, {
    events: [{ type: 'broadcast-moved', id: one.id, programmeId, by, was: one.state, state: 'sending' }],
    replies: [reply([say('send.retrying', { number: one.number })])],
  });
};

const withOne = (turn: StaffTurn, number: number, then: (one: BroadcastFacts) => StepResult): StepResult => {
  const { one } = turn.staff.broadcasts;
  if (one === undefined || (one !== 'none' && one.number !== number))
    return needs({ type: 'broadcast', of: number.toString() });
  return one === 'none' ? decide(turn, { replies: [reply([say('send.unknown', { number })])] }) : then(one);
};
