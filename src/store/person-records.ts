import { z } from 'zod';
import type { Ending, PersonRecords } from '../conversation/person-records.ts';
import { type Currency, money } from '../domain/money.ts';
import { bytes, date, digits, instant, role } from './json-fields.ts';

/** What each state of a row says of how it ended. */
const ENDINGS: Readonly<Record<string, Ending>> = {
  proposed: 'open',
  asked: 'open',
  held: 'open',
  open: 'open',
  accepted: 'open',
  booked: 'done',
  agreed: 'done',
  done: 'done',
  signed: 'done',
  paper: 'done',
  refused: 'not-done',
  lapsed: 'not-done',
  denied: 'not-done',
  stopped: 'not-done',
  declined: 'not-done',
  expired: 'not-done',
  reversed: 'taken-back',
};

const state = z.string().transform((said, to): Ending => {
  const ending = ENDINGS[said];
  if (ending === undefined) to.addIssue({ code: 'custom', message: `no ending is known for "${said}"` });
  return ending ?? 'open';
});
const at = z.object({ at: instant });
const ended = at.extend({ state });
const days = z.array(z.object({ day: date, count: z.int() }));
const office = z.enum(['leader', 'treasurer', 'secretary']);

/** What she asked about her data; `name` is sealed for the cell that it goes to. */
export const requestsJson = z.array(
  at.extend({
    number: z.int(),
    kind: z.string(),
    state: z.string(),
    answerBy: date,
    closedAt: instant.nullable(),
    name: bytes.nullable(),
  }),
);

/** What "person_records" gives. */
export const recordsJson = z.object({
  rollWas: z.array(at.extend({ on: date, was: z.boolean() })),
  covered: z.array(ended.extend({ amount: digits, kind: z.string() })),
  shares: z.array(ended.extend({ amount: digits })),
  refunds: z.array(z.object({ on: date, amount: digits, gave: z.boolean() })),
  askedForHer: z.array(
    at.extend({
      amount: digits,
      purpose: z.enum(['business', 'health', 'school', 'home', 'other']),
      n: z.int(),
      state: z.string(),
    }),
  ),
  plans: z.array(ended.extend({ n: z.int(), firstDue: date })),
  swaps: z.array(ended.extend({ asked: z.boolean() })),
  turns: z.array(ended.extend({ places: z.array(z.int()) })),
  owedBefore: z.array(z.object({ round: z.int(), amount: digits })),
  draws: z.array(at.extend({ places: z.array(z.int()) })),
  words: z.array(
    ended.extend({
      kind: z.enum([
        'undo',
        'correction',
        'fine-off',
        'hands',
        'forgive',
        'refund',
        'refund-off',
        'cover-off',
        'pin-reset',
        'suspend',
        'let-back',
        'new-phone',
        'known-phone',
      ]),
      amount: digits.nullable(),
    }),
  ),
  telephones: z.array(ended.extend({ contested: z.boolean() })),
  elections: z.array(ended.extend({ office, herself: z.boolean() })),
  offices: z.array(at.extend({ was: role, role })),
  signatures: z.array(z.object({ at: instant.nullable(), state })),
  heard: z.array(z.object({ at: instant.nullable(), stopped: instant.nullable() })),
  codes: z.array(at),
  erasures: z.array(at.extend({ back: instant.nullable() })),
  files: z.array(at.extend({ hers: z.boolean(), mime: z.string(), bytes: z.int() })),
  told: days,
  acts: days,
});

/** The same with amounts of the group's currency, and in words of ours. */
export const personRecords = (json: z.infer<typeof recordsJson>, of: Currency): PersonRecords => {
  const ending = <Row extends { readonly state: Ending }>({ state: said, ...row }: Row) => ({
    ...row,
    ending: said,
  });
  const amount = <Row extends { readonly amount: bigint }>(row: Row) => ({
    ...row,
    amount: money(row.amount, of),
  });
  return {
    ...json,
    covered: json.covered.map(amount).map(ending),
    shares: json.shares.map(amount).map(ending),
    refunds: json.refunds.map(amount),
    owedBefore: json.owedBefore.map(amount),
    askedForHer: json.askedForHer.map(amount),
    plans: json.plans.map(ending),
    swaps: json.swaps.map(ending),
    turns: json.turns.map(ending),
    words: json.words.map(({ amount: of1, ...word }) => ({
      ...ending(word),
      amount: of1 === null ? undefined : money(of1, of),
    })),
    telephones: json.telephones.map(ending),
    elections: json.elections.map(ending),
    signatures: json.signatures.map(ending),
    files: json.files.map(({ mime, ...file }) => ({ ...file, kind: fileKind(mime) })),
  };
};

const fileKind = (mime: string): PersonRecords['files'][number]['kind'] => {
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('audio/')) return 'voice';
  return mime.startsWith('video/') ? 'video' : 'document';
};
