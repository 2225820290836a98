import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRulesFile } from '../../src/app/rules-file.ts';
import { money } from '../../src/domain/money.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';

type Fields = Record<string, unknown>;

const template = (name: string): Fields =>
  JSON.parse(
    fs.readFileSync(new URL(`../../demo/templates/${name}.json`, import.meta.url), 'utf8'),
  ) as Fields;

/** A template with one field, by its path, written anew; undefined takes it out. */
const changed = (name: string, path: string, value: unknown): string => {
  const file = template(name);
  const steps = path.split('.');
  const last = steps.pop()!;
  const parent = steps.reduce<Fields>((at, step) => at[step] as Fields, file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(file);
};

const faultsOf = (text: string): string[] => {
  const reading = readRulesFile(text);
  return reading.ok
    ? []
    : reading.faults.map(({ place, problem, remedy }) => `${place}: ${problem}. ${remedy}`);
};

describe('a file of rules', () => {
  test.each(['savings-group', 'solidarity-credit', 'tanda'])('the template of a %s is accepted', (name) => {
    expect(faultsOf(JSON.stringify(template(name)))).toEqual([]);
  });

  test.each([
    ['savings-group', 'savings', { kind: 'free', weekly: '0.00' }],
    ['savings-group', 'savings', { kind: 'shares', sharePrice: '5', min: 0, max: 1 }],
    ['savings-group', 'loans', undefined],
    ['savings-group', 'loans.equalPrincipal', true],
    ['savings-group', 'loans.principalGrace', 2],
    ['savings-group', 'loans.lateFee', { kind: 'percent', pct: '1.5', of: 'principal' }],
    ['savings-group', 'loans.lateFee', { kind: 'fixed', amount: '5.00', cap: '5.00' }],
    ['savings-group', 'closing', 'mixed'],
    ['savings-group', 'cashUnit', '5'],
    ['savings-group', 'withdrawals', 'any-meeting'],
    ['savings-group', 'leaving', 'savings-and-earnings'],
    ['solidarity-credit', 'closing', 'annual-pool'],
    ['solidarity-credit', 'language', undefined],
    ['tanda', 'tanda.organiserFee', { kind: 'extra-turn', at: 'last' }],
    ['tanda', 'tanda.organiserFee', { kind: 'per-pot', amount: '4995.00' }],
    ['tanda', 'tanda.rounds', 2],
  ])('%s: %s may be %j', (name, path, value) => {
    expect(faultsOf(changed(name, path, value))).toEqual([]);
  });

  test.each([
    // The fields, each for itself.
    ['savings-group', 'product', 'bank', 'product: is none of the words that may stand here'],
    ['savings-group', 'product', undefined, 'product: is missing'],
    ['savings-group', 'savings.sharePrice', 20, 'savings.sharePrice: is written without quotes'],
    [
      'savings-group',
      'savings.sharePrice',
      '20,00',
      'savings.sharePrice: is not accepted. it must be an amount',
    ],
    ['savings-group', 'savings.max', 101, 'savings.max: is too large or too long. at most 100'],
    ['savings-group', 'savings.min', 6, 'savings: is not accepted. it min must not be above max'],
    ['savings-group', 'loans.ratePct', '-2', 'loans.ratePct: is not accepted. it must be a percentage'],
    ['savings-group', 'loans.excess', 'keep', 'loans.excess: is none of the words'],
    ['savings-group', 'loans.principalGrace', -1, 'loans.principalGrace: is too small'],
    [
      'savings-group',
      'loans.lateFee.cap',
      'all',
      'loans.lateFee.cap: is not accepted. it must be "instalment" or',
    ],
    ['savings-group', 'signers', 3, 'signers: is none of the words that may stand here. write 1 or 2'],
    ['savings-group', 'quorumPct', 0, 'quorumPct: is too small'],
    [
      'savings-group',
      'cashUnit',
      '2',
      'cashUnit: is none of the words that may stand here. write 1 or 5 or 0.01 or 0.50',
    ],
    [
      'savings-group',
      'language',
      'tzo',
      'language: is none of the words that may stand here. write es or en',
    ],
    ['tanda', 'tanda.rounds', 1, 'tanda.rounds: is too small'],
    ['tanda', 'tanda.rounds', 105, 'tanda.rounds: is too large or too long. at most 104'],
    // Words that no rule has: a misspelt rule would be none.
    ['savings-group', 'savngs', {}, 'savngs: is not a rule the program knows. look for a misspelling'],
    ['savings-group', 'fines.noise', '5.00', 'fines.noise: is not a rule the program knows'],
    ['savings-group', 'loans.lateFee.every', 'week', 'loans.lateFee.every: is not a rule the program knows'],
    // How they fit together.
    ['tanda', 'tanda', undefined, 'product: is "tanda", and how many rounds it has is not written'],
    ['savings-group', 'product', 'tanda', 'loans: have no place in a tanda'],
    ['savings-group', 'product', 'tanda', 'savings: are asked beside the turns of a tanda'],
    ['tanda', 'product', 'savings-group', 'tanda: has no place in a savings-group'],
    [
      'savings-group',
      'closing',
      'lots',
      'closing: is "lots", which gives out the savings pot of a solidarity',
    ],
    ['savings-group', 'closing', 'annual-pool', 'closing: is "annual-pool", which gives out the savings pot'],
    ['solidarity-credit', 'closing', 'rebate', 'closing: is "rebate", and in solidarity credit the interest'],
    [
      'solidarity-credit',
      'loans.source',
      'inside',
      'loans: come from inside, and the savings pot of solidarity',
    ],
    ['savings-group', 'loans.principalGrace', 3, 'loans.principalGrace: is 3 of 3 instalments. write 0 to 2'],
    ['savings-group', 'loans.interestPaymentGrace', 3, 'loans.interestPaymentGrace: is 3 of 3 instalments'],
    [
      'solidarity-credit',
      'loans.equalPrincipal',
      true,
      'loans.equalPrincipal: does not go with flat interest',
    ],
    ['savings-group', 'loans.lateFee.cap', '4.00', 'loans.lateFee.cap: is less than one late fee'],
    // Coins, and what one payment holds.
    [
      'savings-group',
      'savings.sharePrice',
      '20.50',
      'savings.sharePrice: is 20.50, which cannot be paid in coins of 1',
    ],
    [
      'savings-group',
      'fines.late',
      '2.50',
      'fines.late: is 2.50, which cannot be paid in coins of 1. write a multiple of 1',
    ],
    [
      'savings-group',
      'socialFund.weekly',
      '0.50',
      'socialFund.weekly: is 0.50, which cannot be paid in coins',
    ],
    [
      'solidarity-credit',
      'savings.weekly',
      '50.25',
      'savings.weekly: is 50.25, which cannot be paid in coins of 0.50',
    ],
    [
      'savings-group',
      'fines.absent',
      '1000001.00',
      'fines.absent: is 1000001.00, more than a book holds at once',
    ],
    [
      'savings-group',
      'paymentMax',
      '99.99',
      'savings.sharePrice: asks up to 100.00 in one meeting, and no payment may be above 99.99',
    ],
    ['savings-group', 'paymentMax', '1000001.00', 'paymentMax: is 1000001.00. write at most 1000000.00'],
    // The tanda.
    ['tanda', 'tanda.contribution', '0.00', 'tanda.contribution: is zero'],
    [
      'tanda',
      'tanda.contribution',
      '100005.00',
      'tanda.contribution: makes a pot of 1000050.00. a pot is at most 1000000.00',
    ],
    [
      'tanda',
      'tanda.organiserFee',
      { kind: 'per-pot', amount: '0.00' },
      'tanda.organiserFee.amount: is zero',
    ],
    [
      'tanda',
      'tanda.organiserFee',
      { kind: 'per-pot', amount: '5000.00' },
      'tanda.organiserFee.amount: takes the whole pot of 5000.00',
    ],
  ])('%s: %s as %j is told with its place', (name, path, value, told) => {
    const faults = faultsOf(changed(name, path, value));
    expect(faults.filter((fault) => fault.startsWith(told))).toHaveLength(1);
  });

  test('an extra turn of the organiser leaves two for the members', () => {
    const file = { ...template('tanda') };
    const tanda = { rounds: 2, contribution: '500.00', organiserFee: { kind: 'extra-turn', at: 'first' } };
    expect(faultsOf(JSON.stringify({ ...file, tanda }))).toEqual([
      "tanda.rounds: is 2, one of them the organiser's. write at least 3: it takes two members",
    ]);
  });

  test.each([
    ['{"product": ', 'the file: is not JSON. look there for a missing comma, quote or bracket'],
    ['[]', 'the file: is not a object. write it as in the example'],
    ['{"constructor": 1}', 'constructor: may not be the name of a field. leave it out'],
  ])('%s is no file of rules', (text, told) => {
    expect(faultsOf(text)).toEqual([told]);
  });
});

describe('a constitution that was stored before there were these rules', () => {
  const before = {
    product: 'savings-group',
    savings: { kind: 'shares', sharePrice: '20.00', min: 1, max: 5 },
    loans: { interest: 'flat', ratePct: '2', ratePer: 'month', every: '1 month', n: 3 },
    closing: 'lots',
  };

  test('is read with what was usual then, though nobody could make it now', () => {
    const rules = rulesOf(constitutionSchema.parse(before), 'MXN');
    expect(rules).toMatchObject({ withdrawals: 'at-closing', leaving: 'savings', closing: 'lots' });
    expect([rules.language, rules.tanda]).toEqual([undefined, undefined]);
    expect(rules.loans).toMatchObject({
      equalPrincipal: false,
      principalGrace: 0,
      interestPaymentGrace: 0,
      excess: 'fewer',
      lateFee: undefined,
    });
  });

  test('new rules become money and rates', () => {
    const tanda = constitutionSchema.parse(template('tanda'));
    expect(rulesOf(tanda, 'USD').tanda).toEqual({
      rounds: 10,
      contribution: money(50_000n, 'USD'),
      turns: 'draw',
      organiserFee: { kind: 'none' },
    });
    const credit = constitutionSchema.parse(template('solidarity-credit'));
    expect(rulesOf(credit, 'MXN').loans?.lateFee).toEqual({
      kind: 'percent',
      rate: 50_000n,
      of: 'instalment',
      cap: money(10_000n),
    });
  });
});
