import { readersAt } from '../../domain/duty.ts';
import { firstName } from '../../domain/group.ts';
import { asId, type DangerId } from '../../domain/ids.ts';
import { SAFE_TIMES, type SafeTime, safeFrom, safeTimesAt } from '../../domain/safe-time.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';
import { type DangerTurn, withDanger } from './danger-turn.ts';
import { askForWords, callOff, openOf, seeWords, toThem, wordsSaid } from './danger-words.ts';
import { safetyReply } from './reach.ts';
import { fromWhen, notBefore } from './safe-words.ts';

/** What she presses on the safety card and after it. */
export const dangerVerb = (
  turn: MemberTurn,
  [what = '', which = '']: readonly string[],
): StepResult | undefined => {
  switch (what) {
    case 'yes':
      return withDanger(turn, (own) => (mayAsk(own) ? askWhen(own) : cardAgain(own)));
    case 'when':
      return withDanger(turn, (own) => asked(own, which));
    case 'say':
      return withDanger(turn, (own) => askForWords(own) ?? cardAgain(own));
    case 'see':
      return withDanger(turn, seeWords);
    case 'off':
      return withDanger(turn, callOff);
    default:
      return undefined;
  }
};

/** What she writes while one of these questions is open. Undefined: something else. */
export const dangerSaid = (turn: MemberTurn): StepResult | undefined => {
  const { input, session } = turn;
  if (input.type !== 'words') return undefined;
  const { intent } = input.meaning;
  if (session.flow.type === 'danger-words') return wordsSaid(turn, (own) => cardAgain(own));
  if (session.flow.type !== 'danger-when') return undefined;
  if (intent === 'no') return decide(turn, { replies: [reply([say('done.cancelled')])] });
  return intent === 'unknown' ? withDanger(turn, (own) => askWhen(own, say('danger.when-pick'))) : undefined;
};

const mayAsk = ({ danger }: DangerTurn): boolean => danger.people.length > 0;

const cardAgain = (turn: DangerTurn): StepResult =>
  decide(turn, { replies: [safetyReply(turn, say('safety.title'))] });

const askWhen = (turn: DangerTurn, question = say('danger.when')): StepResult =>
  decide(turn, {
    flow: { type: 'danger-when' },
    replies: [
      reply([...(turn.snapshot.address.stopped ? [say('danger.stopped')] : []), question], whenOffers(turn)),
    ],
  });

/** After BAJA nothing goes to her that she did not write first. */
const timesNow = (turn: DangerTurn): readonly SafeTime[] =>
  turn.snapshot.address.stopped
    ? ['she-writes']
    : safeTimesAt(turn.snapshot.now, turn.speaker.group.meeting.timeZone);

const whenOffers = (turn: DangerTurn): Offer[] =>
  timesNow(turn).map((safe) => offer(`danger:when:${safe}`, say(`danger.${safe}`)));

/**
 * Those who are trained for it are told that somebody asks: no name, no group, and nothing she wrote. Whoever asks again says
 * when it is safe now, and is answered in the same words.
 */
const asked = (turn: DangerTurn, which: string): StepResult | undefined => {
  const safe = SAFE_TIMES.find((time) => time === which);
  // An old button is in whoever's hands.
  if (turn.session.flow.type !== 'danger-when' || !safe) return undefined;
  if (!mayAsk(turn)) return cardAgain(turn);
  if (!timesNow(turn).includes(safe)) return askWhen(turn);
  const { snapshot, speaker, danger } = turn;
  const id = openOf(danger)?.id ?? asId<DangerId>(turn.newId());
  return decide(turn, {
    flow: safe === 'she-writes' ? { type: 'danger-words' } : { type: 'idle' },
    replies: [reply([say('danger.asked'), ...whoAndWhen(turn, safe), say('urgent.danger')], WHAT_NOW)],
    events: [
      {
        type: 'danger-asked',
        id,
        memberId: speaker.me.id,
        addressId: snapshot.address.id,
        safe,
        safeFrom: safeFrom(safe, snapshot.now, speaker.group.meeting.timeZone),
      },
    ],
    notices: toThem(danger, id, say('danger.staff')),
  });
};

const WHAT_NOW: readonly Offer[] = [
  offer('danger:say', say('danger.say')),
  offer('danger:see', say('danger.see')),
  offer('danger:off', say('danger.off')),
];

/** Who writes to her, or reads what she writes, and from when on: never more than is known. */
const whoAndWhen = (turn: DangerTurn, safe: SafeTime): Say[] => {
  const { danger, snapshot, speaker } = turn;
  const { now } = snapshot;
  const { timeZone } = speaker.group.meeting;
  const later = safe === 'afternoon' || safe === 'morning' ? safeFrom(safe, now, timeZone) : undefined;
  const readers = readersAt(danger.people, later ?? now, danger.timeZone);
  const first = safe === 'she-writes' ? [say('danger.she-first')] : [];
  const last = safe === 'she-writes' ? [] : [say('danger.neutral')];
  switch (readers.type) {
    case 'unknown':
      return [...first, ...(later ? [notBefore(later, timeZone)] : []), say('danger.unknown'), ...last];
    case 'from':
      return later
        ? [notBefore(readers.at, timeZone), ...last]
        : [...first, fromWhen(readers.at, now, timeZone), ...last];
    case 'there':
      return later
        ? [notBefore(later, timeZone), ...last]
        : [...first, whoThere(readers.people, safe), ...last];
  }
};

const whoThere = (people: readonly { readonly name: string }[], safe: SafeTime): Say => {
  const names = people.map(({ name }) => say('lesson.words', { text: firstName(name) }));
  if (safe === 'she-writes') return say('danger.reads', { names });
  return people.length === 1 ? say('danger.writes', { names }) : say('danger.one-writes', { names });
};
