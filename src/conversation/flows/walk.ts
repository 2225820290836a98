import { type Money, money } from '../../domain/money.ts';
import type { PaymentParts } from '../../domain/payment.ts';
import { planLine } from '../booking.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { partsFor, restoreParts, sumText } from '../parts.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { ListDraft } from '../session.ts';
import { currentMeeting, decide, dueOf, givenAt, isPast, nameAmong, type OfficerTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { readBack } from './list.ts';
import { draftFrom, emptyDraft, memberById, withLine } from './list-draft.ts';
import { refusalText } from './refusal.ts';
import { dateOf } from './when.ts';

/** What may be asked for in the middle of the roster; anything else is taken as an answer about the member. */
const LEAVES: ReadonlySet<Intent> = new Set<Intent>([
  'greeting',
  'group.summary',
  'help',
  'history',
  'loan.balance',
  'meeting.next',
  'payment.dispute',
  'payment.next',
  'payment.undo',
  'payments.pending',
  'report',
  'savings.balance',
  'thanks',
]);

/** The roster one by one: one question per member, and the same read-back at the end. */
export const startWalk = (turn: OfficerTurn, on = currentMeeting(turn)): StepResult => {
  const draft = emptyDraft(turn, on);
  const first = stillToAsk(turn, draft, 0);
  const which = isPast(turn, on) ? [say('past.of', { date: on })] : [];
  return first
    ? askAbout(turn, draft, { member: first, before: [...which, say('walk.start')] })
    : decide(turn, { replies: [reply([say('walk.all-done')])] });
};

/** The next member by number who has no receipt for the draft's meeting yet. */
const stillToAsk = (turn: OfficerTurn, draft: ListDraft, after: number): MemberFacts | undefined =>
  turn.speaker.company.desk.roster.find(
    (m) => m.number > after && givenAt(m, dateOf(draft.meetingOn)).length === 0,
  );

const askAbout = (
  turn: OfficerTurn,
  draft: ListDraft,
  of: { readonly member: MemberFacts; readonly before: readonly Say[] },
): StepResult => {
  const due = dueOf(turn, of.member, dateOf(draft.meetingOn));
  const name = nameAmong(turn, of.member);
  return decide(turn, {
    flow: { type: 'walk', draft, at: of.member.id },
    replies: [
      reply(
        [
          ...of.before,
          say('walk.who', { number: of.member.number, name: of.member.name }),
          due.total.minor > 0n ? say('walk.due', { sum: [sumText(due)] }) : say('walk.no-due', { name }),
        ],
        [
          ...(due.total.minor > 0n
            ? [offer(`walk:${of.member.number}:due`, say('choice.paid-due', { total: due.total }))]
            : []),
          offer(`walk:${of.member.number}:unpaid`, say('choice.unpaid')),
          offer(`walk:${of.member.number}:end`, say('choice.finish')),
        ],
      ),
    ],
  });
};

/** The answer about one member: what was due, nothing, an amount in words, or enough for today. */
export const walkAnswer = (turn: OfficerTurn, said: readonly string[] = []): StepResult | undefined => {
  const { flow, offered } = turn.session;
  if (flow.type !== 'walk') return undefined;
  const member = memberById(turn, flow.at);
  const [asked, answer, ...args] = said;
  // A button of the question before, pressed twice: it says nothing about the one who is asked about now.
  if (asked !== undefined && asked !== String(member.number)) {
    return decide(turn, { flow, session: { offered }, replies: [] });
  }
  switch (answer) {
    case 'due':
      return accepted(turn, flow.draft, { member, parts: dueOf(turn, member, dateOf(flow.draft.meetingOn)) });
    case 'unpaid':
      return onward(turn, { ...flow.draft, absent: [...flow.draft.absent, member.id] }, member);
    case 'end':
      return finish(turn, flow.draft);
    case 'put':
      return put(turn, flow.draft, { member, args });
    default:
      return written(turn, flow.draft, member);
  }
};

const written = (turn: OfficerTurn, draft: ListDraft, member: MemberFacts): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  // "resumen", "ayuda", "me equivoqué": she means something else, and is not held here.
  if (LEAVES.has(turn.input.meaning.intent)) return undefined;
  const meaning = turn.read(`${member.name} ${turn.input.text}`);
  const own = meaning.items.filter((item) => item.member === member.number);
  if (meaning.clarify || own.length === 0) {
    return askAbout(turn, draft, { member, before: [say('walk.unclear')] });
  }
  const read = draftFrom(turn, own, dateOf(draft.meetingOn));
  if (read.absent.length > 0) return onward(turn, { ...draft, absent: [...draft.absent, member.id] }, member);
  const [line] = read.lines;
  const [open] = read.open;
  if (open)
    return askPurpose(turn, draft, {
      member,
      amount: money(BigInt(open.amount), turn.speaker.group.currency),
    });
  if (!line) return askAbout(turn, draft, { member, before: [say('walk.unclear')] });
  return accepted(turn, draft, { member, parts: restoreParts(line.parts, turn.speaker.group.currency) });
};

/** Money with no purpose from somebody who owes: asked about, by button or word. */
const askPurpose = (
  turn: OfficerTurn,
  draft: ListDraft,
  of: { readonly member: MemberFacts; readonly amount: Money },
): StepResult =>
  decide(turn, {
    flow: { type: 'walk', draft, at: of.member.id },
    replies: [
      reply(
        [say('list.what-for', { name: nameAmong(turn, of.member), amount: of.amount })],
        [
          offer(`walk:${of.member.number}:put:loan:${of.amount.minor}`, say('choice.loan')),
          offer(`walk:${of.member.number}:put:savings:${of.amount.minor}`, say('choice.savings')),
          offer(`walk:${of.member.number}:unpaid`, say('choice.unpaid')),
        ],
      ),
    ],
  });

const put = (
  turn: OfficerTurn,
  draft: ListDraft,
  of: { readonly member: MemberFacts; readonly args: readonly string[] },
): StepResult | undefined => {
  const [purpose, digits = ''] = of.args;
  if ((purpose !== 'loan' && purpose !== 'savings') || !/^\d{1,9}$/.test(digits)) return undefined;
  const amount = money(BigInt(digits), turn.speaker.group.currency);
  return accepted(turn, draft, { member: of.member, parts: partsFor(purpose, amount) });
};

const accepted = (
  turn: OfficerTurn,
  draft: ListDraft,
  of: { readonly member: MemberFacts; readonly parts: PaymentParts },
): StepResult => {
  const plan = planLine(turn, { member: of.member, parts: of.parts, nth: 0 }, dateOf(draft.meetingOn));
  if (!plan.ok) return askAbout(turn, draft, { member: of.member, before: [refusalText(plan.refusal)] });
  return onward(turn, withLine(turn, draft, of), of.member);
};

const onward = (turn: OfficerTurn, draft: ListDraft, after: MemberFacts): StepResult => {
  const member = stillToAsk(turn, draft, after.number);
  return member ? askAbout(turn, draft, { member, before: [] }) : finish(turn, draft);
};

const finish = (turn: OfficerTurn, draft: ListDraft): StepResult =>
  draft.lines.length === 0 && draft.absent.length === 0
    ? decide(turn, { replies: [reply([say('list.not-recorded')])] })
    : readBack(turn, draft);
