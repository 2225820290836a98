import type { Temporal } from 'temporal-polyfill';
import type { ProposalId } from '../../domain/ids.ts';
import { isOwing } from '../../domain/loan/standing.ts';
import { money } from '../../domain/money.ts';
import { type PaymentPurpose, partsTotal } from '../../domain/payment.ts';
import { type Booking, bookLines, enoughSigned, newPayment, planLine } from '../booking.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Line } from '../line.ts';
import { askAboutPayment, askForTotal, otherOfficers } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { partsFor, sumShared } from '../parts.ts';
import { receivedOn } from '../received-on.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import type { ListDraft } from '../session.ts';
import { currentMeeting, decide, isPast, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import {
  anew,
  bookableLines,
  draftFrom,
  memberById,
  totalOf,
  wasShownAgain,
  withLine,
  withRepeats,
} from './list-draft.ts';
import { onWithMeeting } from './meeting.ts';
import { refusalText } from './refusal.ts';
import { dateOf } from './when.ts';

/** "Anotar pagos": how to write the list, of the current meeting or of a past one. */
export const startList = (turn: OfficerTurn, on = currentMeeting(turn)): StepResult => {
  const how = say(turn.speaker.group.tanda ? 'list.how-tanda' : 'list.how');
  if (isPast(turn, on)) return writeAgain(turn, on, [say('past.of', { date: on }), how]);
  const offers = [offer('walk', say('menu.walk')), offer('record:other', say('past.another'))];
  return decide(turn, {
    flow: { type: 'list-write' },
    replies: [reply([how], [...offers, offer('no', say('choice.cancel'))])],
  });
};

const writeAgain = (turn: OfficerTurn, on: Temporal.PlainDate, lines: readonly Say[]): StepResult =>
  decide(turn, {
    flow: isPast(turn, on) ? { type: 'list-write', on: on.toString() } : { type: 'list-write' },
    replies: [
      reply(lines, [
        offer(isPast(turn, on) ? `walk:on:${on.toString()}` : 'walk', say('menu.walk')),
        ...(isPast(turn, on) ? elseOf(turn, on) : []),
        offer('no', say('choice.cancel')),
      ]),
    ],
  });

/** What else a meeting with paper alone leaves to be written down. */
const elseOf = ({ speaker: { group } }: OfficerTurn, on: Temporal.PlainDate): Offer[] => [
  ...(group.rules.loans ? [offer(`late:loan:${on.toString()}`, say('late-loan.menu'))] : []),
  ...(group.tanda ? [] : [offer(`late:out:${on.toString()}`, say('late-out.menu'))]),
  offer(`late:count:${on.toString()}`, say('late-count.menu')),
];

/** The button that begins the list anew, of the same meeting. */
const writeAnew = (turn: OfficerTurn, { meetingOn }: ListDraft): Offer =>
  offer(isPast(turn, dateOf(meetingOn)) ? `record:${meetingOn}` : 'record', say('choice.write-again'));

/** Reads a list as the leader writes it on paper. Nothing is recorded before it was read back and she said yes. */
export const readList = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  const on = flow.type === 'list-write' && flow.on ? dateOf(flow.on) : currentMeeting(turn);
  return turn.input.type === 'words' ? readListText(turn, turn.input.text, on) : undefined;
};

/** @param on the meeting it is of */
export const readListText = (
  turn: OfficerTurn,
  text: string,
  on: Temporal.PlainDate,
): StepResult | undefined => {
  const meaning = turn.read(text);
  if (meaning.clarify) return writeAgain(turn, on, [say('list.unclear', { parts: listed(meaning.unknown) })]);
  const draft = draftFrom(turn, meaning.items, on);
  const doubt = meaning.ambiguous[0];
  if (doubt) {
    const candidates = doubt.candidates.flatMap((n) =>
      turn.speaker.company.desk.roster.filter((m) => m.number === n),
    );
    return decide(turn, {
      flow: { type: 'list-who', draft, text: doubt.text, whole: text },
      replies: [
        reply(
          [say('list.who', { text: doubt.text })],
          [
            ...candidates.map((m) =>
              offer(`who:${m.id}`, say('list.who-one', { name: m.name, number: m.number })),
            ),
            offer('no', say('choice.cancel')),
          ],
        ),
      ],
    });
  }
  if (meaning.unknown.length > 0) return unknownNames(turn, draft, meaning.unknown);
  if (draft.lines.length === 0 && draft.open.length === 0 && draft.absent.length === 0) {
    const awaited = turn.session.flow.type === 'list-write' && !asksElse(meaning.intent);
    return awaited ? writeAgain(turn, on, [say('list.empty')]) : undefined;
  }
  return continueDraft(turn, draft);
};

/** What is surely no list, also where one is waited for: "menú", "reunión", "saldo". She is not kept at it. */
const asksElse = (intent: Intent): boolean => !OF_A_LIST.has(intent);

const OF_A_LIST: ReadonlySet<Intent> = new Set<Intent>([
  'unknown',
  'yes',
  'no',
  'payments.record',
  'attendance',
]);

