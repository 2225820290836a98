// The three commands that answer JSON, as functions of what comes in. tests/e2e/json-commands.test.ts runs them.

import { expect, test } from 'vitest';
import { allocationQuestion } from '../../src/cli/allocate.ts';
import { answerText, type JsonQuestion } from '../../src/cli/json-question.ts';
import { scheduleQuestion } from '../../src/cli/loan-schedule.ts';
import { shareOutQuestion } from '../../src/cli/share-out.ts';
import { INSTALMENTS_MAX } from '../../src/domain/loan/terms.ts';
import { IN_HUNDREDS, WEEKLY, WHOLE_SCHEDULES } from '../domain/loan/published-schedules.ts';
import { answered, type ScheduleAnswer, scheduleAsked } from './ask.ts';
import { SHARE_OUTS, SPLITS } from './published-answers.ts';

test.each(SHARE_OUTS)('share-out $id: $title', ({ asked, answer }) => {
  expect(answered(shareOutQuestion, asked)).toEqual(answer);
});

test.each(SPLITS)('allocate $id: $title', ({ asked, answer }) => {
  expect(answered(allocationQuestion, asked)).toEqual(answer);
});

const planned = (asked: object) => answered(scheduleQuestion, asked) as ScheduleAnswer;

test.each(WHOLE_SCHEDULES)('loan-schedule $id: $title', ({ terms, rows }) => {
  const plan = planned(scheduleAsked(terms));
  const lines = plan.rows.map((row) => `${row.principal} ${row.interest} ${row.due} ${row.balance}`);
  const dated = plan.rows.map((row, index) => `${row.date} ${lines[index] ?? ''}`);
  expect(rows[0]?.startsWith('20') ? dated : lines).toEqual(rows);
  expect(plan.rows.map((row) => row.n)).toEqual(rows.map((_, index) => index + 1));
});

test('the answer is rows and totals, each with just its fields', () => {
  const asked = { ...WEEKLY, rounding: undefined, n: 1, every: '2 weeks', ratePct: '0' };
  const row = {
    n: 1,
    date: '2026-09-15',
    principal: '10000.00',
    interest: '0.00',
    due: '10000.00',
    balance: '0.00',
  };
  const totals = { principal: '10000.00', interest: '0.00', due: '10000.00' };
  expect(planned(asked)).toEqual({ rows: [row], totals });
});

test.each([
  // the title of the case, what is asked, the totals
  ['L21', { ...WEEKLY, rounding: undefined }, '10000.00', '115.64', '10115.64'],
  ['L25', scheduleAsked(IN_HUNDREDS), '10000000.00', '2500000.00', '12500000.00'],
  ['W01, called flat', { ...charged('flat'), charge: '2000.00' }, '10000.00', '2000.00', '12000.00'],
  ['W01, up-front', { ...charged('upfront'), charge: '2000' }, '10000.00', '2000.00', '12000.00'],
  [
    'a charge and a rate that agree',
    { ...charged('upfront'), ratePct: '5', ratePer: '2 weeks', charge: '2000' },
    '10000.00',
    '2000.00',
    '12000.00',
  ],
])('loan-schedule %s', (...[, asked, principal, interest, due]) => {
  expect(planned(asked).totals).toEqual({ principal, interest, due });
});

function charged(interest: 'flat' | 'upfront') {
  return { principal: '10000.00', interest, n: 8, every: '1 week', disbursed: '2026-09-01' };
}

test('half a centavo goes up where no rounding is named, and to the even one where that is', () => {
  // 0.50 % of 1.00: half a centavo of interest.
  const asked = { ...WEEKLY, principal: '1.00', ratePct: '0.5', ratePer: 'loan', n: 1 };
  expect(planned({ ...asked, rounding: undefined }).totals.interest).toBe('0.01');
  expect(planned({ ...asked, rounding: 'half-even' }).totals.interest).toBe('0.00');
});

