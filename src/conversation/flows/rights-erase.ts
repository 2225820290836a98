import { firstName, isOfficer } from '../../domain/group.ts';
import { asId, type ErasureId } from '../../domain/ids.ts';
import { isOwing, owing } from '../../domain/loan/standing.ts';
import { carryOutBy } from '../../domain/rights.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, type MemberTurn, todayOf } from '../turn.ts';
import { normalise } from '../understand/normalise.ts';
import { asked, calledByNumber } from './right-asked.ts';

/** "borra mis datos": of which group, where she has several; then what goes and what stays. */
export const askErase = (turn: MemberTurn): StepResult => {
  const { seats } = turn.speaker;
  if (seats.length === 1) return explain(turn);
  return decide(turn, {
    replies: [
      reply(
        [say('erase-me.which')],
        [
          ...seats.map((seat) =>
            offer(`rights:erase:of:${seat.memberId}`, say('seat.one', { group: seat.groupName })),
          ),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** A choice on the way to it. Undefined: none of ours. */
export const eraseVerb = (turn: MemberTurn, what: string, memberId: string): StepResult | undefined => {
  if (what === 'go') return askForName(turn);
  if (what === 'here') return explain(turn);
  const seat = what === 'of' ? turn.speaker.seats.find((one) => one.memberId === memberId) : undefined;
  if (!seat) return undefined;
  if (seat.memberId === turn.speaker.me.id) return explain(turn);
  // The facts of the other group are there when she answers.
  return decide(turn, {
    session: { as: seat.memberId },
    replies: [
      reply(
        [say('erase-me.of', { group: seat.groupName })],
        [offer('rights:erase:here', say('erase-me.see')), offer('no', say('choice.not-now'))],
      ),
    ],
  });
};

const explain = (turn: MemberTurn): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [
          say('erase-me.goes'),
          say('erase-me.stays', calledByNumber(turn)),
          ...toSettle(turn),
          say('erase-me.days', { days: turn.rights.erasureDays }),
        ],
        [offer('rights:erase:go', say('erase-me.go-on')), offer('no', say('erase-me.rather-not'))],
      ),
    ],
  });

/** What she had better settle first. None of it keeps her from going. */
const toSettle = (turn: MemberTurn): Say[] => {
  const { me } = turn.speaker;
  return [
    ...(me.saved.minor > 0n ? [say('erase-me.saved', { saved: me.saved })] : []),
    ...(isOwing(me.loans) ? [say('erase-me.owed', { owed: owing(me.loans, todayOf(turn)).owed })] : []),
    ...(isOfficer(me.role) && otherOfficers(turn).every(({ reach }) => reach.length === 0)
      ? [say('erase-me.last-officer')]
      : []),
  ];
};

/** The second question wants a word that she types, and that is not on the screen: not only she presses buttons. */
const askForName = (turn: MemberTurn): StepResult =>
  decide(turn, {
    flow: { type: 'erase-name' },
    replies: [reply([say('erase-me.write-name')])],
  });

/** Her name, typed: she is blocked at once. Anything else, and nothing happens. */
export const eraseNameSaid = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const typed = normalise(turn.input.text);
  const { name } = turn.speaker.me;
  if (typed !== normalise(firstName(name)) && typed !== normalise(name)) {
    return decide(turn, { replies: [reply([say('erase-me.not-done')])] });
  }
  return blocked(turn);
};

const blocked = (turn: MemberTurn): StepResult => {
  const until = turn.snapshot.now.add({ hours: 24 * turn.rights.erasureDays });
  const { group, seats } = turn.speaker;
  const date = until.toZonedDateTimeISO(group.meeting.timeZone).toPlainDate();
  return decide(turn, {
    session: { as: undefined, offered: [], posted: undefined, meeting: false },
    events: blockEvents(turn, until),
    notices: goneNotices(turn),
    replies: [
      reply([
        ...(seats.length > 1
          ? [say('erase-me.done-of', { group: group.name }), say('erase-me.until-privacy', { date })]
          : [say('erase-me.done'), say('erase-me.until', { date })]),
        say('erase-me.chat'),
      ]),
    ],
  });
};

const blockEvents = (
  turn: AskTurn,
  shredAfter: ReturnType<AskTurn['snapshot']['now']['add']>,
): DomainEvent[] => {
  const request = asked(turn, 'cancellation', { isDone: false });
  return [
    request,
    {
      type: 'member-blocked',
      erasureId: asId<ErasureId>(turn.newId()),
      requestId: request.id,
      memberId: turn.speaker.me.id,
      shredAfter,
      carryOutBy: carryOutBy(todayOf(turn)),
    },
  ];
};

/** Her officers and the staff learn that she is gone from the chat, by her number, and not why. */
const goneNotices = (turn: MemberTurn): Notice[] => {
  const told = reply([say('erase-me.others', calledByNumber(turn))]);
  return [...tell(otherOfficers(turn), 'rights', told), ...tell(turn.speaker.company.staff, 'rights', told)];
};