const listed = (fragments: readonly string[]): string => fragments.map((f) => `«${f}»`).join(', ');

/** Somebody on the list is not in the group: said so, and left to the leader. */
const unknownNames = (turn: OfficerTurn, draft: ListDraft, unknown: readonly string[]): StepResult => {
  const rest = draft.lines.length > 0 || draft.open.length > 0;
  return decide(turn, {
    flow: rest
      ? { type: 'list-who', draft, text: '', whole: '' }
      : { type: 'list-write', on: draft.meetingOn },
    replies: [
      reply(
        [say('list.unknown', { names: listed(unknown) }), say(rest ? 'list.unknown-rest' : 'list.again')],
        rest
          ? [offer('who:none', say('choice.leave-out')), writeAnew(turn, draft)]
          : [offer('no', say('choice.cancel'))],
      ),
    ],
  });
};

/** Which of two members was meant; or going on without a name that is not in the group. */
export const listWho = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'list-who') return undefined;
  if (memberId === 'none') return continueDraft(turn, flow.draft);
  const member = turn.speaker.company.desk.roster.find((m) => m.id === memberId);
  if (!member || flow.text === '') return undefined;
  // Her full name in place of what was written is unambiguous; the rest of the list is read as it was.
  return readListText(
    turn,
    flow.whole.replace(flow.text, () => member.name),
    dateOf(flow.draft.meetingOn),
  );
};

const continueDraft = (turn: OfficerTurn, draft: ListDraft): StepResult =>
  draft.open.length > 0 ? askPurpose(turn, draft) : readBack(turn, draft);

const askPurpose = (turn: OfficerTurn, draft: ListDraft): StepResult => {
  const [open] = draft.open;
  if (!open) return readBack(turn, draft);
  const member = memberById(turn, open.memberId);
  return decide(turn, {
    flow: { type: 'list-purpose', draft },
    replies: [
      reply(
        [
          say('list.what-for', {
            name: nameAmong(turn, member),
            amount: money(BigInt(open.amount), turn.speaker.group.currency),
          }),
        ],
        [
          ...(isOwing(member.loans) ? [offer('purpose:loan', say('choice.loan'))] : []),
          offer('purpose:savings', say('choice.savings')),
          writeAnew(turn, draft),
        ],
      ),
    ],
  });
};

export const listPurpose = (turn: OfficerTurn, purpose: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'list-purpose' || !isPurpose(purpose)) return undefined;
  const [open, ...rest] = flow.draft.open;
  if (!open) return undefined;
  const member = memberById(turn, open.memberId);
  const amount = money(BigInt(open.amount), turn.speaker.group.currency);
  const draft = withLine(turn, { ...flow.draft, open: rest }, { member, parts: partsFor(purpose, amount) });
  return continueDraft(turn, draft);
};

const isPurpose = (word: string): word is PaymentPurpose => word === 'savings' || word === 'loan';

/** The list line by line, the total in digits and in words, and one question. */
export const readBack = (turn: OfficerTurn, draft: ListDraft): StepResult => {
  const lines = bookableLines(turn, draft);
  const on = dateOf(draft.meetingOn);
  for (const line of lines) {
    const plan = planLine(turn, line, on);
    if (!plan.ok && plan.refusal.type === 'tanda_no_turns') {
      return decide(turn, {
        replies: [reply([refusalText(plan.refusal)], [offer('turns', say('menu.turns'))])],
      });
    }
    if (!plan.ok) {
      return writeAgain(turn, on, [
        say('list.refused', { name: nameAmong(turn, line.member), why: [refusalText(plan.refusal)] }),
        say('list.again'),
      ]);
    }
  }
  return decide(turn, {
    flow: { type: 'list-confirm', draft: withRepeats(draft, lines) },
    replies: [reply(readBackLines(turn, draft, lines), readBackOffers(draft, lines))],
  });
};

const readBackLines = (turn: OfficerTurn, draft: ListDraft, lines: readonly Line[]): Say[] => {
  const me = turn.speaker.me.id;
  const total = totalOf(turn, lines);
  const absent = draft.absent.map((id) => nameAmong(turn, memberById(turn, id))).join(', ');
  return [
    say('list.title', { date: dateOf(draft.meetingOn) }),
    ...lines.map((line) =>
      say(line.nth > 0 ? 'list.line-again' : 'list.line', {
        name: line.member.name,
        sum: [sumShared(line.parts, turn.speaker.group.rules)],
        receipt: line.member.given.at(-1)?.receipt ?? 0n,
      }),
    ),
    ...(absent ? [say('list.absent', { names: absent })] : []),
    ...(lines.length > 0 ? [say('list.total', { total })] : []),
    ...(lines.some((l) => l.member.id === me) ? [say('list.own')] : []),
    ...(turn.speaker.group.rules.signers === 2 && lines.length > 0 ? [say('list.two')] : []),
    say(lines.some((l) => l.nth > 0) ? 'list.question-again' : 'list.question'),
  ];
};