test.each([
  // every, disbursed, the first dates
  ['1 month', '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30']],
  ['1 month', '2024-01-30', ['2024-02-29', '2024-03-30', '2024-04-30']],
  ['1 month', '2023-12-31', ['2024-01-31', '2024-02-29', '2024-03-31']],
  ['3 months', '2025-11-30', ['2026-02-28', '2026-05-30', '2026-08-30']],
  ['1 year', '2024-02-29', ['2025-02-28', '2026-02-28', '2027-02-28']],
  ['1 week', '2024-02-22', ['2024-02-29', '2024-03-07', '2024-03-14']],
  ['2 weeks', '2026-12-24', ['2027-01-07', '2027-01-21', '2027-02-04']],
  ['15 days', '2026-02-14', ['2026-03-01', '2026-03-16', '2026-03-31']],
])('every %s from %s', (every, disbursed, dates) => {
  const plan = planned({ ...WEEKLY, n: 3, every, disbursed });
  expect(plan.rows.map((row) => row.date)).toEqual(dates);
});

test('a centavo over 600 instalments is one centavo, at the end', () => {
  const plan = planned({ ...WEEKLY, principal: '0.01', ratePct: '0', n: INSTALMENTS_MAX });
  expect(plan.rows).toHaveLength(600);
  expect(plan.rows.at(-1)).toMatchObject({ n: 600, due: '0.01', balance: '0.00' });
  expect(plan.totals).toEqual({ principal: '0.01', interest: '0.00', due: '0.01' });
});

test('fields that may be left out may not be empty, and a number is taken for a rate, a coin or a weight', () => {
  expect(planned({ ...WEEKLY, ratePct: 2 })).toEqual(planned(WEEKLY));
  expect(planned({ ...WEEKLY, cashMultiple: 0.5 })).toEqual(planned({ ...WEEKLY, cashMultiple: '0.50' }));
  expect(answered(allocationQuestion, { total: '1.00', weights: ['0.1', 0.2, 0.7] })).toEqual({
    parts: ['0.10', '0.20', '0.70'],
  });
  expect(faultOf(scheduleQuestion, JSON.stringify({ ...WEEKLY, charge: null }))).toMatch(/^charge must be/);
});

test('a pool with the savings in it, and a loss, which all bear by their savings', () => {
  const asked = { pool: '6900.00', savings: ['3000.00', '2000.00', '1000.00'] };
  expect(answered(shareOutQuestion, { method: 'equal-profit', ...asked })).toEqual({
    payouts: ['3300.00', '2300.00', '1300.00'],
    residue: '0.00',
  });
  for (const method of ['pro-rata', 'equal-profit', 'rebate']) {
    const loss = { ...asked, method, pool: '5400.00', interestPaid: ['1.00', '0.00', '0.00'] };
    expect(answered(shareOutQuestion, loss)).toEqual({
      payouts: ['2700.00', '1800.00', '900.00'],
      residue: '0.00',
    });
  }
});

test('a rebate without savings gives the interest back and shares the rest of the pool', () => {
  const asked = { method: 'rebate', pool: '6900.00', shares: [60, 40, 20] };
  expect(answered(shareOutQuestion, { ...asked, interestPaid: ['300.00', '0.00', '600.00'] })).toEqual({
    payouts: ['3300.00', '2000.00', '1600.00'],
    residue: '0.00',
  });
});

test.each([
  ['0.50', ['2.50', '1.00'], '0.20'],
  ['5', ['5.00', '0.00'], '3.70'],
  ['0.01', ['2.47', '1.23'], '0.00'],
])('coins of %s', (cashUnit, payouts, residue) => {
  const asked = { method: 'pro-rata', pool: '3.70', shares: [2, 1], cashUnit };
  const box = cashUnit === '5' ? { ...asked, pool: '8.70' } : asked;
  expect(answered(shareOutQuestion, box)).toEqual({ payouts, residue });
});

