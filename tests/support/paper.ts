// Invented facts for the papers: a group as large as wanted, in the shape in which the store gives it.

import { Temporal } from 'temporal-polyfill';
import { loadLocales } from '../../src/app/load-locales.ts';
import type { PassbookFacts, ReportFacts } from '../../src/content/paper/facts.ts';
import type { Page, TextMark } from '../../src/content/paper/page.ts';
import { type Voice, voiceOf } from '../../src/content/paper/voice.ts';
import { createContent } from '../../src/content/render.ts';
import type { GroupFacts } from '../../src/conversation/group-facts.ts';
import type { MemberFacts } from '../../src/conversation/member-facts.ts';
import type { Language } from '../../src/conversation/message.ts';
import type { Movement } from '../../src/conversation/payment-facts.ts';
import type { LoanStanding } from '../../src/domain/loan/standing.ts';
import { parseRatePer, parseSpan } from '../../src/domain/loan/terms.ts';
import { type Money, money } from '../../src/domain/money.ts';
import { parsePercent } from '../../src/domain/rate.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';

export const content = createContent(loadLocales(new URL('../../locales/', import.meta.url)).texts);

export const voice = (language: Language): Voice => voiceOf(content, language);

/** A Sunday noon; the group meets on Tuesday the 24th at five. */
const NOW = Temporal.Instant.from('2026-11-22T20:00:00Z');

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

export const group = (differs: Partial<GroupFacts> = {}): GroupFacts =>
  ({
    name: 'Las Jacarandas',
    currency: 'MXN',
    language: 'es',
    meeting: { weekday: 'tuesday', time: Temporal.PlainTime.from('17:00'), timeZone: 'America/Tijuana' },
    meetingPlace: 'casa de Rosa',
    rules: rulesOf(
      constitutionSchema.parse({
        product: 'solidarity-credit',
        savings: { kind: 'free', weekly: '50.00' },
        fines: { late: '5.00', absent: '10.00' },
        socialFund: { weekly: '10.00' },
        cashUnit: '0.50',
      }),
      'MXN',
    ),
    ...differs,
  }) as GroupFacts;

/** 2,000.00 for 16 weeks at 4 % for four weeks, flat: 2,320.00 in all, 145.00 a week from October 13. */
export const loan = (paid: { principal: bigint; interest: bigint }): LoanStanding =>
  ({
    id: 'a loan',
    terms: {
      principal: money(200_000n),
      interest: 'flat',
      rate: parsePercent('4')!,
      ratePer: parseRatePer('4 weeks')!,
      every: parseSpan('1 week')!,
      n: 16,
      disbursed: day('2026-10-06'),
      rounding: 'half-up',
      cashUnitMinor: 1n,
      dayCount: 'equal',
    },
    paidPrincipal: money(paid.principal),
    paidInterest: money(paid.interest),
  }) as LoanStanding;

export const member = (differs: Partial<MemberFacts> = {}): MemberFacts =>
  ({
    number: 4,
    name: 'Petra Gómez',
    role: 'member',
    state: 'active',
    language: 'es',
    reminders: true,
    reminderTime: undefined,
    reminderWeekday: undefined,
    goal: undefined,
    reach: [],
    saved: money(123_050n),
    loans: [],
    given: [],
    fined: money(0n),
    coverOwed: money(0n),
    coverDue: money(0n),
    ...differs,
  }) as unknown as MemberFacts;

export const movement = (seq: bigint, on: string, what: Partial<Movement> & { delta: Money }): Movement => ({
  seq,
  on: day(on),
  kind: 'payment',
  account: 'savings',
  ...what,
});

export const passbook = (differs: Partial<PassbookFacts> = {}): PassbookFacts => ({
  me: member(),
  group: group(),
  movements: [],
  now: NOW,
  goal: undefined,
  discreet: false,
  ...differs,
});

/** A group of `count`, each with `saved`, every third with a loan; one name in four is longer than any column. */
export const report = (
  count: number,
  saved: (n: number) => bigint,
  currency: 'MXN' | 'USD' = 'MXN',
): ReportFacts => ({
  group: group({ currency }),
  members: Array.from({ length: count }, (_, index) =>
    member({
      number: index + 1,
      name:
        index % 4 === 3 ? 'Maríadelosángelesguadalupe Xochiquetzalli de la Ñ' : `Socia Número ${index + 1}`,
      saved: money(saved(index), currency),
      loans: index % 3 === 0 ? [loan({ principal: 0n, interest: 0n })] : [],
    }),
  ),
  boxes: [
    { pot: 'loan-fund', cash: money(1_500_000n, currency) },
    { pot: 'savings-pot', cash: money(123_450n, currency) },
    { pot: 'social-fund', cash: money(50_050n, currency) },
  ],
  expenses: [
    { on: day('2026-11-17'), amount: money(5_000n, currency), words: 'copias' },
    { on: day('2026-11-10'), amount: money(12_000n, currency), words: undefined },
  ],
  now: NOW,
  checkCode: 'luna río maíz puente',
});

export const textsOf = (page: Page): TextMark[] => page.marks.filter((mark) => mark.type === 'text');

/** All words of a page, in the order in which they are drawn. */
export const wordsOf = (page: Page): string[] => textsOf(page).map(({ text }) => text);
