// How the rules of a constitution fit together. Asked when rules are made or changed, never when they are read back:
// what a group lives by stays readable.

import { AMOUNT_MINOR_MAX, toDecimal } from '../domain/money.ts';
import { type Constitution, constitutionSchema } from './constitution.ts';
import { amountFaults, paymentMaxFaults } from './rules-amounts.ts';
import { fault, minor, type RuleFault, when } from './rules-fault.ts';

/**
 * What does not fit in a constitution whose fields are each right. A path leads to a field that the author wrote.
 *
 * @see A1 (shares, emergency pot), A3 (rounds, the organiser's named fee), A5 (two boxes, lots), A6 (grace, late fees)
 */
export const ruleFaults = (rules: Constitution): RuleFault[] => [
  ...productFaults(rules),
  ...closingFaults(rules),
  ...loanFaults(rules),
  ...tandaFaults(rules),
  ...amountFaults(rules),
  ...paymentMaxFaults(rules),
];

/** A constitution that is made now: each field and how they fit. */
export const newConstitutionSchema = constitutionSchema.superRefine((rules, context) => {
  for (const { path, problem, remedy } of ruleFaults(rules)) {
    context.addIssue({ code: 'custom', path: [...path], message: problem, params: { remedy } });
  }
});

const productFaults = ({ product, savings, loans, tanda }: Constitution): RuleFault[] => {
  if (product !== 'tanda') {
    return when(
      tanda !== undefined,
      fault('tanda', `has no place in a ${product}`, 'leave it out, or write "product": "tanda"'),
    );
  }
  const saves = savings.kind === 'shares' || minor(savings.weekly) > 0n;
  return [
    ...when(
      !tanda,
      fault(
        'product',
        'is "tanda", and how many rounds it has is not written',
        'add "tanda": {"rounds": 10, "contribution": "500.00"}',
      ),
    ),
    ...when(
      saves,
      fault(
        'savings',
        'are asked beside the turns of a tanda, which saves nothing',
        'write {"kind": "free", "weekly": "0.00"}, and keep the savings in a group of their own',
      ),
    ),
    ...when(
      loans !== undefined,
      fault('loans', 'have no place in a tanda', 'leave them out: it lends nothing'),
    ),
  ];
};

const OF_SOLIDARITY: ReadonlySet<string> = new Set(['lots', 'annual-pool']);
const BY_INTEREST: ReadonlySet<string> = new Set(['rebate', 'mixed']);

const closingFaults = ({ product, closing }: Constitution): RuleFault[] => [
  ...when(
    product === 'savings-group' && OF_SOLIDARITY.has(closing),
    fault(
      'closing',
      `is "${closing}", which gives out the savings pot of a solidarity-credit group`,
      'in a savings-group write pro-rata, equal-profit, rebate or mixed',
    ),
  ),
  ...when(
    product === 'solidarity-credit' && BY_INTEREST.has(closing),
    fault(
      'closing',
      `is "${closing}", and in solidarity credit the interest belongs to whoever lends`,
      'write lots, annual-pool, pro-rata or equal-profit',
    ),
  ),
];

const loanFaults = ({ product, loans }: Constitution): RuleFault[] => {
  if (!loans) return [];
  const { interest, equalPrincipal, n, source, lateFee: fee } = loans;
  const tooLong = (field: 'principalGrace' | 'interestPaymentGrace'): RuleFault[] =>
    when(
      loans[field] >= n,
      fault(`loans.${field}`, `is ${loans[field]} of ${n} instalments`, `write 0 to ${n - 1}`),
    );
  return [
    ...when(
      product === 'solidarity-credit' && source === 'inside',
      fault(
        'loans',
        'come from inside, and the savings pot of solidarity credit is never lent',
        'write "source": "outside"',
      ),
    ),
    ...when(
      equalPrincipal && interest !== 'declining',
      fault(
        'loans.equalPrincipal',
        `does not go with ${interest} interest`,
        'leave it out, or write "interest": "declining"',
      ),
    ),
    ...tooLong('principalGrace'),
    ...tooLong('interestPaymentGrace'),
    ...when(
      fee?.kind === 'fixed' && fee.cap !== 'instalment' && minor(fee.cap) < minor(fee.amount),
      fault('loans.lateFee.cap', 'is less than one late fee', 'write at least the amount of the fee'),
    ),
  ];
};

const tandaFaults = ({ tanda }: Constitution): RuleFault[] => {
  if (!tanda) return [];
  const { rounds, contribution, organiserFee: fee } = tanda;
  const turns = fee.kind === 'extra-turn' ? rounds - 1 : rounds;
  const pot = minor(contribution) * BigInt(turns);
  const taken = fee.kind === 'per-pot' ? minor(fee.amount) : undefined;
  return [
    ...when(
      minor(contribution) === 0n,
      fault('tanda.contribution', 'is zero', 'write what one turn costs in each round, such as "500.00"'),
    ),
    ...when(
      pot > AMOUNT_MINOR_MAX,
      fault(
        'tanda.contribution',
        `makes a pot of ${toDecimal(pot)}`,
        `a pot is at most ${toDecimal(AMOUNT_MINOR_MAX)}`,
      ),
    ),
    ...when(
      turns < 2,
      fault(
        'tanda.rounds',
        `is ${rounds}, one of them the organiser's`,
        'write at least 3: it takes two members',
      ),
    ),
    ...when(
      taken === 0n,
      fault('tanda.organiserFee.amount', 'is zero', 'write {"kind": "none"} when she is given nothing'),
    ),
    ...when(
      taken !== undefined && pot > 0n && taken >= pot,
      fault('tanda.organiserFee.amount', `takes the whole pot of ${toDecimal(pot)}`, 'write less than that'),
    ),
  ];
};