test('an empty box pays nobody anything', () => {
  const asked = { method: 'rebate', savings: ['0.00', '0.00'], profit: '0.00', interestPaid: ['0', '0'] };
  expect(answered(shareOutQuestion, asked)).toEqual({ payouts: ['0.00', '0.00'], residue: '0.00' });
  expect(answered(allocationQuestion, { total: '0.00', weights: [3, 4] })).toEqual({
    parts: ['0.00', '0.00'],
  });
});

const faultOf = <Asked>(question: JsonQuestion<Asked>, text: string): string => {
  const answer = answerText(question, text);
  return answer.ok ? `answered ${answer.json}` : answer.fault;
};

const SHARING = { method: 'pro-rata', pool: '100.00', shares: [1, 2] };
const SPLITTING = { total: '1.00', weights: [1, 2] };

/** A fault that names its place and says what to write. */
test.each<['loan' | 'share' | 'split', Record<string, unknown>, string]>([
  ['loan', { principal: '-1.00' }, 'principal must be an amount'],
  ['loan', { principal: '0.00' }, 'principal must be from "0.01"'],
  ['loan', { principal: 'NaN' }, 'principal must be an amount'],
  ['loan', { principal: null }, 'principal must be an amount'],
  ['loan', { principal: 10000 }, 'principal must be an amount'],
  ['loan', { principal: '1.005' }, 'principal must be an amount'],
  ['loan', { principal: '9'.repeat(12) }, 'principal must be from "0.01"'],
  ['loan', { principal: '9'.repeat(400) }, 'principal must be an amount'],
  ['loan', { principal: undefined }, 'principal is missing'],
  ['loan', { interest: 'compound' }, 'interest must be one of flat, declining, upfront'],
  ['loan', { ratePct: '10000' }, 'ratePct must be a percentage from "0" to "1000"'],
  ['loan', { ratePct: '1000.0001' }, 'ratePct must be a percentage'],
  ['loan', { ratePct: '-2' }, 'ratePct must be a percentage'],
  ['loan', { ratePct: 1e-7 }, 'ratePct must be a percentage'],
  ['loan', { ratePct: undefined }, 'ratePct is missing'],
  ['loan', { ratePer: undefined }, 'ratePer is missing'],
  ['loan', { ratePer: 'fortnight' }, 'ratePer must be period, month'],
  ['loan', { n: 0 }, 'n must be a whole number from 1 to 600'],
  ['loan', { n: 601 }, 'n must be a whole number from 1 to 600'],
  ['loan', { n: 1.5 }, 'n must be a whole number'],
  ['loan', { n: '4' }, 'n must be a whole number'],
  ['loan', { n: 1e300 }, 'n must be a whole number'],
  ['loan', { every: '0 weeks' }, 'every must be a length of time'],
  ['loan', { every: '366 years', n: 600 }, 'every times n ends after the year 9999'],
  ['loan', { disbursed: '2026-02-29' }, 'disbursed must be a day of the calendar'],
  ['loan', { disbursed: '2026-9-1' }, 'disbursed must be a day of the calendar'],
  ['loan', { disbursed: '2026-09-01T10:00' }, 'disbursed must be a day of the calendar'],
  ['loan', { dayCount: '7/364', every: '2 weeks' }, 'dayCount must be equal'],
  ['loan', { dayCount: 'actual/365', ratePer: 'loan' }, 'dayCount counts days towards a rate'],
  ['loan', { dayCount: '7/364, first period 3/31' }, 'dayCount must be equal'],
  ['loan', { dayCount: '7/364, first period 0/7' }, 'dayCount must be equal'],
  ['loan', { interest: 'flat', equalPrincipal: true }, 'equalPrincipal is for declining loans'],
  ['loan', { equalPrincipal: 'yes' }, 'equalPrincipal must be true or false'],
  ['loan', { instalmentMultiple: '0' }, 'instalmentMultiple must be an amount above zero'],
  ['loan', { cashMultiple: '0.50', instalmentMultiple: '0.75' }, 'instalmentMultiple must be a multiple'],
  ['loan', { principalGrace: 4 }, 'principalGrace must be a whole number from 0 to n - 1'],
  ['loan', { interestPaymentGrace: -1 }, 'interestPaymentGrace must be a whole number'],
  ['loan', { rounding: 'down' }, 'rounding must be one of half-up, half-even'],
  ['loan', { charge: '5.00' }, 'charge is for flat and upfront loans'],
  ['loan', { charge: '5.00', interest: 'upfront' }, 'charge is not what the rate comes to'],
  ['loan', { fee: '5.00' }, 'the question has a field that is not known, "fee": leave it out'],
  ['share', { method: 'by-eye' }, 'method must be one of pro-rata, equal-profit, rebate'],
  ['share', { pool: '-1.00' }, 'pool must be an amount'],
  ['share', { pool: undefined }, 'the question needs the pool, or savings and profit'],
  ['share', { pool: undefined, profit: '5.00' }, 'the question needs the pool, or savings and profit'],
  ['share', { profit: '5.00' }, 'the question has a profit without savings'],
  ['share', { shares: undefined }, 'the question needs shares or savings'],
  ['share', { shares: [0, 0] }, 'shares must have at least one above zero'],
  ['share', { shares: [] }, 'shares must be a list of 1 to 10000'],
  ['share', { shares: [1, -2] }, 'shares[1] must be a number of zero or more'],
  ['share', { shares: [1, 'many'] }, 'shares[1] must be a number of zero or more'],
  ['share', { savings: ['1.00'] }, 'the question needs savings, shares and interestPaid of the same members'],
  ['share', { savings: ['60.00', '30.00'], profit: '9.99' }, 'the question has a pool that is not'],
  ['share', { savings: ['0.00', '0.00'], shares: undefined }, 'the question has earnings that go by shares'],
  ['share', { method: 'equal-profit' }, 'the question needs savings for equal-profit'],
  ['share', { method: 'rebate' }, 'the question needs interestPaid for rebate'],
  ['share', { method: 'rebate', interestPaid: ['100.01', '0'] }, 'the question has more interestPaid'],
  ['share', { cashUnit: '0' }, 'cashUnit must be an amount above zero'],
  ['share', { cashUnit: '-0.50' }, 'cashUnit must be an amount above zero'],
  ['split', { total: '-1' }, 'total must be an amount of zero or more'],
  ['split', { total: 'NaN' }, 'total must be an amount of zero or more'],
  ['split', { total: '1e3' }, 'total must be an amount of zero or more'],
  ['split', { weights: [0, 0, 0] }, 'weights must have at least one above zero'],
  ['split', { weights: [1e21] }, 'weights[0] must be a number of zero or more'],
  ['split', { weights: 7 }, 'weights must be a list'],
  ['split', { weights: Array.from({ length: 10_001 }, () => 1) }, 'weights must be a list of 1 to 10000'],
])('%s %j is refused', (kind, change, fault) => {
  const text = (whole: object): string => JSON.stringify({ ...whole, ...change });
  const said = {
    loan: () => faultOf(scheduleQuestion, text(WEEKLY)),
    share: () => faultOf(shareOutQuestion, text(SHARING)),
    split: () => faultOf(allocationQuestion, text(SPLITTING)),
  }[kind]();
  expect(said.slice(0, fault.length)).toBe(fault);
});

test.each(['', 'NaN', '{"total":1', '{"total": NaN, "weights": [1]}'])('%j is not JSON', (text) => {
  expect(faultOf(allocationQuestion, text)).toMatch(/^the question is not JSON/);
});

test.each(['null', '[]', '"x"', '7'])('%s is not a question', (text) => {
  expect(faultOf(allocationQuestion, text)).toBe('the question must be one JSON object');
});

test('a fault is one short line, whatever was sent', () => {
  const text = JSON.stringify({ ...SPLITTING, [`a\nb\u2028${'c'.repeat(1000)}`]: 1, ['__proto__']: 2 });
  const fault = faultOf(allocationQuestion, text);
  expect(fault).toMatch(/^the question has a field that is not known, "a b c+…$/);
  expect(fault.length).toBeLessThan(320);
});
