import { z } from 'zod';
import type { Flow, Offered, Session } from '../conversation/session.ts';
import { EMPTY_SESSION } from '../conversation/session.ts';
import { EXPENSE_CHARS_MAX } from '../domain/expense.ts';
import {
  asId,
  type CoverId,
  type DrawId,
  type EntryId,
  type MemberId,
  type MoneyOutId,
  type PaymentId,
  type ProposalId,
  type TandaOrderId,
  type TandaPayoutId,
} from '../domain/ids.ts';
import { OUT_KINDS } from '../domain/money-out.ts';
import { broadcastFlows } from './broadcast-flow-json.ts';
import { id, instant, language } from './json-fields.ts';
import { lateFlows } from './late-flow-json.ts';
import { lessonFlows } from './lesson-flow-json.ts';
import { loanFlows } from './loan-flow-json.ts';
import { pinFlow, unlocked, waitingBody } from './pin-json.ts';
import { talkFlows } from './staff-talk-json.ts';
import { voteFlows } from './vote-flow-json.ts';

const memberId = id.transform((text) => asId<MemberId>(text));
const paymentId = id.transform((text) => asId<PaymentId>(text));
const proposalId = id.transform((text) => asId<ProposalId>(text));
const entryId = id.transform((text) => asId<EntryId>(text));
const orderId = id.transform((text) => asId<TandaOrderId>(text));
const drawId = id.transform((text) => asId<DrawId>(text));
const digits = z.string().regex(/^\d{1,12}$/);
const parts = z.object({ savings: digits, loan: digits, fine: digits, social: digits, turn: digits });
const draft = z.object({
  proposalId,
  meetingOn: z.iso.date(),
  lines: z.array(z.object({ memberId, parts, again: z.boolean() })),
  open: z.array(z.object({ memberId, amount: digits })),
  absent: z.array(memberId),
});

const flow = z.discriminatedUnion('type', [
  z.object({ type: z.literal('idle') }),
  z.object({
    type: z.literal('consent'),
    code: z
      .string()
      .optional()
      .transform((code) => code),
    language,
  }),
  z.object({ type: z.literal('code'), language }),
  z.object({ type: z.literal('join-name'), code: z.string(), language }),
  z.object({ type: z.literal('seat') }),
  z.object({ type: z.literal('report-amount') }),
  z.object({ type: z.literal('report-purpose'), amount: digits }),
  z.object({ type: z.literal('goal-amount') }),
  ...loanFlows,
  z.object({ type: z.literal('meeting-roll'), reason: z.enum(['absent', 'late']) }),
  z.object({
    type: z.literal('meeting-fines'),
    reason: z.enum(['absent', 'late']),
    members: z.array(memberId),
  }),
  z.object({ type: z.literal('draw-word'), drawId, memberId }),
  z.object({ type: z.literal('draw-dice'), drawId }),
  z.object({ type: z.literal('draw-dice-confirm'), drawId, dice: z.string() }),
  ...voteFlows,
  z.object({ type: z.literal('cover-how'), debtorId: memberId }),
  z.object({
    type: z.literal('cover-confirm'),
    debtorId: memberId,
    by: z.enum(['equal', 'pro-rata', 'pot']),
    coverId: id.transform((text) => asId<CoverId>(text)),
  }),
  z.object({ type: z.literal('cover-back'), debtorId: memberId }),
  z.object({ type: z.literal('cover-back-confirm'), debtorId: memberId, amount: digits, key: id }),
  z.object({ type: z.literal('out-who'), kind: z.enum(OUT_KINDS), on: z.iso.date().optional() }),
  z.object({ type: z.literal('out-for'), amount: digits, on: z.iso.date().optional() }),
  z.object({
    type: z.literal('out-confirm'),
    kind: z.enum(OUT_KINDS),
    memberId: memberId.optional().transform((m) => m),
    amount: digits,
    words: z
      .string()
      .max(EXPENSE_CHARS_MAX * 2)
      .optional()
      .transform((w) => w),
    on: z.iso.date().optional(),
    outId: id.transform((text) => asId<MoneyOutId>(text)),
  }),
  z.object({ type: z.literal('order-write') }),
  z.object({ type: z.literal('order-confirm'), orderId, turns: z.array(z.int()) }),
  z.object({ type: z.literal('swap-confirm'), orderId, other: memberId }),
  z.object({
    type: z.literal('round-confirm'),
    payoutId: id.transform((text) => asId<TandaPayoutId>(text)),
    round: z.int(),
    amount: digits,
    fee: digits,
  }),
  z.object({ type: z.literal('fine-which'), text: z.string(), on: z.iso.date().optional() }),
  z.object({ type: z.literal('fine-off'), memberId, amount: digits }),
  z.object({ type: z.literal('list-write'), on: z.iso.date().optional() }),
  z.object({ type: z.literal('list-day'), text: z.string() }),
  z.object({ type: z.literal('list-who'), draft, text: z.string(), whole: z.string() }),
  z.object({ type: z.literal('list-purpose'), draft }),
  z.object({ type: z.literal('list-confirm'), draft }),
  z.object({ type: z.literal('walk'), draft, at: memberId }),
  z.object({ type: z.literal('sign-total'), batch: proposalId, tries: z.int() }),
  z.object({ type: z.literal('dispute-pick') }),
  z.object({ type: z.literal('dispute-confirm'), paymentId }),
  z.object({ type: z.literal('dispute-cover'), coverId: id.transform((text) => asId<CoverId>(text)) }),
  z.object({ type: z.literal('correct-amount'), paymentId, entryId }),
  z.object({ type: z.literal('other-amount'), paymentId }),
  z.object({
    type: z.literal('correct-confirm'),
    paymentId,
    entryId,
    proposalId,
    parts: parts.optional().transform((p) => p),
  }),
  z.object({ type: z.literal('undo-confirm'), batch: z.string(), entries: z.array(entryId) }),
  ...lateFlows,
  ...lessonFlows,
  ...broadcastFlows,
  z.object({ type: z.literal('resume-notices') }),
  pinFlow,
  ...talkFlows,
  z.object({ type: z.enum(['erase-name', 'right-name', 'safe-hours', 'recipes']) }),
]);

