import type { ExcessPolicy } from '../../../src/domain/loan/agreed.ts';
import { WEEKLY } from './published-schedules.ts';
import type { Wording } from './wording.ts';

/** P01 to P08: an instalment by the days of the calendar is 862.67, so 863.00 here. */
export const FIVE_THOUSAND: Wording = {
  principal: '5000.00',
  interest: 'declining',
  ratePct: '12',
  ratePer: 'year',
  every: '1 month',
  n: 6,
  disbursed: '2022-11-01',
  rounding: 'half-up',
  dayCount: 'actual/365',
  instalmentMultiple: '1.00',
};

/** What is published of a loan's payments, and what becomes of it here when it is replayed from the first one. */
export type PublishedPayments = {
  readonly id: string;
  readonly title: string;
  readonly terms: Wording;
  readonly excess: ExcessPolicy;
  readonly payments: readonly (readonly [on: string, amount: string])[];
  /** Principal and interest of each payment, as it is booked. As published, in all of them. */
  readonly booked: readonly string[];
  /** Principal and interest of what is open then. */
  readonly open: readonly string[];
  /** Why `open` is not what is published; undefined where it is. */
  readonly differs: string | undefined;
};

const MONTHS_OF_THIRTY =
  'they work the instalment out with months of thirty days (862.00), ours with those of the calendar (863.00)';
const TWICE = [
  ['2022-12-01', '1000.00'],
  ['2023-01-01', '2000.00'],
] as const;
const TWICE_BOOKED = ['950.68 49.32', '1958.73 41.27'];
const AFTER_FIRST = ['820.33 42.67', '828.69 34.31', '839.64 23.36', '845.70 17.30', '851.96 8.40'];

const loan = { terms: FIVE_THOUSAND, excess: 'smaller' } as const;

export const PUBLISHED_PAYMENTS: readonly PublishedPayments[] = [
  {
    ...loan,
    id: 'P01',
    title: 'paid on its day',
    payments: [['2022-12-01', '863.00']],
    booked: ['813.68 49.32'],
    open: AFTER_FIRST,
    differs: `${MONTHS_OF_THIRTY}: the first interest after it is the same, each later instalment a peso more`,
  },
  {
    ...loan,
    id: 'P02',
    title: 'paid four days late',
    payments: [['2022-12-05', '862.00']],
    booked: ['812.68 49.32'],
    open: ['1.00 0.00', ...AFTER_FIRST],
    differs:
      'they charge interest for the four days (1.07); here paying late costs the late fee of the terms',
  },
  {
    ...loan,
    id: 'P03',
    title: 'a part of it paid on its day',
    payments: [['2022-12-01', '200.00']],
    booked: ['150.68 49.32'],
    open: ['663.00 0.00', ...AFTER_FIRST],
    differs: `${MONTHS_OF_THIRTY}, so that 663.00 of the first is missing, not 662.00`,
  },
  {
    ...loan,
    id: 'P04',
    title: 'paid four days early: all of it is principal, and interest stays due',
    payments: [['2022-11-27', '863.00']],
    booked: ['863.00 0.00'],
    open: ['673.20 40.80', '678.70 35.30', '685.61 28.39', '694.67 19.33', '699.68 14.32', '705.14 6.95'],
    differs:
      'they charge 26 days on what was lent before (48.18) and ask no principal in that month; here a period has one ' +
      'balance, and the rest is spread over all instalments to come, the next one included',
  },
  {
    ...loan,
    id: 'P05',
    title: 'more than is due on its day: the others become smaller',
    payments: [['2022-12-01', '1500.00']],
    booked: ['1450.68 49.32'],
    open: ['694.83 36.17', '701.91 29.09', '711.18 19.82', '716.31 14.69', '725.09 7.15'],
    differs: undefined,
  },
  {
    ...loan,
    id: 'P06',
    title: 'twice more than is due: fewer instalments',
    excess: 'fewer',
    payments: TWICE,
    booked: TWICE_BOOKED,
    open: ['841.69 21.31', '851.50 11.50', '397.40 4.05'],
    differs: `${MONTHS_OF_THIRTY}; from their own instalments it is theirs: course.test.ts`,
  },
  {
    ...loan,
    id: 'P07',
    title: 'the same payments: smaller instalments',
    payments: TWICE,
    booked: TWICE_BOOKED,
    open: ['514.69 21.31', '521.49 14.51', '525.25 10.75', '529.16 5.22'],
    differs: undefined,
  },
  {
    ...loan,
    id: 'P08',
    title: 'the same payments: the next instalments are left out',
    excess: 'skip-next',
    payments: TWICE,
    booked: TWICE_BOOKED,
    open: ['0.00 21.31', '411.45 19.24', '845.89 17.11', '833.25 8.22'],
    differs: `${MONTHS_OF_THIRTY}; from their own instalments it is theirs: course.test.ts`,
  },
  {
    id: 'L24',
    title: 'the first instalment is missed',
    terms: WEEKLY,
    excess: 'smaller',
    payments: [],
    booked: [],
    open: ['2482.76 46.15', '2494.22 34.69', '2505.73 23.18', '2517.29 11.62'],
    differs:
      'they charge the second week on all that was lent (46.15); here paying late costs the late fee of the terms',
  },
  {
    ...loan,
    id: 'X08',
    title: 'a charge each month on what is lent: 300.00, nothing, 700.00, and what ends it',
    terms: {
      ...WEEKLY,
      principal: '1500.00',
      ratePct: '5',
      every: '1 month',
      principalGrace: 3,
      rounding: 'half-up',
    },
    payments: [
      ['2026-10-01', '300.00'],
      ['2026-12-01', '700.00'],
      ['2027-01-01', '737.63'],
    ],
    booked: ['225.00 75.00', '572.50 127.50', '702.50 35.13'],
    open: [],
    differs:
      'they put an unpaid charge last (the other common choice, as they say, is ours: the oldest charge first)',
  },
];