const readBackOffers = (draft: ListDraft, lines: readonly Line[]) => {
  const id = draft.proposalId;
  const repeated = lines.filter((l) => l.nth > 0).length;
  const yes = offer(`list:yes:${id}`, say(repeated > 0 ? 'choice.yes-again' : 'choice.yes'));
  const fresh =
    repeated > 0 && repeated < lines.length ? [offer(`list:fresh:${id}`, say('choice.without-repeats'))] : [];
  return [...(repeated > 0 ? [...fresh, yes] : [yes]), offer(`list:no:${id}`, say('choice.no'))];
};

/** Her answer to the read-back. The proposal's id decides: an old or repeated press books nothing. */
export const confirmList = (
  turn: OfficerTurn,
  answer: string,
  proposalId: string,
): StepResult | undefined => {
  const { flow, posted } = turn.session;
  if (flow.type !== 'list-confirm' || flow.draft.proposalId !== proposalId) {
    return posted === proposalId
      ? decide(turn, { flow, replies: [reply([say('list.already')])] })
      : undefined;
  }
  if (answer === 'no')
    return writeAgain(turn, dateOf(flow.draft.meetingOn), [say('list.not-recorded'), say('list.again')]);
  const all = bookableLines(turn, flow.draft);
  // Somebody else wrote one of them down since the read-back: her yes was not to a second payment (invariant L7). The
  // new question has a name of its own, so that the same press once more is no yes to it.
  if (all.some((line) => line.nth > 0 && !wasShownAgain(flow.draft, line)))
    return readBack(turn, anew(turn, flow.draft));
  return record(turn, flow.draft, answer === 'fresh' ? all.filter((line) => line.nth === 0) : all);
};

const record = (turn: OfficerTurn, draft: ListDraft, lines: readonly Line[]): StepResult => {
  const me = turn.speaker.me;
  const signed = { author: me.id, witness: undefined };
  const ready = lines.filter((line) => enoughSigned(turn, line.member.id, [me.id]));
  const waiting = lines.filter((line) => !ready.includes(line));
  if (waiting.length > 0 && otherOfficers(turn).length === 0) {
    return decide(turn, { replies: [reply([say('list.no-officer')])] });
  }
  const meetingOn = dateOf(draft.meetingOn);
  const received = receivedOn(turn, meetingOn);
  if (!received) return needs({ type: 'counted' });
  const booking = bookLines(turn, ready, {
    batch: draft.proposalId,
    meetingOn,
    receivedOn: received,
    signed,
  });
  if (!booking.ok) return readBack(turn, draft);
  const claims = waiting.map((line) => newPayment(turn, { line, batch: draft.proposalId, meetingOn }));
  const attendance = draft.absent.map(
    (memberId): DomainEvent => ({
      type: 'attendance-taken',
      attendance: { memberId, meetingOn, present: false, by: me.id },
    }),
  );
  return decide(turn, {
    session: { posted: draft.proposalId },
    events: [
      ...booking.value.events,
      ...claims.map((payment): DomainEvent => ({ type: 'payment-made', payment })),
      ...attendance,
    ],
    notices: [
      ...booking.value.notices,
      ...waitingNotices(turn, draft.proposalId, { waiting, claims, meetingOn }),
    ],
    replies: [reply(recordedLines(turn, booking.value, waiting), recordedOffers(turn, booking.value))],
  });
};

const waitingNotices = (
  turn: OfficerTurn,
  batch: ProposalId,
  of: {
    readonly waiting: readonly Line[];
    readonly claims: readonly { readonly id: string }[];
    readonly meetingOn: Temporal.PlainDate;
  },
): Notice[] => {
  if (of.waiting.length === 0) return [];
  if (turn.speaker.group.rules.signers === 2) return askForTotal(turn, batch, of.waiting.length);
  return of.waiting.flatMap((line, index) =>
    askAboutPayment(turn, {
      id: of.claims[index]?.id ?? '',
      parts: line.parts,
      payer: line.member,
      meetingOn: of.meetingOn,
    }),
  );
};

const recordedLines = (turn: OfficerTurn, booking: Booking, waiting: readonly Line[]): Say[] => {
  const { booked } = booking;
  const first = booked[0]?.receipt;
  const total = totalOf(
    turn,
    booked.map((b) => b.line),
  );
  return [
    ...(first === undefined
      ? []
      : [
          say('list.done', { total, count: booked.length }),
          say(booked.length === 1 ? 'list.receipt' : 'list.receipts', {
            first,
            last: booked.at(-1)?.receipt ?? first,
          }),
        ]),
    ...(first === undefined && waiting.length === 0 ? [say('list.attendance-only')] : []),
    ...(waiting.length > 0
      ? [
          say('list.waits', {
            total: waiting
              .map((l) => partsTotal(l.parts))
              .reduce((a, b) => money(a.minor + b.minor, a.currency)),
            count: waiting.length,
          }),
        ]
      : []),
    ...(first === undefined ? [] : [say('list.undo-hint')]),
  ];
};

const recordedOffers = (turn: OfficerTurn, booking: Booking) =>
  booking.booked.length > 0
    ? [...onWithMeeting(turn), offer('ask:menu', say('menu.all'))]
    : onWithMeeting(turn);