const offered = z.array(z.object({ payload: z.string().max(64), label: z.string() }));

const session = z.object({
  as: memberId.optional(),
  offered,
  flow,
  posted: z.string().optional(),
  meeting: z.boolean().default(false),
  at: instant.optional(),
  unlocked: unlocked.optional(),
  waiting: z.object({ by: memberId, body: waitingBody, flow, offered }).optional(),
});

export const writeSession = (value: Session): string => JSON.stringify(value);

/** A session of an older program, or none, is an idle one: she is asked again, nothing is guessed. */
export const readSession = (text: string | undefined): Session => {
  if (text === undefined) return EMPTY_SESSION;
  const parsed = session.safeParse(JSON.parse(text));
  if (!parsed.success) return EMPTY_SESSION;
  const { as, posted, meeting, at, flow: stored, offered: choices, unlocked: open, waiting } = parsed.data;
  return {
    as,
    posted,
    meeting,
    at,
    offered: choices,
    flow: wholeFlow(stored),
    unlocked: open,
    waiting: waiting && { ...waiting, flow: wholeFlow(waiting.flow) },
  };
};

const wholeFlow = (stored: z.infer<typeof flow>): Flow =>
  stored.type === 'consent'
    ? { ...stored, code: stored.code }
    : stored.type === 'correct-confirm'
      ? { ...stored, parts: stored.parts }
      : stored;

export const writeOffered = (choices: readonly Offered[]): string => JSON.stringify(choices);

/** Questions that wait side by side, each sealed by itself: four bytes of length before each. */
export const splitAsked = (asked: Buffer): Buffer[] => {
  const each: Buffer[] = [];
  for (let at = 0; at < asked.length; ) {
    const end = at + 4 + asked.readInt32BE(at);
    each.push(asked.subarray(at + 4, end));
    at = end;
  }
  return each;
};

export const readOffered = (text: string): readonly Offered[] => {
  const parsed = offered.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : [];
};
